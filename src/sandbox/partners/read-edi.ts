/** What our codec makes of a partner's incoming interchange, held against the naive reading. */
import { codecs } from '../../codecs/index.ts';
import { type Codec, type CodecEvent, defaultDecodeLimits } from '../../model/codec.ts';
import type { Segments } from '../../model/message.ts';
import type { NaiveInterchange } from './interchange.ts';
import type { Row } from './rows.ts';

interface ReadMessage {
  readonly control: string;
  readonly rows: readonly Row[];
}

/** Sentences on where our codec and the counting disagree, and the faults that the codec found. */
export function disagreements(
  codecName: string,
  bytes: Uint8Array,
  naive: readonly NaiveInterchange[],
): string[] {
  const { messages, faults } = readWithCodec(codecNamed(codecName), bytes);
  const counted = naive.flatMap(({ groups }) => groups.flatMap((group) => group.messages));
  if (messages.length !== counted.length) {
    return [...faults, `The codec reads ${messages.length} messages, there are ${counted.length}.`];
  }
  const different = counted.filter((message, index) => !isSame(message, messages[index]));
  return [
    ...faults,
    ...different.map(({ control }) => `The codec reads message ${control} otherwise.`),
  ];
}

export function codecNamed(name: string): Codec {
  const found = codecs.find((codec) => codec.name === name);
  if (found === undefined) throw new Error(`There is no codec ${name}.`);
  return found;
}

function readWithCodec(codec: Codec, bytes: Uint8Array) {
  const messages: ReadMessage[] = [];
  const faults: string[] = [];
  const on = (event: CodecEvent): void => {
    if ('findings' in event) faults.push(...event.findings.map(({ text }) => text));
    if (event.is !== 'message' || event.message.content.form !== 'segments') return;
    const { control, content } = event.message;
    messages.push({ control, rows: rowsOf(content.segments) });
  };
  const decoder = codec.decoder(on, { limits: defaultDecodeLimits });
  decoder.write(bytes);
  decoder.end();
  return { messages, faults };
}

const rowsOf = (segments: Segments): readonly Row[] =>
  Array.from({ length: segments.count }, (_, segment) => ({
    tag: segments.tag(segment),
    elements: Array.from({ length: segments.elements(segment) }, (_, index) =>
      Array.from({ length: Math.max(1, segments.components(segment, index + 1)) }, (_, part) =>
        segments.value(segment, index + 1, part + 1),
      ),
    ),
  }));

const isSame = (naive: ReadMessage, read: ReadMessage | undefined): boolean =>
  naive.control === read?.control && canonical(naive.rows) === canonical(read.rows);

/** Trailing empty elements and components mean nothing. */
const canonical = (rows: readonly Row[]): string =>
  JSON.stringify(rows.map(({ tag, elements }) => [tag, ...trimmed(elements.map(trimmed))]));

function trimmed<T extends string | readonly unknown[]>(values: readonly T[]): readonly T[] {
  let end = values.length;
  while (end > 0 && values[end - 1]?.length === 0) end--;
  return values.slice(0, end);
}
