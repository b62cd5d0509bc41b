/** UTF-8 as bytes. */
import { isUtf8 } from 'node:buffer';

/** How many bytes a character has, by its first one. */
export const utf8Bytes = (lead: number): number =>
  lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

/** The index of the first byte that is not UTF-8; the length where all are. */
export function firstBadUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const size = utf8Bytes(bytes[at] ?? 0);
    if (!isUtf8(bytes.subarray(at, at + size))) return at;
    at += size;
  }
  return at;
}
