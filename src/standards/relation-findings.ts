/** Says which relational note is broken, and by which elements. */
import type { Relation } from './definition.ts';
import type { BrokenRelation } from './relations.ts';
import { elementName, type Run, reportValue, type Spot } from './run.ts';

/** `element` is the composite's position for notes between components, 0 for those of a segment. */
export function reportRelation(
  run: Run,
  relation: Relation,
  broken: BrokenRelation,
  segment: number,
  element: number,
): void {
  const code = broken.kind === 'excluded' ? 'element-excluded' : 'element-required-by-another';
  const tag = run.segments.tag(segment);
  const spotOf = (position: number): Spot =>
    element === 0
      ? { element: position, component: 0, repeat: 1 }
      : { element, component: position, repeat: 1 };
  const [first = '', ...others] = relation.positions.map((it) => elementName(tag, spotOf(it)));
  const text = sentence(relation.kind, first, others);
  reportValue(run, code, segment, spotOf(broken.position), text);
}

function sentence(kind: Relation['kind'], first: string, others: readonly string[]): string {
  const all = [first, ...others];
  switch (kind) {
    case 'P':
      return `Of ${series(all, 'and')}, either all or none may be used.`;
    case 'R':
      return `At least one of ${series(all, 'and')} has to be used.`;
    case 'E':
      return `Only one of ${series(all, 'and')} may be used.`;
    case 'C':
      return `${first} is used, and then ${series(others, 'and')} must be used too.`;
    default:
      return `${first} is used, and then ${series(others, 'or')} must be used too.`;
  }
}

const series = (names: readonly string[], word: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
