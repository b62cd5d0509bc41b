/** A block of bytes as text, with what must wait for the next block and what cannot be read. */
import { isAscii, isUtf8 } from 'node:buffer';
import { firstBadUtf8, utf8Bytes } from '../utf8.ts';
import type { XmlEncoding } from './encoding.ts';

export interface DecodedText {
  readonly text: string;
  /** How many bytes the text stands for; the rest belongs to the next block. */
  readonly used: number;
  /** True: the byte at `used` is not of the encoding. */
  readonly isDamaged: boolean;
}

/** Decodes whole characters only. `isLast`: nothing follows, so half a character is damage. */
export function decodeText(bytes: Buffer, encoding: XmlEncoding, isLast: boolean): DecodedText {
  if (encoding === 'utf8') return decodeUtf8(bytes, isLast);
  if (encoding === 'latin1') {
    return { text: bytes.toString('latin1'), used: bytes.length, isDamaged: false };
  }
  return encoding === 'ascii' ? decodeAscii(bytes) : decodeUtf16(bytes, encoding, isLast);
}

function decodeAscii(bytes: Buffer): DecodedText {
  const used = isAscii(bytes) ? bytes.length : bytes.findIndex((byte) => byte > 0x7f);
  return { text: bytes.toString('latin1', 0, used), used, isDamaged: used < bytes.length };
}

function decodeUtf8(bytes: Buffer, isLast: boolean): DecodedText {
  const whole = isLast ? bytes.length : wholeUtf8(bytes);
  const valid = isUtf8(bytes.subarray(0, whole));
  const used = valid ? whole : firstBadUtf8(bytes.subarray(0, whole));
  return { text: bytes.toString('utf8', 0, used), used, isDamaged: !valid };
}

/** The length without a character that is cut off at the end. */
function wholeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return utf8Bytes(byte) > back ? bytes.length - back : bytes.length;
    if (byte < 0x80) return bytes.length;
  }
  return bytes.length;
}

function decodeUtf16(bytes: Buffer, encoding: XmlEncoding, isLast: boolean): DecodedText {
  const even = bytes.length - (bytes.length % 2);
  const units = bytes.subarray(0, even);
  const text = (encoding === 'utf16be' ? Buffer.from(units).swap16() : units).toString('utf16le');
  const held = !isLast && /[\uD800-\uDBFF]$/.test(text) ? 1 : 0;
  const whole = text.slice(0, text.length - held);
  const valid = whole.isWellFormed();
  const used = valid ? whole.length : firstLoneSurrogate(whole);
  const isDamaged = !valid || (isLast && even < bytes.length);
  return { text: whole.slice(0, used), used: used * 2, isDamaged };
}

function firstLoneSurrogate(text: string): number {
  let at = 0;
  for (const character of text) {
    if (!character.isWellFormed()) return at;
    at += character.length;
  }
  return at;
}
