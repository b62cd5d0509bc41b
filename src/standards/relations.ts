/** Relational notes between elements (X12.6 §3.3.4): which of them go together. */
import type { Relation } from './definition.ts';

export interface BrokenRelation {
  readonly kind: 'missing' | 'excluded';
  /** Where to say it: the first absent position that is asked for, or the last one too many. */
  readonly position: number;
}

/** `present[p]` is 1 where position p has a value. Undefined: the note is kept. */
export function brokenRelation(
  relation: Relation,
  present: Uint8Array,
): BrokenRelation | undefined {
  const { kind, positions } = relation;
  switch (kind) {
    case 'P':
      return positions.some((it) => present[it] === 1)
        ? firstAbsent(positions, present)
        : undefined;
    case 'R':
      return positions.some((it) => present[it] === 1) ? undefined : missingAt(positions[0]);
    case 'E':
      return excluded(positions, present);
    case 'C':
      return present[positions[0] as number] === 1 ? firstAbsent(positions, present) : undefined;
    default:
      return listed(positions, present);
  }
}

const missingAt = (position: number | undefined): BrokenRelation | undefined =>
  position === undefined ? undefined : { kind: 'missing', position };

const firstAbsent = (
  positions: readonly number[],
  present: Uint8Array,
): BrokenRelation | undefined => missingAt(positions.find((it) => present[it] !== 1));

/** E: at most one of them. */
function excluded(positions: readonly number[], present: Uint8Array): BrokenRelation | undefined {
  const there = positions.filter((it) => present[it] === 1);
  const position = there.at(-1);
  return there.length < 2 || position === undefined ? undefined : { kind: 'excluded', position };
}

/** L: the first asks for at least one of the others. */
function listed(positions: readonly number[], present: Uint8Array): BrokenRelation | undefined {
  const [first, ...others] = positions;
  if (first === undefined || present[first] !== 1) return undefined;
  return others.some((it) => present[it] === 1) ? undefined : missingAt(others[0]);
}
