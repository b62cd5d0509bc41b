/** Bytes: stored once by digest, in rows of at most 256 KB. */
import { createHash } from 'node:crypto';
import { HubError } from '../../model/errors.ts';
import type { StagedBlob } from '../../model/store.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import { all, first, run, statement, type Unit } from '../unit.ts';

export const CHUNK_BYTES = 256 * 1024;

/** A chunk's id is `blob * 2^16 + index`: one key finds it, and a blob may hold 16 GB. */
const CHUNKS_MAX = 65536;

export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Stores small bytes, or gives staged ones their digest; the same bytes are kept once. */
export function* keepBlob(blob: StagedBlob, recent: RecentBytes): Unit<void> {
  const { digest, staged } = blob;
  if (typeof staged !== 'string') {
    yield* storeBytes(digest, staged);
    recent.add(digest, staged);
    return;
  }
  const known = yield* first(blobByDigest, { digest });
  if (known !== undefined) yield* dropStaged(staged);
  else yield* publish(staged, blob);
}

export function* beginStaging(staging: string): Unit<number> {
  const made = yield* first(insertBlob, { digest: null, staging, size: 0 });
  return madeBlob(made);
}

export function* storeChunk(blob: number, index: number, bytes: Uint8Array): Unit<void> {
  if (index >= CHUNKS_MAX) throw new HubError('too-large', 'A body of more than 16 GB.');
  yield* run(insertChunk, { id: blob * CHUNKS_MAX + index, bytes });
}

export function* dropStaged(staging: string): Unit<void> {
  const blob = yield* first(blobByStaging, { staging });
  if (blob === undefined) return;
  yield* run(deleteChunks, chunkRange(blob.seq));
  yield* run(deleteBlob, { seq: blob.seq });
}

/** Removes what a hub that died was still staging; returns how many bodies. */
export function* sweepStaged(): Unit<number> {
  const orphans = yield* all(stagedBlobs, {});
  for (const { staging } of orphans) if (staging !== null) yield* dropStaged(staging);
  return orphans.length;
}

export function* findBlob(digest: string): Unit<{ seq: number; size: number } | undefined> {
  return yield* first(blobByDigest, { digest });
}

export function* readChunk(blob: number, index: number): Unit<Uint8Array | undefined> {
  const row = yield* first(findChunk, { id: blob * CHUNKS_MAX + index });
  return row?.bytes;
}

function* storeBytes(digest: string, bytes: Uint8Array): Unit<void> {
  const made = yield* first(insertUnknown, { digest, size: bytes.length });
  if (made === undefined) return;
  const blob = made.seq;
  for (let start = 0, index = 0; start < bytes.length; start += CHUNK_BYTES, index += 1) {
    yield* storeChunk(blob, index, bytes.subarray(start, start + CHUNK_BYTES));
  }
}

function* publish(staging: string, blob: StagedBlob): Unit<void> {
  const changed = yield* run(nameBlob, { staging, digest: blob.digest, size: blob.size });
  if (changed === 0) throw new HubError('internal', 'Staged bytes are gone: send them again.');
}

function madeBlob(row: { readonly seq: number } | undefined): number {
  if (row === undefined) throw new HubError('internal', 'The database numbered no blob.');
  return row.seq;
}

const chunkRange = (blob: number) => ({ from: blob * CHUNKS_MAX, to: (blob + 1) * CHUNKS_MAX });

const blobByDigest = statement((db, p: { digest: string }) =>
  db.selectFrom('blob').select(['seq', 'size']).where('digest', '=', p.digest),
);
const blobByStaging = statement((db, p: { staging: string }) =>
  db.selectFrom('blob').select('seq').where('staging', '=', p.staging),
);
const stagedBlobs = statement((db, _: object) =>
  db.selectFrom('blob').select('staging').where('staging', 'is not', null),
);
const insertBlob = statement(
  (db, p: { digest: string | null; staging: string | null; size: number }) =>
    db
      .insertInto('blob')
      .values({ digest: p.digest, staging: p.staging, size: p.size })
      .returning('seq'),
);
/** Nothing when these bytes are there already. */
const insertUnknown = statement((db, p: { digest: string; size: number }) =>
  db
    .insertInto('blob')
    .values({ digest: p.digest, staging: null, size: p.size })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .returning('seq'),
);
const nameBlob = statement((db, p: { staging: string; digest: string; size: number }) =>
  db
    .updateTable('blob')
    .set({ digest: p.digest, size: p.size, staging: null })
    .where('staging', '=', p.staging),
);
const deleteBlob = statement((db, p: { seq: number }) =>
  db.deleteFrom('blob').where('seq', '=', p.seq),
);
const insertChunk = statement((db, p: { id: number; bytes: Uint8Array }) =>
  db.insertInto('chunk').values({ id: p.id, bytes: p.bytes }),
);
const deleteChunks = statement((db, p: { from: number; to: number }) =>
  db.deleteFrom('chunk').where('id', '>=', p.from).where('id', '<', p.to),
);
const findChunk = statement((db, p: { id: number }) =>
  db.selectFrom('chunk').select('bytes').where('id', '=', p.id),
);
