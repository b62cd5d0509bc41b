/**
 * Small bodies and payloads that were stored a moment ago and are about to be read: by the check, the
 * release, the delivery. They are kept by their digest, so that what is found is right whatever
 * became of the unit that stored it.
 */
const TOTAL_BYTES = 4 * 1024 * 1024;
const EACH_BYTES = 64 * 1024;

export class RecentBytes {
  readonly #kept = new Map<string, Uint8Array>();
  #size = 0;

  add(digest: string, bytes: Uint8Array): void {
    if (bytes.length > EACH_BYTES || this.#kept.has(digest)) return;
    this.#kept.set(digest, bytes);
    this.#size += bytes.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= TOTAL_BYTES) return;
      this.#kept.delete(oldest);
      this.#size -= length;
    }
  }

  get(digest: string): Uint8Array | undefined {
    return this.#kept.get(digest);
  }
}
