/** Staging: bytes as they come, small ones held, large ones stored chunk by chunk. */
import { createHash } from 'node:crypto';
import { HubError } from '../../model/errors.ts';
import type { StagedBlob } from '../../model/store.ts';
import type { MakeId } from '../../model/time.ts';
import type { Unit } from '../unit.ts';
import { beginStaging, CHUNK_BYTES, dropStaged, storeChunk } from './blobs.ts';

type Write = <T>(unit: () => Unit<T>) => Promise<T>;

/** Throws HubError `too-large`; whatever fails, nothing of the body is kept. */
export async function stage(
  bytes: AsyncIterable<Uint8Array>,
  limitBytes: number,
  { write, makeId }: { write: Write; makeId: MakeId },
): Promise<StagedBlob> {
  const body = new Staging(write, makeId);
  try {
    for await (const piece of bytes) {
      if (body.size + piece.length > limitBytes) {
        throw new HubError('too-large', `The body is larger than ${limitBytes} bytes.`, {
          details: { limitBytes },
        });
      }
      await body.add(piece);
    }
    return await body.end();
  } catch (error) {
    await body.drop();
    throw error;
  }
}

/** A body on its way: at most one chunk of it is in memory. */
class Staging {
  size = 0;
  readonly #write: Write;
  readonly #makeId: MakeId;
  readonly #hash = createHash('sha256');
  /** Room for what is held, used again for each chunk: a large body makes no garbage. */
  #room = new Uint8Array(0);
  #heldBytes = 0;
  #stored: { readonly id: string; readonly blob: number; chunks: number } | undefined;

  constructor(write: Write, makeId: MakeId) {
    this.#write = write;
    this.#makeId = makeId;
  }

  async add(piece: Uint8Array): Promise<void> {
    this.#hash.update(piece);
    this.size += piece.length;
    let rest = piece;
    while (this.#heldBytes + rest.length > CHUNK_BYTES) {
      const fits = CHUNK_BYTES - this.#heldBytes;
      this.#hold(rest.subarray(0, fits));
      rest = rest.subarray(fits);
      await this.#storeHeld();
    }
    this.#hold(rest);
  }

  async end(): Promise<StagedBlob> {
    const digest = this.#hash.digest('hex');
    const rest = this.#takeHeld();
    if (this.#stored === undefined) return { digest, size: this.size, staged: rest };
    await this.#store(rest);
    return { digest, size: this.size, staged: this.#stored.id };
  }

  async drop(): Promise<void> {
    const id = this.#stored?.id;
    if (id !== undefined) await this.#write(() => dropStaged(id));
  }

  /** Copies, because streams may use their buffer again. */
  #hold(piece: Uint8Array): void {
    const needed = this.#heldBytes + piece.length;
    if (needed > this.#room.length) {
      const larger = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(needed, 2 * this.#room.length)));
      larger.set(this.#room.subarray(0, this.#heldBytes));
      this.#room = larger;
    }
    this.#room.set(piece, this.#heldBytes);
    this.#heldBytes = needed;
  }

  /** Valid until the next `hold`. */
  #takeHeld(): Uint8Array {
    const all = this.#room.subarray(0, this.#heldBytes);
    this.#heldBytes = 0;
    return all;
  }

  #storeHeld(): Promise<void> {
    return this.#store(this.#takeHeld());
  }

  async #store(bytes: Uint8Array): Promise<void> {
    if (this.#stored === undefined) {
      const id = this.#makeId();
      this.#stored = { id, blob: await this.#write(() => beginStaging(id)), chunks: 0 };
    }
    const { blob, chunks } = this.#stored;
    this.#stored.chunks += 1;
    await this.#write(() => storeChunk(blob, chunks, bytes));
  }
}
