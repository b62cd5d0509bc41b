/** Relational notes between elements (X12.6 §3.3.4): which of them go together. */
import type { Relation } from './definition.ts';

export interface BrokenRelation {
  readonly kind: 'missing' | 'excluded';
  /** Where to say it: the first absent position that is asked for, or the last one too many. */
  readonly position: number;
}

/** `present[p]` is 1 where position p has a value. Called for each note of each segment. */
export function isKept({ kind, positions }: Relation, present: Uint8Array): boolean {
  const count = positions.length;
  let there = 0;
  for (let at = 0; at < count; at += 1) there += present[positions[at] as number] as number;
  switch (kind) {
    case 'P':
      return there === 0 || there === count;
    case 'R':
      return there > 0;
    case 'E':
      return there < 2;
    case 'C':
      return there === count || present[positions[0] as number] === 0;
    default:
      return there > 1 || present[positions[0] as number] === 0;
  }
}

/** Why a note is not kept. */
export function brokenRelation({ kind, positions }: Relation, present: Uint8Array): BrokenRelation {
  const isThere = (position: number): boolean => present[position] === 1;
  if (kind === 'E') return { kind: 'excluded', position: positions.findLast(isThere) ?? 0 };
  const absent = positions.find((it) => !isThere(it));
  return { kind: 'missing', position: absent ?? 0 };
}
