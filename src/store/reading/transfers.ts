/** Transfers and their parts, newest first. */
import { type Selectable, sql } from 'kysely';
import type { Page, TransferRow } from '../../model/rows.ts';
import type { Store } from '../../model/store.ts';
import type { PartTable, TransferTable } from '../schema.ts';
import { all, first, select, statement, type Unit } from '../unit.ts';
import { afterSeq, limitOf, pageOf } from './page.ts';

type Stored = Selectable<TransferTable>;

export function* transfer(id: string): Unit<TransferRow | undefined> {
  const row = yield* first(findTransfer, { id });
  if (row === undefined) return undefined;
  return rowOf(row, yield* all(partsOf, { id }));
}

export function* transfers(request: Parameters<Store['transfers']>[0]): Unit<Page<TransferRow>> {
  const { state, connector } = request;
  const after = afterSeq(request);
  const rows = yield* select((db) =>
    db
      .selectFrom('transfer')
      .selectAll()
      .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'received'))
      .$if(connector !== undefined, (query) => query.where('connector', '=', connector ?? ''))
      .$if(after !== undefined, (query) => query.where('seq', '<', after ?? 0))
      .orderBy('seq', 'desc')
      .limit(limitOf(request) + 1),
  );
  const parts = yield* partsOfAll(rows.map(({ id }) => id));
  const partsOf = (id: string) => parts.filter(({ transfer }) => transfer === id);
  return pageOf(
    rows,
    request,
    ({ seq }) => [seq],
    (row) => rowOf(row, partsOf(row.id)),
  );
}

/** The oldest transfer of a connector that is not released, or whose documents are not routed. */
export function* firstUnreleased(connector: string): Unit<string | undefined> {
  const unreleased = yield* first(oldestUnreleased, { connector });
  const unrouted = yield* first(oldestUnrouted, { connector });
  if (unreleased === undefined || unrouted === undefined) return (unreleased ?? unrouted)?.id;
  return (unreleased.seq < unrouted.seq ? unreleased : unrouted).id;
}

const oldestUnreleased = statement((db, p: { connector: string }) =>
  db
    .selectFrom('transfer')
    .select(['id', 'seq'])
    .where('connector', '=', p.connector)
    .where('state', 'in', ['received', 'checked'])
    .orderBy('seq')
    .limit(1),
);

const oldestUnrouted = statement((db, p: { connector: string }) =>
  db
    .selectFrom('document')
    .innerJoin('transfer', 'transfer.id', 'document.transfer')
    .select(['transfer.id', 'transfer.seq'])
    .where('document.state', '=', sql.lit('new' as const))
    .where('document.connector', '=', p.connector)
    .orderBy('transfer.seq')
    .limit(1),
);

function* partsOfAll(ids: readonly string[]): Unit<PartTable[]> {
  if (ids.length === 0) return [];
  return yield* select((db) =>
    db
      .selectFrom('part')
      .selectAll()
      .where('transfer', 'in', ids)
      .orderBy('transfer')
      .orderBy('idx'),
  );
}

const rowOf = (row: Stored, parts: readonly PartTable[]): TransferRow => ({
  id: row.id,
  connector: row.connector,
  transport: row.transport,
  key: row.key,
  headers: JSON.parse(row.headers),
  state: row.state,
  receivedAt: row.received_at,
  isTest: row.is_test === 1,
  reason: row.reason ?? undefined,
  parts: parts.map((part) => ({
    index: part.idx,
    name: part.name,
    contentType: part.content_type,
    digest: part.digest,
    size: part.size,
  })),
});

const findTransfer = statement((db, p: { id: string }) =>
  db.selectFrom('transfer').selectAll().where('id', '=', p.id),
);
const partsOf = statement((db, p: { id: string }) =>
  db.selectFrom('part').selectAll().where('transfer', '=', p.id).orderBy('idx'),
);
