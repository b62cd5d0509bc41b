/**
 * Tags, qualifiers and units come back in every segment. Each is made a string once and then found
 * by its bytes, so that reading one allocates nothing, and a look-up by it need not hash it again.
 * The table has a fixed size: a word that falls on another one's slot takes it over.
 */
const slotBits = 12;
const keys = new Int32Array(1 << slotBits);
const words: string[] = new Array(1 << slotBits).fill('');

/** Longer ones seldom come back. */
const longest = 4;

/** The bytes from one offset to another as a string, one character a byte; `text` holds the same. */
export function wordOf(bytes: Uint8Array, text: string, from: number, to: number): string {
  const length = to - from;
  if (length > longest) return text.slice(from, to);
  if (length <= 0) return '';
  let key = bytes[from]!;
  if (length > 1) key |= bytes[from + 1]! << 8;
  if (length > 2) key |= bytes[from + 2]! << 16;
  if (length > 3) key |= bytes[from + 3]! << 24;
  const slot = Math.imul(key, 0x9e3779b1) >>> (32 - slotBits);
  const known = words[slot]!;
  if (keys[slot] === key && known.length === length) return known;
  const word = text.slice(from, to);
  keys[slot] = key;
  words[slot] = word;
  return word;
}
