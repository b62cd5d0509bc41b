/** The bytes of a blob, or of a range of it, one chunk at a time. */
import { HubError } from '../../model/errors.ts';
import type { Range } from '../../model/range.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import type { Unit } from '../unit.ts';
import { CHUNK_BYTES, findBlob, readChunk } from '../units/blobs.ts';

type Read = <T>(unit: Unit<T>) => T | Promise<T>;

/** Releasing reads a large body message by message: so many chunks stay at hand. */
const KEPT_MAX = 4;

/** Reads bytes and keeps the last few chunks of large bodies; they never change. */
export class Chunks {
  readonly #read: Read;
  readonly #recent: RecentBytes;
  readonly #kept = new Map<string, Uint8Array>();

  constructor(read: Read, recent: RecentBytes) {
    this.#read = read;
    this.#recent = recent;
  }

  /** Throws HubError `not-found`. A range is cut to what is there. */
  async *bytes(digest: string, range?: Range): AsyncGenerator<Uint8Array> {
    const recent = this.#recent.get(digest);
    if (recent !== undefined) {
      const asked = recent.subarray(Math.max(range?.start ?? 0, 0), range?.end);
      if (asked.length > 0) yield asked;
      return;
    }
    const blob = await this.#read(findBlob(digest));
    if (blob === undefined) throw new HubError('not-found', `There are no bytes ${digest}.`);
    const end = Math.min(range?.end ?? blob.size, blob.size);
    let at = Math.max(range?.start ?? 0, 0);
    while (at < end) {
      const base = at - (at % CHUNK_BYTES);
      const chunk = await this.#chunk(blob, base / CHUNK_BYTES, range !== undefined);
      const to = Math.min(end - base, CHUNK_BYTES);
      yield chunk.subarray(at - base, to);
      at = base + to;
    }
  }

  async #chunk(
    blob: { readonly seq: number; readonly size: number },
    index: number,
    isRange: boolean,
  ): Promise<Uint8Array> {
    const key = `${blob.seq}/${index}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const chunk = await this.#read(readChunk(blob.seq, index));
    if (chunk === undefined) throw new HubError('internal', `Chunk ${key} of a body is missing.`);
    if (isRange && blob.size > CHUNK_BYTES) this.#keep(key, chunk);
    return chunk;
  }

  #keep(key: string, chunk: Uint8Array): void {
    this.#kept.set(key, chunk);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > KEPT_MAX && !oldest.done) this.#kept.delete(oldest.value);
  }
}
