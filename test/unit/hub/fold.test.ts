import { expect } from 'chai';
import { foldLeftBehind } from '../../../src/hub/fold.ts';
import type { Finding } from '../../../src/model/finding.ts';

const finding = (code: Finding['code'], path: string): Finding => ({
  code,
  severity: code === 'lost' ? 'warning' : 'error',
  fault: 'mapping',
  place: { path },
  text: `${path} has no place.`,
});

describe('what a mapping leaves behind', () => {
  it('is one finding that counts the values and names each place once', () => {
    const lost = ['purpose', 'lines[0].unit', 'lines[1].unit'].map((path) => finding('lost', path));
    const [one, ...more] = foldLeftBehind(lost, 'json/erp/order');
    expect(more).to.deep.equal([]);
    expect(one?.text).to.equal('3 values have no place in json/erp/order: purpose, lines[].unit.');
  });

  it('names twenty places and counts the rest', () => {
    const lost = Array.from({ length: 25 }, (_, index) => finding('lost', `field${index}`));
    expect(foldLeftBehind(lost, 'x')[0]?.text).to.match(/field19 and 5 more places\.$/);
  });

  it('leaves every other finding as it is, and first', () => {
    const error = finding('no-room', 'N3');
    const folded = foldLeftBehind([finding('lost', 'a'), error, finding('lost', 'b')], 'x');
    expect(folded.map(({ code }) => code)).to.deep.equal(['no-room', 'lost']);
    expect(folded[0]).to.equal(error);
  });
});
