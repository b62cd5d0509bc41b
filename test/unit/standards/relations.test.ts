import { expect } from 'chai';
import type { Relation } from '../../../src/standards/definition.ts';
import { readParts } from '../../../src/standards/notation.ts';
import {
  addPosition,
  brokenRelation,
  isKept,
  planRelation,
} from '../../../src/standards/relations.ts';

/** Note, positions that have a value, and where the fault is told; nothing: the note is kept. */
const cases: readonly (readonly [string, string, string])[] = [
  ['P0203', '', ''],
  ['P0203', '2 3', ''],
  ['P0203', '2', 'missing 3'],
  ['P0203', '3', 'missing 2'],
  ['P020304', '2 4', 'missing 3'],
  ['R0203', '2', ''],
  ['R0203', '2 3', ''],
  ['R0203', '', 'missing 2'],
  ['R0203', '1', 'missing 2'],
  ['E0203', '', ''],
  ['E0203', '3', ''],
  ['E0203', '2 3', 'excluded 3'],
  ['E020304', '2 3', 'excluded 3'],
  ['C0203', '', ''],
  ['C0203', '3', ''],
  ['C0203', '2 3', ''],
  ['C0203', '2', 'missing 3'],
  ['C020304', '2 4', 'missing 3'],
  ['L020304', '', ''],
  ['L020304', '4', ''],
  ['L020304', '2 4', ''],
  ['L020304', '2', 'missing 3'],
  ['P3233', '32', 'missing 33'],
  ['P3132', '31 32', ''],
  ['P3132', '31', 'missing 32'],
  ['E3132', '31 32', 'excluded 32'],
  ['E3233', '32 33', 'excluded 33'],
  ['C3225', '32', 'missing 25'],
  ['L323334', '32 34', ''],
];

describe('relational notes', () => {
  for (const [note, there, told] of cases) {
    it(`${note} with ${there || 'nothing'}: ${told || 'kept'}`, () => {
      const [relation] = readParts(`1M|${note}`).relations as [Relation];
      const bits = { low: 0, high: 0 };
      for (const position of there.split(' ').map(Number)) addPosition(bits, position);
      expect(isKept(planRelation(relation), bits)).to.equal(told === '');
      if (told === '') return;
      const { kind, position } = brokenRelation(relation, bits);
      expect(`${kind} ${position}`).to.equal(told);
    });
  }
});
