/** Relational notes between elements (X12.6 §3.3.4): which of them go together. */
import type { Relation } from './definition.ts';

/** Positions as bits, so that a note is judged by a few operations: 0 to 31, and 32 to 63. */
export interface PositionBits {
  low: number;
  high: number;
}

export interface RelationPlan {
  readonly relation: Relation;
  readonly all: PositionBits;
  readonly first: PositionBits;
}

export function planRelation(relation: Relation): RelationPlan {
  const all = { low: 0, high: 0 };
  const first = { low: 0, high: 0 };
  for (const position of relation.positions) addPosition(all, position);
  addPosition(first, relation.positions[0] ?? 0);
  return { relation, all, first };
}

export function addPosition(bits: PositionBits, position: number): void {
  if (position < 32) bits.low |= 1 << position;
  else if (position < 64) bits.high |= 1 << (position - 32);
}

/** Called for each note of each segment. */
export function isKept({ relation, all, first }: RelationPlan, there: PositionBits): boolean {
  const low = there.low & all.low;
  const high = there.high & all.high;
  if (low === 0 && high === 0) return relation.kind !== 'R';
  const isWhole = low === all.low && high === all.high;
  const hasFirst = (low & first.low) !== 0 || (high & first.high) !== 0;
  const isOne = high === 0 ? (low & (low - 1)) === 0 : low === 0 && (high & (high - 1)) === 0;
  switch (relation.kind) {
    case 'P':
      return isWhole;
    case 'R':
      return true;
    case 'E':
      return isOne;
    case 'C':
      return isWhole || !hasFirst;
    default:
      return !isOne || !hasFirst;
  }
}

export interface BrokenRelation {
  readonly kind: 'missing' | 'excluded';
  /** Where to say it: the first absent position that is asked for, or the last one too many. */
  readonly position: number;
}

/** Why a note is not kept. */
export function brokenRelation({ kind, positions }: Relation, there: PositionBits): BrokenRelation {
  const isThere = (position: number): boolean =>
    ((position < 32 ? there.low >> position : there.high >> (position - 32)) & 1) === 1;
  if (kind === 'E') return { kind: 'excluded', position: positions.findLast(isThere) ?? 0 };
  const absent = positions.find((it) => !isThere(it));
  return { kind: 'missing', position: absent ?? 0 };
}
