/** Finds where a JSON object ends, by its brackets and strings only. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export class ObjectScanner {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** The index after the object's last byte, or -1 where it goes on in the next chunk. */
  scan(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#isInString) this.#inString(byte);
      else if (byte === QUOTE) this.#isInString = true;
      else if (byte === 0x7b || byte === 0x5b) this.#depth += 1;
      else if (byte === 0x7d || byte === 0x5d) {
        this.#depth -= 1;
        if (this.#depth === 0) return at + 1;
      }
    }
    return -1;
  }

  #inString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isInString = false;
  }
}
