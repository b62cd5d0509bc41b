/**
 * The normalizations that law L2 allows between a message and its second writing, told apart and
 * counted. Both sides were written by the same mapping here, so only those remain that come with
 * the first reading: defaults (N6), reflowed text (N9) and the order within a slot (N1).
 */
import type { ContentData, ElementData, SegmentData, TreeData } from '../../model/message.ts';

export type Normalization = `N${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11}`;
export type Normalizations = Readonly<Partial<Record<Normalization, number>>>;

export interface Compared {
  readonly normalizations: Normalizations;
  /** The first difference that no normalization explains. */
  readonly difference: string | undefined;
}

export function normalizedDifference(before: ContentData, after: ContentData): Compared {
  const first = linesOf(before);
  const second = linesOf(after);
  if (isSame(first, second)) return { normalizations: {}, difference: undefined };
  const moved = isSame(first.toSorted(), second.toSorted());
  if (moved) return { normalizations: { N1: 1 }, difference: undefined };
  const missing = first.find((line) => !second.includes(line));
  const added = second.find((line) => !first.includes(line));
  if (missing === undefined && second.length > first.length) {
    return { normalizations: { N6: second.length - first.length }, difference: undefined };
  }
  return { normalizations: {}, difference: `${missing ?? 'nothing'} became ${added ?? 'nothing'}` };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, at) => line === b[at]);

/** One line a value holder: a segment, an element with its text and attributes. */
export function linesOf(content: ContentData): readonly string[] {
  return content.form === 'segments'
    ? content.segments.map(segmentLine)
    : treeLines(content.root, '');
}

const segmentLine = ({ tag, elements }: SegmentData): string =>
  [tag, ...elements.map(elementText)].join('*').replace(/[*]+$/, '');

function elementText(element: ElementData): string {
  if (typeof element === 'string') return element;
  if ('repeats' in element) return element.repeats.map(elementText).join('^');
  return element.join(':').replace(/:+$/, '');
}

function treeLines(node: TreeData, path: string): readonly string[] {
  const here = `${path}/${node.name}`;
  const attributes = (node.attributes ?? []).map(({ name, value }) => `${here}@${name}=${value}`);
  const own = node.text === undefined || node.text === '' ? [] : [`${here}=${node.text}`];
  const inner = (node.children ?? []).flatMap((child) => treeLines(child, here));
  return [...attributes, ...own, ...inner];
}
