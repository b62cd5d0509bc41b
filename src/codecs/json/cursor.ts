/** A place in the bytes of a JSON text. */
import { isAscii } from 'node:buffer';

export class JsonCursor {
  at = 0;
  readonly bytes: Buffer;
  /** The whole text where each byte is a character: cutting it is cheaper than decoding pieces. */
  readonly #ascii: string | undefined;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#ascii = isAscii(bytes) ? bytes.toString('latin1') : undefined;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** The next byte; 0 at the end, which no JSON text may hold either. */
  peek(): number {
    return this.bytes[this.at] ?? 0;
  }

  take(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  skipBlanks(): void {
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
    }
  }

  text(from: number, to: number): string {
    return this.#ascii?.slice(from, to) ?? this.bytes.toString('utf8', from, to);
  }

  /** The line of a byte, counted from 1. */
  line(at: number): number {
    let line = 1;
    for (let next = 0; next < at; next++) if (this.bytes[next] === 0x0a) line += 1;
    return line;
  }
}
