/**
 * Segments whose last element is counted, not separated: its length in bytes stands before it
 * (X12 BIN02, BDS03), so that it may hold separators.
 */
import { marks } from './separator-marks.ts';
import type { Separators } from './separators.ts';

/** Tags of such segments, and the element that tells the length of the one after it. */
export type BinarySegments = ReadonlyMap<string, number>;

export interface BinaryData {
  /** Elements of the segment, the data included. */
  readonly elements: number;
  /** Where its terminator has to stand. */
  readonly end: number;
}

/** With which all such tags begin: nearly every other segment is told apart by it. */
const initial = 'B'.charCodeAt(0);

/** `end` is the first terminator. undefined: the segment is not of that kind, or tells no length. */
export function binaryData(
  bytes: Uint8Array,
  separators: Separators,
  binary: BinarySegments,
  start: number,
  end: number,
): BinaryData | undefined {
  if (binary.size === 0 || bytes[start] !== initial) return undefined;
  const element = binary.get(textOf(bytes, start, separators.tagEnd(bytes, start, end)));
  if (element === undefined) return undefined;
  const before = elementEnd(bytes, separators.marks, { from: start, past: end }, element - 1);
  const after = elementEnd(bytes, separators.marks, { from: start, past: end }, element);
  if (before === undefined || after === undefined) return undefined;
  const length = textOf(bytes, before + 1, Math.min(after, before + 20));
  return /^\d{1,15}$/.test(length)
    ? { elements: element + 1, end: after + 1 + Number(length) }
    : undefined;
}

/** Where an element ends (the tag is element 0); undefined where the segment has fewer. */
function elementEnd(
  bytes: Uint8Array,
  table: Uint8Array,
  { from, past }: { readonly from: number; readonly past: number },
  element: number,
): number | undefined {
  let left = element;
  for (let at = from; at < past; at++) {
    if (table[bytes[at]!] === marks.elements && left-- === 0) return at;
  }
  return left === 0 ? past : undefined;
}

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));
