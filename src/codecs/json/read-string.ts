/** JSON strings (RFC 8259, section 7). */
import type { JsonCursor } from './cursor.ts';

export interface WrongString {
  readonly wrong: string;
  readonly at: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Reads the string whose opening quote is next; the bytes are valid UTF-8. */
export function readString(cursor: JsonCursor): string | WrongString {
  const { bytes, at: start } = cursor;
  let from = start + 1;
  let text = '';
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      cursor.at = at + 1;
      return whole(text + cursor.text(from, at), start);
    }
    if (byte < 0x20) return { wrong: 'a control character inside a string', at };
    if (byte !== BACKSLASH) continue;
    const found = readEscape(cursor, at);
    if (found === undefined) return { wrong: 'an unknown escape in a string', at };
    text += cursor.text(from, at) + found.text;
    from = found.end;
    at = from - 1;
  }
  return { wrong: 'a string without its closing quote', at: start };
}

/** A lone surrogate can be escaped, but no other format could carry it on. */
const whole = (text: string, at: number): string | WrongString =>
  text.isWellFormed() ? text : { wrong: 'half a surrogate pair', at };

const plainEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function readEscape(cursor: JsonCursor, at: number): { text: string; end: number } | undefined {
  const letter = cursor.text(at + 1, at + 2);
  const plain = plainEscapes[letter];
  if (plain !== undefined) return { text: plain, end: at + 2 };
  const digits = cursor.text(at + 2, at + 6);
  if (letter !== 'u' || !/^[0-9A-Fa-f]{4}$/.test(digits)) return undefined;
  return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 };
}
