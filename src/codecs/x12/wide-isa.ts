/**
 * An ISA in UTF-8 with characters of several bytes: it has 106 characters, but more bytes. What it
 * declares as separators are the bytes of such characters.
 */
import { isUtf8 } from 'node:buffer';
import { isaCharacters, isaWidths, separatorsAt } from './isa-width.ts';

export interface WideHeader {
  readonly warning: string;
  /** ISA01 to ISA16 as bytes, one character a byte. */
  readonly elements: readonly string[];
  readonly element: string;
  readonly terminator: string;
  /** Where the terminator begins. */
  readonly end: number;
}

/** Bytes in which the header of 106 characters is looked for. */
const bytesMax = 400;

export function wideHeader(text: string, at: number): WideHeader | undefined {
  const end = wholeCharacters(text, at);
  if (end === undefined) return undefined;
  const characters = [...Buffer.from(text.slice(at, end), 'latin1').toString('utf8')];
  const header = characters.slice(0, isaCharacters).map(bytesOf);
  const element = header[3] ?? '';
  const isFixed = separatorsAt.every((offset) => header[offset] === element);
  if (header.length < isaCharacters || !isFixed) return undefined;
  const elements = isaWidths.map((width, index) => {
    const start = separatorsAt[index]! + 1;
    return header.slice(start, start + width).join('');
  });
  const bytes = header.join('').length;
  if (bytes === isaCharacters) return undefined;
  const terminator = header[isaCharacters - 1]!;
  const warning = `ISA has 106 characters in ${bytes} bytes: it was read as UTF-8.`;
  return { warning, elements, element, terminator, end: at + bytes - terminator.length };
}

const bytesOf = (character: string): string => Buffer.from(character, 'utf8').toString('latin1');

/** The end of the last whole character; undefined where the bytes are plain or no UTF-8. */
function wholeCharacters(text: string, at: number): number | undefined {
  const past = Math.min(text.length, at + bytesMax);
  if (!/[\x80-\xff]/.test(text.slice(at, past))) return undefined;
  for (let end = past; end > past - 4 && end > at; end--) {
    if (isUtf8(Buffer.from(text.slice(at, end), 'latin1'))) return end;
  }
  return undefined;
}
