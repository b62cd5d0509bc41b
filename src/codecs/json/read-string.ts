/** JSON strings (RFC 8259, section 7). */

/** The text of a string, its byte after the closing quote, or what is wrong and where. */
export type FoundString =
  | { readonly text: string; readonly end: number }
  | { readonly wrong: string; readonly at: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Reads the string whose opening quote stands at `start`; the bytes are valid UTF-8. */
export function readString(bytes: Buffer, start: number): FoundString {
  let from = start + 1;
  let text = '';
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return ended(text + bytes.toString('utf8', from, at), start, at + 1);
    if (byte < 0x20) return { wrong: 'a control character inside a string', at };
    if (byte !== BACKSLASH) continue;
    const found = readEscape(bytes, at);
    if (found === undefined) return { wrong: 'an unknown escape in a string', at };
    text += bytes.toString('utf8', from, at) + found.text;
    from = found.end;
    at = from - 1;
  }
  return { wrong: 'a string without its closing quote', at: start };
}

/** A lone surrogate can be escaped, but no other format could carry it on. */
const ended = (text: string, start: number, end: number): FoundString =>
  text.isWellFormed() ? { text, end } : { wrong: 'half a surrogate pair', at: start };

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

function readEscape(bytes: Buffer, at: number): { text: string; end: number } | undefined {
  const letter = String.fromCharCode(bytes[at + 1] ?? 0);
  const plain = plainEscapes[letter];
  if (plain !== undefined) return { text: plain, end: at + 2 };
  const digits = bytes.toString('latin1', at + 2, at + 6);
  if (letter !== 'u' || !/^[0-9A-Fa-f]{4}$/.test(digits)) return undefined;
  return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 };
}
