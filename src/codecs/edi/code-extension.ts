/**
 * UNOX: code extension by ISO 2022, with the sets that ISO-2022-JP names (ASCII, JIS X 0201, JIS X
 * 0208). Two bytes of a Japanese character may each look like a separator, so that what is not ASCII
 * is masked: it gets the high bit, and so does the escape that leads to it. Lengths stay the same.
 * Other sets of ISO 2375 are not read; the escape to one is a byte that is no character.
 */
import type { Charset } from './charset.ts';

export const extendedCharset = 'UNOX';

const escapeByte = 0x1b;
const highBit = 0x80;
const maskedEscape = escapeByte | highBit;

/** What follows ESC, and whether the bytes after it are to be masked. */
const sets: ReadonlyMap<string, boolean> = new Map([
  ['(B', false],
  ['(J', false],
  ['(I', true],
  ['$@', true],
  ['$B', true],
]);

/** Masks in place, from an offset at which ASCII is in force. A line end returns to ASCII. */
export function maskExtension(bytes: Buffer, from: number): void {
  let isMasked = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === escapeByte) {
      const next = setAfter(bytes, at);
      bytes[at] = maskedEscape;
      if (next !== undefined) at += 2;
      isMasked = next ?? false;
    } else if (byte === 0x0a || byte === 0x0d) isMasked = false;
    else if (isMasked) bytes[at] = byte | highBit;
  }
}

const setAfter = (bytes: Uint8Array, at: number): boolean | undefined =>
  sets.get(String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0));

/** Reads masked bytes; writes plain ones. */
export const codeExtension: Charset = {
  decode: (latin1) => new TextDecoder('iso-2022-jp').decode(unmasked(latin1)),
  firstBad,
  firstMissing(text) {
    const table = doubleBytes();
    let at = 0;
    for (const character of text) {
      if (character >= '\x80' && !table.has(character)) return at;
      at += character.length;
    }
    return -1;
  },
  encode,
};

const unmasked = (latin1: string): Uint8Array =>
  Uint8Array.from(latin1, (character) => character.charCodeAt(0) & ~highBit);

/** An escape to a set that is not read, or a high byte that no escape leads to. */
function firstBad(bytes: Uint8Array): number {
  let isMasked = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === maskedEscape) {
      const next = setAfter(bytes, at);
      if (next === undefined) return at;
      isMasked = next;
      at += 2;
    } else if (byte < highBit) isMasked = false;
    else if (!isMasked) return at;
  }
  return -1;
}

let table: ReadonlyMap<string, number> | undefined;

/** JIS X 0208 by character, made when first needed: EUC-JP is the same set with high bits. */
function doubleBytes(): ReadonlyMap<string, number> {
  if (table !== undefined) return table;
  const made = new Map<string, number>();
  const decoder = new TextDecoder('euc-jp');
  for (let row = 0x21; row < 0x7f; row++) {
    for (let cell = 0x21; cell < 0x7f; cell++) {
      const character = decoder.decode(Uint8Array.of(row | highBit, cell | highBit));
      if (character !== '\ufffd' && !made.has(character)) made.set(character, (row << 8) | cell);
    }
  }
  table = made;
  return made;
}

/** Returns to ASCII before each character of it, so that separators always stand in ASCII. */
function encode(text: string): Uint8Array {
  const bytes: number[] = [];
  let isDouble = false;
  for (const character of text) {
    const pair = character < '\x80' ? undefined : doubleBytes().get(character);
    if (isDouble !== (pair !== undefined)) {
      isDouble = pair !== undefined;
      bytes.push(escapeByte, ...Buffer.from(isDouble ? '$B' : '(B'));
    }
    if (pair === undefined) bytes.push(character.charCodeAt(0));
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(isDouble ? [...bytes, escapeByte, ...Buffer.from('(B')] : bytes);
}
