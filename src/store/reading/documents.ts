/** Documents, newest first, with their references. */
import { type Selectable, sql } from 'kysely';
import type { DocumentRow, Page } from '../../model/rows.ts';
import type { Store } from '../../model/store.ts';
import type { DocumentReferenceTable, DocumentTable } from '../schema.ts';
import { all, atMost, first, select, statement, type Unit } from '../unit.ts';
import { afterSeq, limitOf, pageOf } from './page.ts';

type Stored = Selectable<DocumentTable>;

export function* documents(request: Parameters<Store['documents']>[0]): Unit<Page<DocumentRow>> {
  const { kind, number, partner } = request;
  const after = afterSeq(request);
  const rows = yield* select((db) =>
    db
      .selectFrom('document')
      .selectAll()
      .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
      .$if(number !== undefined, (query) => query.where('number', '=', number ?? ''))
      .$if(partner !== undefined, (query) => query.where('partner', '=', partner ?? ''))
      .$if(after !== undefined, (query) => query.where('seq', '<', after ?? 0))
      .orderBy('seq', 'desc')
      .limit(limitOf(request) + 1),
  );
  const toRow = yield* withReferences(rows);
  return pageOf(rows, request, ({ seq }) => [seq], toRow);
}

export function* document(id: string): Unit<DocumentRow | undefined> {
  const row = yield* first(findById, { id });
  return row === undefined ? undefined : (yield* withReferences([row]))(row);
}

/** The newest of a kind with this number; from this partner, where one is named. */
export function* findDocument(
  kind: string,
  number: string,
  partner: string | undefined,
): Unit<DocumentRow | undefined> {
  const row =
    partner === undefined
      ? yield* first(newest, { kind, number })
      : yield* first(newestOf, { kind, number, partner });
  return row === undefined ? undefined : (yield* withReferences([row]))(row);
}

/** Documents of a transfer that are still to be routed, oldest first. */
export function* newDocuments(transfer: string, limit: number): Unit<DocumentRow[]> {
  const rows = yield* all(findNew, { transfer, limit });
  const toRow = yield* withReferences(rows);
  return rows.map(toRow);
}

function* withReferences(rows: readonly Stored[]): Unit<(row: Stored) => DocumentRow> {
  const references: DocumentReferenceTable[] = [];
  for (const { id } of rows) references.push(...(yield* all(referencesOf, { id })));
  return (row) =>
    rowOf(
      row,
      references.filter(({ document }) => document === row.id),
    );
}

/** A response of ours to the n-th message stands at -1 - n: there is one at most. */
export const answered = (index: number): number => -1 - index;

const rowOf = (row: Stored, references: readonly DocumentReferenceTable[]): DocumentRow => ({
  id: row.id,
  kind: row.kind,
  number: row.number,
  partner: row.partner ?? undefined,
  isTest: row.is_test === 1,
  body: row.body,
  made: JSON.parse(row.made),
  references: references.map(({ type, id, partner }) => ({ type, id, partner })),
  state: row.state,
  transfer: row.transfer,
  messageIndex: row.message_index < 0 ? answered(row.message_index) : row.message_index,
  isOurs: row.message_index < 0,
  connector: row.connector,
  at: row.at,
});

const findById = statement((db, p: { id: string }) =>
  db.selectFrom('document').selectAll().where('id', '=', p.id),
);
const newest = statement((db, p: { kind: string; number: string }) =>
  db
    .selectFrom('document')
    .selectAll()
    .where('kind', '=', p.kind)
    .where('number', '=', p.number)
    .orderBy('seq', 'desc')
    .limit(1),
);
const newestOf = statement((db, p: { kind: string; number: string; partner: string }) =>
  db
    .selectFrom('document')
    .selectAll()
    .where('kind', '=', p.kind)
    .where('number', '=', p.number)
    .where('partner', '=', p.partner)
    .orderBy('seq', 'desc')
    .limit(1),
);
const findNew = statement((db, p: { transfer: string; limit: number }) =>
  db
    .selectFrom('document')
    .selectAll()
    .where('transfer', '=', p.transfer)
    .where('state', '=', sql.lit('new' as const))
    .orderBy('seq')
    .limit(atMost(p.limit)),
);
const referencesOf = statement((db, p: { id: string }) =>
  db.selectFrom('document_reference').selectAll().where('document', '=', p.id),
);
