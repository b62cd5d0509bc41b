/**
 * Segments whose last element is counted, not separated: its length in bytes stands before it
 * (X12 BIN02, BDS03), so that it may hold separators.
 */
import type { SeparatorIndex } from './separator-index.ts';

/** Tags of such segments, and the element that tells the length of the one after it. */
export type BinarySegments = ReadonlyMap<string, number>;

export interface BinaryData {
  /** Elements of the segment, the data included. */
  readonly elements: number;
  /** Where its terminator has to stand. */
  readonly end: number;
}

/** undefined: the segment is not of that kind, or tells no length. */
export function binaryData(
  index: SeparatorIndex,
  segment: number,
  start: number,
  binary: BinarySegments,
): BinaryData | undefined {
  if (binary.size === 0) return undefined;
  const tagEnd = Math.min(index.tagEndOf(segment), start + 4);
  const element = binary.get(textOf(index.bytes, start, tagEnd));
  if (element === undefined) return undefined;
  const before = index.elementEnd(segment, element - 1);
  const after = index.elementEnd(segment, element);
  if (before === undefined || after === undefined) return undefined;
  const length = textOf(index.bytes, before + 1, Math.min(after, before + 20));
  return /^\d{1,15}$/.test(length)
    ? { elements: element + 1, end: after + 1 + Number(length) }
    : undefined;
}

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));
