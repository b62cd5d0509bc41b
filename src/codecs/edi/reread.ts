/** One message again from its bytes, with the syntax that its envelope had. */
import { isAscii } from 'node:buffer';
import type { Syntax } from '../../model/envelope.ts';
import type { Message, MessageType } from '../../model/message.ts';
import { SegmentTable } from './segment-table.ts';
import { Separators } from './separators.ts';

export function rereadMessage(
  bytes: Uint8Array,
  found: {
    readonly type: MessageType;
    readonly control: string;
    readonly index: number;
    readonly start: number;
  },
  syntax: Syntax,
): Message {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = buffer.toString('latin1');
  const segments = new SegmentTable();
  const { release } = syntax;
  const isPlain = isAscii(bytes) && (release === undefined || !text.includes(release));
  segments.useSyntax(syntax);
  segments.useText(bytes, text, found.start, isPlain);
  addSegments(segments, text, new Separators(syntax));
  const end = found.start + bytes.length;
  return { ...found, end, content: { form: 'segments', segments } };
}

function addSegments(segments: SegmentTable, text: string, separators: Separators): void {
  for (let at = separators.skipBlanks(text, 0); at < text.length; ) {
    const found = separators.findTerminator(text, at);
    const end = found < 0 ? separators.trimEnd(text, at, text.length) : found;
    if (end > at) segments.add(at, end);
    at = separators.skipBlanks(text, found < 0 ? text.length : found + 1);
  }
}
