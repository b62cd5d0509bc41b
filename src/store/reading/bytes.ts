/** The bytes of a blob, or of a range of it, one chunk at a time. */
import { HubError } from '../../model/errors.ts';
import type { Range } from '../../model/range.ts';
import type { Unit } from '../unit.ts';
import { CHUNK_BYTES, findBlob, readChunk } from '../units/blobs.ts';

type Read = <T>(unit: Unit<T>) => T | Promise<T>;

/** Throws HubError `not-found`. A range is cut to what is there. */
export async function* bytes(
  read: Read,
  digest: string,
  range?: Range,
): AsyncGenerator<Uint8Array> {
  const blob = await read(findBlob(digest));
  if (blob === undefined) throw new HubError('not-found', `There are no bytes ${digest}.`);
  const end = Math.min(range?.end ?? blob.size, blob.size);
  let at = Math.max(range?.start ?? 0, 0);
  while (at < end) {
    const index = Math.floor(at / CHUNK_BYTES);
    const base = index * CHUNK_BYTES;
    const to = Math.min(end - base, CHUNK_BYTES);
    const chunk = await read(readChunk(blob.seq, index, at - base, to));
    if (chunk === undefined) throw new HubError('internal', `Bytes of ${digest} are missing.`);
    yield chunk;
    at = base + to;
  }
}
