/** One message again from its bytes, with the syntax that its envelope had. */
import { isAscii } from 'node:buffer';
import type { Syntax } from '../../model/envelope.ts';
import type { Message, MessageType } from '../../model/message.ts';
import { type BinarySegments, binaryData } from './binary.ts';
import { SegmentTable } from './segment-table.ts';
import { SeparatorIndex } from './separator-index.ts';
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
  const index = new SeparatorIndex();
  index.useSyntax(syntax);
  index.begin(bytes, 0);
  index.scan(bytes.length);
  const separators = new Separators(syntax, []);
  if (binary.size > 0) keepBinary(index, separators, binary);
  const last = index.segments === 0 ? 0 : index.endOf(index.segments - 1) + 1;
  if (separators.skipBlanks(bytes, last) < bytes.length) {
    index.close(separators.trimEnd(bytes, last, bytes.length));
  }
  return filled(new SegmentTable(index), index, separators, syntax, base);
}

/** Ends segments of binary data where their length says. */
function keepBinary(index: SeparatorIndex, separators: Separators, binary: BinarySegments): void {
  const { bytes } = index;
  for (let segment = 0, at = 0; segment < index.segments; segment++) {
    const start = separators.skipBlanks(bytes, at, index.endOf(segment));
    const data = binaryData(index, segment, start, binary);
    if (data !== undefined && separators.isTerminator(bytes, data.end)) {
      index.endAnew(segment, data.elements, data.end);
      index.scan(bytes.length);
    }
    at = index.endOf(segment) + 1;
  }
}

function filled(
  table: SegmentTable,
  index: SeparatorIndex,
  separators: Separators,
  syntax: Syntax,
  base: number,
): SegmentTable {
  const { bytes } = index;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  table.useSyntax(syntax);
  table.useText(text, base, isAscii(bytes));
  for (let segment = 0, at = 0; segment < index.segments; segment++) {
    const end = index.endOf(segment);
    const start = separators.skipBlanks(bytes, at, end);
    if (start < end) table.add(segment, start);
    at = end + 1;
  }
  return table;
}
