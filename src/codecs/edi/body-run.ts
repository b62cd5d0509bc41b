/** The run of ordinary segments inside a message: nearly all segments pass here. */
import type { SegmentTable } from './segment-table.ts';
import type { SeparatorIndex } from './separator-index.ts';
import { isBlank, type Separators } from './separators.ts';

/** Up to which segment of the index, and up to which offset. */
export interface RunBounds {
  readonly past: number;
  readonly stop: number;
}

/** Adds segments to the table, if there is one, and tells the number of the first special one. */
export function takeRun(
  index: SeparatorIndex,
  separators: Separators,
  table: SegmentTable | undefined,
  from: { readonly segment: number; readonly at: number },
  { past, stop }: RunBounds,
): number {
  const { bytes } = index;
  let { segment, at } = from;
  for (; segment < past; segment++) {
    const end = index.endOf(segment);
    if (isBlank(bytes[at]!)) at = separators.skipBlanks(bytes, at, end);
    if (end >= stop || !separators.isOrdinary(bytes, at)) break;
    table?.add(segment, at);
    at = end + 1;
  }
  return segment;
}
