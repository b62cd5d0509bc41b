/** Receive: a transfer and its parts, stored once however often it comes. */
import { createHash } from 'node:crypto';
import type { NewTransfer } from '../../model/store.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import type { PartTable, TransferTable } from '../schema.ts';
import { first, run, statement, type Unit } from '../unit.ts';
import { dropStaged, keepBlob } from './blobs.ts';
import { event } from './journal.ts';

/** Stores an arrival; the same key with the same bytes from the same connector is the first one. */
export function* accept(
  arrival: NewTransfer,
  recent: RecentBytes,
): Unit<{ transfer: string; repeated: boolean }> {
  const digest = digestOfParts(arrival);
  const { connector, key } = arrival;
  const before = yield* first(sameTransfer, { connector, key, digest });
  if (before !== undefined) {
    for (const { blob } of arrival.parts) {
      if (typeof blob.staged === 'string') yield* dropStaged(blob.staged);
    }
    return { transfer: before.id, repeated: true };
  }
  yield* run(insertTransfer, {
    id: arrival.id,
    connector,
    transport: arrival.transport,
    key,
    digest,
    headers: JSON.stringify(arrival.headers),
    received_at: arrival.at,
  });
  yield* storeParts(arrival, recent);
  yield* event(arrival.at, 'transfer.received', arrival.id, `from ${connector}`);
  return { transfer: arrival.id, repeated: false };
}

function* storeParts(arrival: NewTransfer, recent: RecentBytes): Unit<void> {
  for (const [idx, part] of arrival.parts.entries()) {
    yield* keepBlob(part.blob, recent);
    yield* run(insertPart, {
      transfer: arrival.id,
      idx,
      name: part.name,
      content_type: part.contentType,
      digest: part.blob.digest,
      size: part.blob.size,
    });
  }
}

function digestOfParts(arrival: NewTransfer): string {
  const [only, ...others] = arrival.parts;
  if (only !== undefined && others.length === 0) return only.blob.digest;
  const hash = createHash('sha256');
  for (const { blob } of arrival.parts) hash.update(`${blob.digest}\n`);
  return hash.digest('hex');
}

const sameTransfer = statement((db, p: { connector: string; key: string; digest: string }) =>
  db
    .selectFrom('transfer')
    .select('id')
    .where('connector', '=', p.connector)
    .where('key', '=', p.key)
    .where('digest', '=', p.digest),
);

const insertTransfer = statement(
  (db, p: Omit<TransferTable, 'seq' | 'state' | 'is_test' | 'reason'>) =>
    db.insertInto('transfer').values({
      id: p.id,
      connector: p.connector,
      transport: p.transport,
      key: p.key,
      digest: p.digest,
      headers: p.headers,
      state: 'received',
      is_test: 0,
      reason: null,
      received_at: p.received_at,
    }),
);

const insertPart = statement((db, p: PartTable) =>
  db.insertInto('part').values({
    transfer: p.transfer,
    idx: p.idx,
    name: p.name,
    content_type: p.content_type,
    digest: p.digest,
    size: p.size,
  }),
);
