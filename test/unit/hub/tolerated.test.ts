import { expect } from 'chai';
import { tolerated } from '../../../src/hub/tolerated.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { strictPolicy } from '../../../src/standards/policy.ts';
import { connector } from '../../support/hub-setup.ts';

const finding = (code: Finding['code'], severity: Finding['severity']): Finding => ({
  ...{ code, severity, fault: 'partner', place: { path: 'UNB 1' }, text: 'It is wrong.' },
});
const all = [
  finding('character-not-allowed', 'warning'),
  finding('count-wrong', 'error'),
  finding('control-differs', 'warning'),
];
const under = (tolerance: Record<string, 'error' | 'warning' | 'info' | 'ignore'>) =>
  tolerated(all, connector({ tolerance })).map(({ severity }) => severity);

describe('what a codec found', () => {
  it('is as it is told where nobody tolerates or asks otherwise', () => {
    expect(tolerated(all, undefined)).to.equal(all);
    expect(under({})).to.deep.equal(['warning', 'error', 'warning']);
  });

  it('has the severity that the partner has for its code, or is left out', () => {
    expect(under({ 'count-wrong': 'warning', 'character-not-allowed': 'ignore' })).to.deep.equal([
      'warning',
      'warning',
    ]);
    expect(under({ ...strictPolicy.severities })).to.deep.equal(['error', 'error', 'warning']);
  });

  it('is never made worse where the codec was sure what is meant', () => {
    expect(under({ 'control-differs': 'error' }).at(-1)).to.equal('warning');
    expect(under({ 'control-differs': 'info' }).at(-1)).to.equal('info');
  });
});
