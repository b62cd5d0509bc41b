import { expect } from 'chai';
import { isDateOfFormat } from '../../../src/standards/dates-by-format.ts';
import type { MessageDefinition, SegmentDefinition } from '../../../src/standards/definition.ts';
import { plainNumber } from '../../../src/standards/numbers.ts';
import { planOf } from '../../../src/standards/plan.ts';
import { judgeValue, verdicts } from '../../../src/standards/values.ts';

/** Type with its length, a value, and the verdict. */
const cases: readonly (readonly [string, string, keyof typeof verdicts])[] = [
  ['AN 1 5', 'ABCDE', 'good'],
  ['AN 1 5', 'ABCDEF', 'tooLong'],
  ['AN 2 5', 'A', 'tooShort'],
  ['AN 1 5', 'A\tB', 'character'],
  ['AN 1 5', 'A\x7f', 'character'],
  ['AN 1 5', 'ÄÖÜ', 'good'],
  ['ID 2 3', 'EA', 'good'],
  ['ID 2 3', 'XX', 'code'],
  ['ID 2 3', 'X', 'tooShort'],
  ['N0 1 3', '999', 'good'],
  ['N0 1 3', '-999', 'good'],
  ['N0 1 3', '1000', 'tooLong'],
  ['N2 1 5', '10.50', 'number'],
  ['N0 1 3', '+1', 'number'],
  ['N0 1 3', '-', 'number'],
  ['N0 1 3', '1-', 'number'],
  ['N0 1 3', '١', 'number'],
  ['R 1 4', '-12.34', 'good'],
  ['R 1 4', '.5', 'good'],
  ['R 1 4', '5.', 'good'],
  ['R 1 4', '12.345', 'tooLong'],
  ['R 1 4', '1.2.3', 'decimalMark'],
  ['R 1 4', '1,2', 'number'],
  ['R 1 4', '.', 'number'],
  ['R 1 9', '1e3', 'number'],
  ['DT 8 8', '20240229', 'good'],
  ['DT 8 8', '20230229', 'date'],
  ['DT 8 8', '19000229', 'date'],
  ['DT 8 8', '20000229', 'good'],
  ['DT 8 8', '20241301', 'date'],
  ['DT 8 8', '20240100', 'date'],
  ['DT 8 8', '00000101', 'date'],
  ['DT 8 8', '240229', 'tooShort'],
  ['DT 8 8', '2024-2-9', 'character'],
  ['DT 6 6', '240229', 'good'],
  ['TM 4 8', '0000', 'good'],
  ['TM 4 8', '2359', 'good'],
  ['TM 4 8', '2400', 'good'],
  ['TM 4 8', '2401', 'time'],
  ['TM 4 8', '1260', 'time'],
  ['TM 4 8', '12345', 'time'],
  ['TM 4 8', '123456', 'good'],
  ['TM 4 8', '1234567', 'good'],
  ['TM 4 8', '123460', 'time'],
  ['an..3', 'ABCD', 'tooLong'],
  ['an3', 'AB', 'tooShort'],
  ['a..3', 'AB', 'good'],
  ['a..3', 'A1', 'character'],
  ['n..4', '12.34', 'good'],
  ['n..4', '12,34', 'good'],
  ['n..4', '-12,34', 'good'],
  ['n..4', ',5', 'decimalMark'],
  ['n..4', '1,2.3', 'decimalMark'],
  ['n..4', '12345', 'tooLong'],
  ['n..4', '1 2', 'number'],
];

describe('values', () => {
  for (const [type, value, verdict] of cases) {
    it(`${type} ${JSON.stringify(value)}: ${verdict}`, () => {
      expect(judgeValue(value, planElement(type))).to.equal(verdicts[verdict]);
    });
  }

  it('dates are judged by the format beside them', () => {
    expect(isDateOfFormat('20240229', '102')).to.equal(true);
    expect(isDateOfFormat('20230229', '102')).to.equal(false);
    expect(isDateOfFormat('202402291405', '102')).to.equal(false);
    expect(isDateOfFormat('202402292505', '203')).to.equal(false);
    expect(isDateOfFormat('20240101-20240229', 'RD8')).to.equal(true);
    expect(isDateOfFormat('20240101/20240229', 'RD8')).to.equal(false);
    expect(isDateOfFormat('anything', '999')).to.equal(true);
  });

  it('numbers get a point as decimal mark', () => {
    expect(plainNumber('1,50')).to.equal('1.50');
    expect(plainNumber('-1.50')).to.equal('-1.50');
    expect(plainNumber('1,000.50')).to.equal(undefined);
    expect(plainNumber('')).to.equal(undefined);
    expect(plainNumber('ten')).to.equal(undefined);
  });
});

/** The plan of an element of a type, as the loader would make it. */
function planElement(notation: string) {
  const [, letters = '', , length = ''] = /^([a-z]+)(\.\.)?(\d+)$/.exec(notation) ?? [];
  const [x12Type = '', min = '', max = ''] = notation.split(' ');
  const type = letters === '' ? x12Type : letters;
  const isUpTo = notation.includes('..');
  const element = {
    id: '1',
    mandatory: false,
    repeats: 1,
    type,
    min: letters === '' ? Number(min) : isUpTo ? 1 : Number(length),
    max: letters === '' ? Number(max) : Number(length),
    decimals: 0,
    components: [],
    codes: type === 'ID' ? new Set(['EA', 'CA']) : undefined,
  };
  const segment: SegmentDefinition = { tag: 'X', elements: [element], relations: [] };
  const slot = { tag: 'X', group: undefined, order: 0, mandatory: false, max: 1, slots: [] };
  const root = { ...slot, tag: '', slots: [{ ...slot, segment }], segment };
  const type850 = { standard: 'x12', version: '004010', name: '850' };
  const definition: MessageDefinition = { key: '', type: type850, functionalId: '', root };
  const plan = planOf(definition).root.children[0]?.segment.elements[0];
  if (plan === undefined) throw new Error('no plan');
  return plan;
}
