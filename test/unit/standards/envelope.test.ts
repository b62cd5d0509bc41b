/** What ISA and GS say is judged element by element: one fault, one finding, at its bytes. */
import { expect } from 'chai';
import type { Finding } from '../../../src/model/finding.ts';
import type { EnvelopePolicy } from '../../../src/standards/envelope/header-findings.ts';
import { lenientPolicy, strictPolicy } from '../../../src/standards/policy.ts';
import { decodeEdi } from '../../support/check-file.ts';
import { envelopeJudge } from '../../support/envelope-judge.ts';
import { order850 } from '../../support/order-850.ts';

const order = order850({ control: 7, number: 'PO-7' });

function judge(text: string, policy: EnvelopePolicy = {}): readonly Finding[] {
  const found: Finding[] = [];
  const judgeEvent = envelopeJudge(policy);
  decodeEdi(Buffer.from(text, 'latin1'), (event) => {
    if ('findings' in event) found.push(...event.findings);
    found.push(...judgeEvent(event));
  });
  return found;
}

const withIsa = (find: string | RegExp, put: string): string => order.replace(find, put);
const twice = (from: string, to: string): string => {
  const start = order.indexOf(from);
  const part = order.slice(start, order.indexOf(to));
  return order.slice(0, start) + part + order.slice(start);
};

/** What is done to a good interchange; the code, place and severity of its one finding. */
const cases: Readonly<Record<string, readonly [text: string, ...finding: string[]]>> = {
  'ISA01 not in its list': [withIsa('ISA*00', 'ISA*JJ'), 'envelope-code', 'ISA01', 'warning'],
  'ISA03 not in its list': [
    withIsa('*          *00*', '*          *09*'),
    'envelope-code',
    'ISA03',
    'warning',
  ],
  'ISA05 not in its list': [withIsa('*ZZ*ACME', '*QQ*ACME'), 'envelope-code', 'ISA05', 'warning'],
  'ISA06 not at the left': [
    withIsa('*ACMERETAIL     *', '* ACMERETAIL    *'),
    'envelope-id',
    'ISA06',
    'warning',
  ],
  'ISA08 blank': [
    withIsa('*TRADELANE      *', '*               *'),
    'envelope-id',
    'ISA08',
    'warning',
  ],
  'ISA09 no date': [withIsa('*260301*', '*260230*'), 'envelope-date', 'ISA09', 'warning'],
  'ISA10 no time': [withIsa('*1200*U', '*1260*U'), 'envelope-time', 'ISA10', 'warning'],
  'ISA11 not U': [withIsa('*U*00401', '*^*00401'), 'envelope-code', 'ISA11', 'warning'],
  'ISA12 no version': [withIsa('*00401*', '*04010*'), 'envelope-code', 'ISA12', 'warning'],
  'ISA13 with a letter': [withIsa(/000000007/g, 'A00000007'), 'envelope-control', 'ISA13', 'error'],
  'ISA13 zero': [withIsa(/000000007/g, '000000000'), 'envelope-control', 'ISA13', 'error'],
  'ISA14 neither 0 nor 1': [withIsa('*0*P*>', '*2*P*>'), 'envelope-code', 'ISA14', 'warning'],
  'ISA15 none of P, T, I': [withIsa('*0*P*>', '*0*X*>'), 'envelope-usage', 'ISA15', 'error'],
  'GS01 no functional group': [withIsa('GS*PO', 'GS*P'), 'envelope-code', 'GS01', 'warning'],
  'GS01 of other sets': [withIsa('GS*PO', 'GS*IN'), 'group-kind', 'GS01', 'warning'],
  'GS02 blank behind': [
    withIsa('GS*PO*ACMERETAIL', 'GS*PO*ACME '),
    'envelope-id',
    'GS02',
    'warning',
  ],
  'GS04 no date': [
    withIsa('*20260301*1200*7', '*20261301*1200*7'),
    'envelope-date',
    'GS04',
    'warning',
  ],
  'GS05 no time': [withIsa('*1200*7*X', '*2560*7*X'), 'envelope-time', 'GS05', 'warning'],
  'GS06 zero': [
    withIsa('*1200*7*X', '*1200*0*X').replace('GE*1*7', 'GE*1*0'),
    'envelope-control',
    'GS06',
    'error',
  ],
  'GS07 not in its list': [
    withIsa('*7*X*004010', '*7*Y*004010'),
    'envelope-code',
    'GS07',
    'warning',
  ],
  'GS08 no version': [withIsa('*X*004010', '*X*00401'), 'envelope-code', 'GS08', 'warning'],
  'ST02 twice in a group': [
    twice('ST*850', 'GE*1').replace('GE*1', 'GE*2'),
    'message-number-twice',
    'ST02',
    'error',
  ],
  'GS06 twice in an interchange': [
    twice('GS*PO', 'IEA*1').replace('IEA*1', 'IEA*2'),
    'group-number-twice',
    'GS06',
    'error',
  ],
};

describe('the content of an X12 envelope', () => {
  it('is good in a good interchange', () => {
    expect(judge(order)).to.deep.equal([]);
  });

  for (const [what, [text, code, element, severity]] of Object.entries(cases)) {
    it(`${what}: one finding`, () => {
      const found = judge(text);
      expect(found.map((it) => it.code)).to.deep.equal([code]);
      const [{ place, severity: said } = {} as Finding] = found;

      expect(place?.path).to.match(new RegExp(` / ${element}$`));
      expect(said).to.equal(severity);
      expect(text.slice(place?.start)).to.match(/^[^~]/);
    });

    it(`${what}: an error where the policy is strict, never where it is lenient`, () => {
      const { severities } = strictPolicy;
      expect(judge(text, { severities }).map((it) => it.severity)).to.deep.equal(['error']);
      const lenient = judge(text, { severities: lenientPolicy.severities });
      expect(lenient.map((it) => it.severity)).to.deep.equal(['warning']);
    });
  }

  it('is not told of where the policy ignores it', () => {
    const text = withIsa('*0*P*>', '*0*X*>');
    expect(judge(text, { severities: { 'envelope-usage': 'ignore' } })).to.deep.equal([]);
  });

  it('has dates that lie near the day it came', () => {
    const old = order.replaceAll('260301', '160301');
    const textAt = (now: string): readonly string[] => judge(old, { now }).map(({ text }) => text);
    expect(textAt('2016-03-05T00:00:00.000Z')).to.deep.equal([]);
    expect(textAt('2026-03-05T00:00:00.000Z')).to.deep.equal([
      'ISA09, "160301", lies 10 years before the day it came (YYMMDD).',
    ]);
    expect(textAt('2010-03-05T00:00:00.000Z')).to.deep.equal([
      'ISA09, "160301", lies 6 years after the day it came (YYMMDD).',
    ]);
  });

  it('takes U, or a separator, for ISA11 from version 00402 on', () => {
    expect(judge(order.replace('*U*00401', '*U*00501'))).to.deep.equal([]);
    expect(judge(order.replace('*U*00401', '*^*00501'))).to.deep.equal([]);
    const [letter] = judge(order.replace('*U*00401', '*A*00501'));
    expect(letter?.text).to.equal(
      'ISA11 is "A"; in version 00501 it must be the repetition separator, or U for none.',
    );
  });

  it('takes the same ST02 in another group', () => {
    const start = order.indexOf('GS*PO');
    const group = order.slice(start, order.indexOf('IEA*1'));
    const second = group.replace('*1200*7*X', '*1200*8*X').replace('GE*1*7', 'GE*1*8');
    const text = order.slice(0, start) + group + second + order.slice(order.indexOf('IEA*1'));
    expect(judge(text.replace('IEA*1', 'IEA*2'))).to.deep.equal([]);
  });
});
