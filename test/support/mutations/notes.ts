/** Relational notes judged plainly, beside the check's own way with bits. */
import type { ElementData } from '../../../src/model/message.ts';
import type { Relation } from '../../../src/standards/definition.ts';

export const isInNotes = (relations: readonly Relation[], position: number): boolean =>
  relations.some((it) => it.positions.includes(position));

export function positionsThere(elements: readonly ElementData[]): ReadonlySet<number> {
  return new Set(elements.flatMap((it, index) => (it === '' ? [] : [index + 1])));
}

export function isNoteKept({ kind, positions }: Relation, there: ReadonlySet<number>): boolean {
  const [first = 0, ...others] = positions;
  const count = positions.filter((it) => there.has(it)).length;
  switch (kind) {
    case 'P':
      return count === 0 || count === positions.length;
    case 'R':
      return count > 0;
    case 'E':
      return count < 2;
    case 'C':
      return !there.has(first) || count === positions.length;
    default:
      return !there.has(first) || others.some((it) => there.has(it));
  }
}
