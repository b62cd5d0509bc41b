/** Bytes that come in pieces, up to a limit; what is beyond it is only counted. */
export class GrowingBuffer {
  #bytes: Buffer<ArrayBuffer> = Buffer.alloc(0);
  #size = 0;
  readonly #sizeMax: number;

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  append(piece: Uint8Array): void {
    const size = this.#size + piece.length;
    if (size <= this.#sizeMax) {
      if (size > this.#bytes.length) this.#grow(size);
      this.#bytes.set(piece, this.#size);
    }
    this.#size = size;
  }

  get isTooLarge(): boolean {
    return this.#size > this.#sizeMax;
  }

  /** Valid until the next append. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  clear(): void {
    this.#size = 0;
  }

  #grow(size: number): void {
    const wanted = Math.min(this.#sizeMax, Math.max(size, this.#bytes.length * 2, 4096));
    const grown = Buffer.allocUnsafe(wanted);
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }
}
