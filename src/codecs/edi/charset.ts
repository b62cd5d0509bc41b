/**
 * Character sets of EDI. A charset decodes the bytes of one value (given as latin1 text, one
 * character a byte), encodes text, and finds bytes that it lacks. High bits are never stripped: that
 * would turn data into separators.
 */
import { isUtf8 } from 'node:buffer';
import { codeExtension, extendedCharset } from './code-extension.ts';
import { filledCharset, filler } from './wide-separators.ts';

export interface Charset {
  /** Decodes a value that holds at least one byte above 127. */
  decode(latin1: string): string;
  /** Index of the first byte that is not of this charset, or -1. */
  firstBad(bytes: Uint8Array): number;
  /** Index of the first character that it cannot write, or -1. */
  firstMissing(text: string): number;
  encode(text: string): Uint8Array;
  /** Whether a printable ASCII character is of the repertoire; absent: all are. */
  isAllowed?(character: string): boolean;
}

/** ISO 9735 repertoires: which characters level A and level B allow at all. */
const levelA = /[^A-Z0-9 .,\-()/='+:?!"%&*;<>]/;
const levelB = /[^A-Za-z0-9 .,\-()/='+:?!"%&*;<>\x1c\x1d\x1f]/;

const utf8: Charset = {
  decode: (latin1) => Buffer.from(latin1, 'latin1').toString('utf8'),
  firstBad: firstBadUtf8,
  firstMissing: (text) => (text.isWellFormed() ? -1 : text.search(/\p{Surrogate}/u)),
  encode: (text) => Buffer.from(text, 'utf8'),
};

/** X12 names no charset: a value that is valid UTF-8 is UTF-8, any other is latin1. */
const utf8OrLatin1: Charset = {
  ...utf8,
  decode: (latin1) => {
    const bytes = Buffer.from(latin1, 'latin1');
    return isUtf8(bytes) ? bytes.toString('utf8') : latin1;
  },
  firstBad: () => -1,
};

/** Beside separators of several bytes stands what is left of them. */
const utf8Filled: Charset = {
  ...utf8OrLatin1,
  decode: (latin1) => utf8OrLatin1.decode(latin1.replaceAll(filler, '')),
};

const plainLatin1: Charset = {
  decode: (latin1) => latin1,
  firstBad: () => -1,
  firstMissing: (text) => text.search(/[^\x00-\xff]/),
  encode: (text) => Buffer.from(text, 'latin1'),
};

/** ISO 8859-1 as ISO 9735 uses it: the C1 controls (80 to 9F) are not characters of it. */
const unoc: Charset = {
  ...plainLatin1,
  firstBad: (bytes) => bytes.findIndex((byte) => byte >= 0x80 && byte < 0xa0),
  firstMissing: (text) => text.search(/[\x80-\x9f]|[^\x00-\xff]/),
};

const ascii = (repertoire: RegExp): Charset => ({
  ...plainLatin1,
  firstBad: (bytes) => bytes.findIndex((byte) => byte >= 0x80),
  firstMissing: (text) => text.search(repertoire),
  isAllowed: (character) => !repertoire.test(character),
});

const charsets = new Map<string, Charset>([
  ['utf8', utf8OrLatin1],
  [filledCharset, utf8Filled],
  ['latin1', plainLatin1],
  ['UNOA', ascii(levelA)],
  ['UNOB', ascii(levelB)],
  ['UNOC', unoc],
  [extendedCharset, codeExtension],
  // The airlines' names for levels A and B (PADIS 0001).
  ['IATA', ascii(levelA)],
  ['IATB', ascii(levelB)],
  ['UNOW', utf8],
  ['UNOY', utf8],
]);

/** ISO 9735-1 code list 0001: the further parts of ISO 8859, made when first met. */
const furtherParts: Readonly<Record<string, string>> = {
  UNOD: 'iso-8859-2',
  UNOE: 'iso-8859-5',
  UNOF: 'iso-8859-7',
  UNOG: 'iso-8859-3',
  UNOH: 'iso-8859-4',
  UNOI: 'iso-8859-6',
  UNOJ: 'iso-8859-8',
  UNOK: 'iso-8859-9',
  UNOL: 'iso-8859-15',
};

/** undefined: the charset is not one we know. */
export function findCharset(name: string): Charset | undefined {
  const known = charsets.get(name);
  if (known !== undefined) return known;
  const label = Object.hasOwn(furtherParts, name) ? furtherParts[name] : undefined;
  if (label === undefined) return undefined;
  const made = singleByte(label);
  charsets.set(name, made);
  return made;
}

function singleByte(label: string): Charset {
  const high = Uint8Array.from({ length: 96 }, (_, index) => index + 0xa0);
  const table = new TextDecoder(label).decode(high);
  const byteOf = (character: string): number =>
    character < '\x80' ? character.charCodeAt(0) : 0xa0 + table.indexOf(character);
  const isMissing = (character: string): boolean =>
    character === '\ufffd' || (character >= '\x80' && !table.includes(character));
  return {
    decode: (latin1) =>
      latin1.replace(/[\xa0-\xff]/g, (byte) => table[byte.charCodeAt(0) - 0xa0] ?? byte),
    firstBad: (bytes) =>
      bytes.findIndex((byte) => byte >= 0x80 && (byte < 0xa0 || table[byte - 0xa0] === '\ufffd')),
    firstMissing: (text) => text.split('').findIndex(isMissing),
    encode: (text) => Uint8Array.from(text, byteOf),
  };
}

function firstBadUtf8(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return -1;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at]!);
    if (length > 1 && !isUtf8(bytes.subarray(at, at + length))) return at;
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

/** Bytes of the UTF-8 sequence that this byte begins; 0: none begins so (RFC 3629 §4). */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
