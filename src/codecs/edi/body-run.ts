/** The run of ordinary segments inside a message: nearly all segments pass here. */

import type { SegmentEnds } from './segment-ends.ts';
import type { SegmentTable } from './segment-table.ts';
import { isBlank, type Separators, separatorsMax } from './separators.ts';

/** Up to which segment, and up to which offset. */
export interface RunBounds {
  readonly past: number;
  readonly stop: number;
}

/** Adds segments to the table, if there is one, and tells the number of the first special one. */
export function takeRun(
  ends: SegmentEnds,
  separators: Separators,
  table: SegmentTable | undefined,
  from: { readonly segment: number; readonly at: number },
  { past, stop }: RunBounds,
): number {
  const { bytes } = ends;
  let { segment, at } = from;
  for (; segment < past; segment++) {
    const end = ends.endOf(segment);
    if (isBlank(bytes[at]!)) at = separators.skipBlanks(bytes, at, end);
    if (end >= stop || end - at > separatorsMax || !separators.isOrdinary(bytes, at)) break;
    table?.add(segment, at);
    at = end + 1;
  }
  return segment;
}
