/**
 * What other parsers read, as plain lines: npm x12-parser and npm edifact. They know nothing of
 * charsets, so they read latin1, which is decoded afterwards. Trailing empty elements and
 * components are left out.
 */
import { createRequire } from 'node:module';
import { X12parser } from 'x12-parser';
import { findCharset } from '../../src/codecs/edi/charset.ts';
import type { Syntax } from '../../src/model/envelope.ts';
import type { Message, Segments } from '../../src/model/message.ts';

/** Tag and elements; components are parted by a character that no file has. */
export type Line = readonly string[];

const between = '\u0000';

/** From ISA on, because x12-parser does not skip a byte order mark. Rejects what it cannot read. */
export async function x12ParserLines(bytes: Buffer): Promise<readonly Line[]> {
  const parser = new X12parser('latin1');
  const segments: Readonly<Record<string, string>>[] = [];
  parser.on('data', (segment: Readonly<Record<string, string>>) => segments.push(segment));
  await new Promise((resolve, reject) => {
    parser.on('error', reject).on('end', resolve);
    parser.end(bytes.subarray(bytes.indexOf('ISA')));
  });
  return segments.map(lineOfKeys);
}

/** `{ name: 'STC', '1': 'ZZ', '1-1': '999' }`: '1' is the whole element or its first component. */
function lineOfKeys(segment: Readonly<Record<string, string>>): Line {
  const elements: string[][] = [];
  for (const [key, value] of Object.entries(segment)) {
    const [element = 0] = key.split('-').map(Number);
    if (Number.isNaN(element)) continue;
    elements[element - 1] ??= [];
    elements[element - 1]?.push(value);
  }
  const texts = Array.from(elements, (it) => (it ?? []).join(between));
  return trimmed([segment['name'] ?? '', ...texts]);
}

interface EdifactParser {
  encoding(level: string): void;
  on(event: 'opensegment' | 'component', listener: (value: string) => void): void;
  on(event: 'element', listener: () => void): void;
  write(chunk: string): void;
  end(): void;
}

const require = createRequire(import.meta.url);
const Parser = require('edifact/parser.js') as new () => EdifactParser;

/** Throws where edifact cannot read the bytes. */
export function edifactLines(bytes: Buffer): readonly Line[] {
  const parser = new Parser();
  parser.encoding('UNOC');
  const lines: string[][] = [];
  let components: string[] = [];
  const endElement = (): void => {
    if (components.length > 0) lines.at(-1)?.push(components.join(between));
    components = [];
  };
  parser.on('opensegment', (tag) => {
    endElement();
    lines.push([tag]);
  });
  parser.on('element', endElement);
  parser.on('component', (value) => components.push(value));
  parser.write(bytes.toString('latin1'));
  parser.end();
  endElement();
  return lines.map(trimmed);
}

/** The segments of a message; repetitions stay together, as the witnesses leave them. */
export function ownLines({ content }: Message, { repetition = '' }: Syntax): readonly Line[] {
  if (content.form !== 'segments') return [];
  const { segments } = content;
  return Array.from({ length: segments.count }, (_, segment) => {
    const elements = Array.from({ length: segments.elements(segment) }, (_, at) =>
      Array.from({ length: Math.max(segments.repeats(segment, at + 1), 1) }, (_, repeat) =>
        componentsOf(segments, segment, at + 1, repeat + 1).join(between),
      ).join(repetition),
    );
    return trimmed([segments.tag(segment), ...elements]);
  });
}

const componentsOf = (
  segments: Segments,
  segment: number,
  element: number,
  repeat: number,
): readonly string[] =>
  Array.from({ length: segments.components(segment, element, repeat) }, (_, at) =>
    segments.value(segment, element, at + 1, repeat),
  );

/** The witnesses' lines that stand in messages, decoded as the envelope says. */
export const messageLines = (lines: readonly Line[], { charset }: Syntax): readonly Line[] =>
  lines
    .filter(([tag = '']) => tag !== '' && !envelopes.has(tag))
    .map((line) => trimmed(line.map((value) => decoded(value, charset))));

const envelopes = new Set(['ISA', 'GS', 'GE', 'IEA', 'UNA', 'UNB', 'UNG', 'UNE', 'UNZ']);

const decoded = (element: string, charset: string): string =>
  element
    .split(between)
    .map((value) =>
      /[\x80-\xff]/.test(value) ? (findCharset(charset)?.decode(value) ?? value) : value,
    )
    .join(between);

/** x12-parser drops line ends, and blanks around values, so they are not compared. */
function trimmed(line: Line): Line {
  const texts = line.map((element) =>
    element
      .split(between)
      .map((value) => value.replace(/[\r\n]+/g, '').trim())
      .join(between)
      .replace(/\u0000+$/, ''),
  );
  return texts.slice(0, texts.findLastIndex((it) => it !== '') + 1);
}
