/** `document: { invoice: BIG/7=DI|PR, creditNote: BIG/7=CR }`: which kind a message is. */
import type { BoundMapping, Selector } from '../model.ts';
import type { Entry } from './fields.ts';
import { findingOf, quoted, type Reading } from './reading.ts';
import { type Built, newBuilt, put, tell, valueAt, type Writing } from './writing.ts';

export function compileKindReader<N>({ selector, kinds }: BoundMapping) {
  const first = kinds[0]!;
  if (selector === undefined) return () => first;
  const byValue = new Map(
    selector.kinds.flatMap(({ kind, values }) => values.map((value) => [value, kind] as const)),
  );
  return (reading: Reading<N>): string => {
    const { access } = reading;
    let node: N | undefined = access.root;
    for (const name of selector.path) {
      if (node === undefined) break;
      node = childNamed(reading, node, name);
    }
    const raw = node === undefined ? '' : access.value(node, selector.place, 0, 1);
    const kind = byValue.get(raw);
    if (kind === undefined) {
      const text = `${quoted(raw)} is none of ${[...byValue.keys()].join(', ')}: read as ${first}.`;
      const place = node === undefined ? { path: selector.path.join('/') } : access.whereNode(node);
      reading.findings.push(findingOf('document-unknown', place, text, raw));
      return first;
    }
    if (!selector.isMapped) access.claim(node!, selector.place, 0, 1);
    return kind;
  };
}

function childNamed<N>({ access }: Reading<N>, node: N, name: string): N | undefined {
  return access
    .children(node)
    .find((child) => access.isAt({ name, ordinal: undefined }, child, node));
}

/** Writes the first value of the kind; where a rule of the body writes the place, it is checked. */
export function compileKindWriter({ selector }: BoundMapping) {
  if (selector === undefined) return () => undefined;
  return (writing: Writing, built: Built, root: Entry): void => {
    const kind = selector.kinds.find((each) => each.kind === root['document']);
    if (kind === undefined) {
      const text = `a document of kind ${String(root['document'])} is not written by this mapping.`;
      tell(writing, 'does-not-fit', 'document', text);
      return;
    }
    const node = nodeAt(built, selector);
    const value = valueAt(node, selector.place, 0);
    if (kind.values.includes(value)) return;
    put(node, selector.place, 0, 1, kind.values[0]!);
    if (!selector.isMapped) return;
    const place = selector.path.join('/');
    const text = `${place} must say that this is a ${kind.kind}: ${kind.values.join(' or ')}, not "${value}".`;
    tell(writing, value === '' ? 'mandatory-empty' : 'does-not-fit', '', text, value);
  };
}

function nodeAt(built: Built, selector: Selector): Built {
  let at = built;
  for (const name of selector.path) {
    let inner = at.children.find((child) => child.name === name);
    if (inner === undefined) {
      inner = { ...newBuilt(undefined), name };
      at.children.push(inner);
    }
    at = inner;
  }
  return at;
}
