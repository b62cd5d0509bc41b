/**
 * The bytes that are not yet used up, across chunks. It asks to be read at a block's size, and
 * again only when what could not be used has doubled: so one-byte chunks and messages of many
 * blocks cost no more than a constant factor.
 */
const blockBytes = 64 * 1024;

export class Window {
  #bytes = Buffer.allocUnsafe(2 * blockBytes);
  #length = 0;
  #readAt = blockBytes;
  /** Where the window begins in the part. */
  base = 0;

  /** Takes as much of the chunk as fits a block, and returns how much it took. */
  append(chunk: Uint8Array): number {
    const took = Math.min(chunk.length, this.#readAt - this.#length);
    if (this.#length + took > this.#bytes.length) this.#grow(this.#length + took);
    this.#bytes.set(took === chunk.length ? chunk : chunk.subarray(0, took), this.#length);
    this.#length += took;
    return took;
  }

  get isReady(): boolean {
    return this.#length >= this.#readAt;
  }

  /** The bytes held; valid until the next `append` or `drop`. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets the first bytes. */
  drop(count: number): void {
    this.#bytes.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.base += count;
    this.#readAt = this.#length + Math.max(blockBytes, this.#length);
    if (this.#length < blockBytes && this.#bytes.length > 64 * blockBytes) this.#shrink();
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.bytes);
    this.#bytes = larger;
  }

  #shrink(): void {
    const smaller = Buffer.allocUnsafe(2 * blockBytes);
    smaller.set(this.bytes);
    this.#bytes = smaller;
  }
}
