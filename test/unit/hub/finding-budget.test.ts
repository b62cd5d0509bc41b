import { expect } from 'chai';
import { Examination } from '../../../src/hub/examine.ts';
import { FindingBudget } from '../../../src/hub/finding-budget.ts';
import type { Finding, Severity } from '../../../src/model/finding.ts';
import { boundFindings, findingsCut } from '../../../src/model/findings-cut.ts';
import { setupOf } from '../../support/hub-setup.ts';

const place = { path: 'ST 0001' };
const fault = (severity: Severity = 'error'): Finding => ({
  code: 'segment-bad',
  severity,
  fault: 'partner',
  place,
  text: '',
});
const faults = (count: number, severity?: Severity) =>
  Array.from({ length: count }, () => fault(severity));
const limits = { messageFindings: 5, interchangeFindings: 20, transferFindings: 50 };

describe('boundFindings', () => {
  it('leaves few findings as they are', () => {
    const few = faults(5);
    expect(boundFindings(few, 5, place, 'this message')).to.equal(few);
  });

  it('counts those past the bound, with the worst severity among them', () => {
    const found = [...faults(5, 'warning'), ...faults(2, 'info'), ...faults(1, 'warning')];
    const bounded = boundFindings(found, 5, place, 'this message');
    expect(bounded).to.have.length(6);
    expect(bounded.at(-1)).to.deep.equal({
      code: 'findings-cut',
      severity: 'warning',
      fault: 'partner',
      place,
      text: '3 more faults of this message are not listed.',
      value: '3',
    });
  });

  it('adds what was counted before, so that there is one count', () => {
    const cut = findingsCut({ count: 7, severity: 'error' }, place, 'x');
    const bounded = boundFindings([...faults(4), cut, ...faults(4)], 5, place, 'this message');
    expect(bounded.map(({ value }) => value)).to.deep.equal([...Array(5).fill(undefined), '10']);
  });

  it('says one fault in the singular', () => {
    const [, said] = boundFindings(faults(2), 1, place, 'this message');
    expect(said?.text).to.equal('1 more fault of this message is not listed.');
  });
});

describe('FindingBudget', () => {
  it('admits so many findings of one interchange, and begins anew with the next', () => {
    const budget = new FindingBudget(limits);
    expect(budget.admit(faults(15))).to.have.length(15);
    expect(budget.admit(faults(15))).to.have.length(5);
    expect(budget.admit(faults(15, 'warning'))).to.have.length(0);
    const { room, cut } = budget.endInterchange();
    expect(cut).to.deep.equal({ count: 25, severity: 'error' });
    expect(room).to.equal(10);
    expect(budget.admit(faults(15))).to.have.length(15);
  });

  it('admits so many findings of a transfer, however many interchanges it has', () => {
    const budget = new FindingBudget(limits);
    const told = [0, 1, 2, 3].map(() => {
      const admitted = budget.admit(faults(20)).length;
      return [admitted, budget.endInterchange().cut.count];
    });
    expect(told).to.deep.equal([
      [20, 0],
      [20, 0],
      [10, 10],
      [0, 20],
    ]);
  });

  it('leaves the envelope what its messages did not use', () => {
    const budget = new FindingBudget(limits);
    budget.admit(faults(3));
    expect(budget.endInterchange().room).to.equal(17);
  });
});

describe('Examination', () => {
  it('counts what it does not tell of bytes between interchanges', () => {
    const examination = new Examination({
      setup: setupOf([]),
      connector: undefined,
      onMessage: () => undefined,
      limits,
    });
    for (const finding of faults(23)) examination.take({ is: 'outside', findings: [finding] });
    expect(examination.findings).to.have.length(21);
    expect(examination.findings.at(-1)).to.include({ code: 'findings-cut', value: '3' });
  });
});
