/** Building segments to be written. */
import type { ElementData, SegmentData } from '../../model/message.ts';

/** A segment without the empty elements and components at its end. */
export function segment(tag: string, ...elements: readonly ElementData[]): SegmentData {
  const trimmed = elements.map((it) => (Array.isArray(it) ? trim(it as readonly string[]) : it));
  return { tag, elements: trim(trimmed) };
}

function trim<T extends ElementData>(values: readonly T[]): readonly T[] {
  const last = values.findLastIndex((it) => it !== '' && !(Array.isArray(it) && it.length === 0));
  return values.slice(0, last + 1);
}
