/** Events of a segment codec as plain data that is kept: contents are only valid in the handler. */
import {
  type Codec,
  type CodecEvent,
  type DecodeLimits,
  defaultDecodeLimits,
} from '../../src/model/codec.ts';
import { type Content, messageKey, type Segments } from '../../src/model/message.ts';
import { findingText, rangeText } from './finding-text.ts';

/** Decodes chunk by chunk; a message shows its segments, one a line. */
export function eventsOf(
  codec: Codec,
  chunks: Iterable<Uint8Array>,
  limits: Partial<DecodeLimits> = {},
): readonly unknown[] {
  const events: unknown[] = [];
  const messageType = { standard: 'json', version: 'erp', name: 'order' };
  const decoder = codec.decoder((event) => events.push(plain(event)), {
    limits: { ...defaultDecodeLimits, ...limits },
    messageType,
  });
  for (const chunk of chunks) decoder.write(chunk);
  decoder.end();
  return events;
}

/** Cuts into chunks of this size. */
export function* inChunks(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  // A copy: a decoder may not rely on the chunk after write has returned.
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

function plain(event: CodecEvent): unknown {
  if (event.is === 'interchange' || event.is === 'group') {
    const { header, ...rest } = event;
    return structuredClone(rest);
  }
  const findings = event.findings.map(findingText);
  if (event.is === 'outside') return { is: event.is, findings };
  if (event.is === 'message') return { is: event.is, ...messageText(event), findings };
  const { is, messages, end } = event;
  const counted = event.is === 'groupEnd' ? { counted: event.counted ?? null } : {};
  const groups = event.is === 'interchangeEnd' ? { groups: event.groups } : {};
  return { is, messages, ...counted, ...groups, end, findings };
}

function messageText({ message }: CodecEvent & { is: 'message' }) {
  const { type, control, index, content } = message;
  const at = rangeText(message);
  const key = messageKey(type) + (type.association === undefined ? '' : ` ${type.association}`);
  return { message: key, control, index, at, content: contentText(content) };
}

const contentText = (content: Content): unknown =>
  content.form === 'segments' ? segmentsText(content.segments) : structuredClone(content.root);

/** `[184-193] BEG 00|SA`: elements parted by `|`, components by ` : `, repeats by ` ^ `. */
export function segmentsText(segments: Segments): readonly string[] {
  return Array.from({ length: segments.count }, (_, segment) => {
    const elements = list(segments.elements(segment), (element) =>
      elementText(segments, segment, element),
    );
    const at = `${segments.start(segment)}-${segments.end(segment)}`;
    return `[${at}] ${segments.tag(segment)} ${elements.join('|')}`.trimEnd();
  });
}

function elementText(segments: Segments, segment: number, element: number): string {
  return list(segments.repeats(segment, element), (repeat) =>
    list(segments.components(segment, element, repeat), (component) =>
      segments.value(segment, element, component, repeat),
    ).join(' : '),
  ).join(' ^ ');
}

const list = (length: number, of: (number: number) => string): readonly string[] =>
  Array.from({ length }, (_, index) => of(index + 1));
