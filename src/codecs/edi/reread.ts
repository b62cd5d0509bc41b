/** One message again from its bytes, with the syntax that its envelope had. */
import { isAscii } from 'node:buffer';
import type { Syntax } from '../../model/envelope.ts';
import type { Message, MessageType } from '../../model/message.ts';
import { type BinarySegments, binaryData } from './binary.ts';
import { SegmentEnds } from './segment-ends.ts';
import { SegmentTable } from './segment-table.ts';
import { Separators } from './separators.ts';
import { type NarrowSyntax, narrowBytes, narrowSyntax } from './wide-separators.ts';

export function rereadMessage(
  bytes: Uint8Array,
  found: {
    readonly type: MessageType;
    readonly control: string;
    readonly index: number;
    readonly start: number;
  },
  syntax: Syntax,
  binary?: BinarySegments,
): Message {
  const segments = tableOf(bytes, syntax, found.start, binary);
  const end = found.start + bytes.length;
  return { ...found, end, content: { form: 'segments', segments } };
}

/** A table of its own over all segments of these bytes, which begin at `base` in the part. */
export function tableOf(
  bytes: Uint8Array,
  declared: Syntax,
  base: number,
  binary: BinarySegments = new Map(),
): SegmentTable {
  const { syntax, replacements } = narrowSyntax(declared);
  const own = replacements.length === 0 ? bytes : narrowed(bytes, replacements);
  return tableOfNarrow(own, syntax, base, binary);
}

function narrowed(bytes: Uint8Array, replacements: NarrowSyntax['replacements']): Uint8Array {
  const copy = Buffer.from(bytes);
  narrowBytes(copy, 0, replacements);
  return copy;
}

function tableOfNarrow(
  bytes: Uint8Array,
  syntax: Syntax,
  base: number,
  binary: BinarySegments,
): SegmentTable {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const ends = new SegmentEnds();
  ends.useSyntax(syntax);
  ends.begin(bytes, text, 0);
  ends.scan(bytes.length);
  const separators = new Separators(syntax, []);
  if (binary.size > 0) keepBinary(ends, separators, binary);
  const last = ends.segments === 0 ? 0 : ends.endOf(ends.segments - 1) + 1;
  if (separators.skipBlanks(bytes, last) < bytes.length) {
    ends.close(separators.trimEnd(bytes, last, bytes.length));
  }
  const table = new SegmentTable(ends);
  table.useSyntax(syntax);
  table.useText(bytes, text, base, isAscii(bytes));
  addAll(table, ends, separators);
  return table;
}

/** Ends segments of binary data where their length says. */
function keepBinary(ends: SegmentEnds, separators: Separators, binary: BinarySegments): void {
  const { bytes } = ends;
  for (let segment = 0, at = 0; segment < ends.segments; segment++) {
    const end = ends.endOf(segment);
    const start = separators.skipBlanks(bytes, at, end);
    const data = binaryData(bytes, separators, binary, start, end);
    if (data !== undefined && separators.isTerminator(bytes, data.end)) {
      ends.endAnew(segment, data.elements, data.end);
      ends.scan(bytes.length);
    }
    at = ends.endOf(segment) + 1;
  }
}

function addAll(table: SegmentTable, ends: SegmentEnds, separators: Separators): void {
  for (let segment = 0, at = 0; segment < ends.segments; segment++) {
    const end = ends.endOf(segment);
    const start = separators.skipBlanks(ends.bytes, at, end);
    if (start < end) table.add(segment, start);
    at = end + 1;
  }
}
