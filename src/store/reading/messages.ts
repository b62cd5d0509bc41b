/** Messages: those of a check under way are not there yet. */
import type { Kysely } from 'kysely';
import type { MessageRow, Page } from '../../model/rows.ts';
import type { AcceptedMessage, Store } from '../../model/store.ts';
import type { MessageTable, Tables, TransferTable } from '../schema.ts';
import { all, atMost, first, select, statement, type Unit } from '../unit.ts';
import { afterKey, limitOf, pageOf } from './page.ts';

/** Newest transfer first, and within a transfer in the order they stand in it. */
export function* messages(request: Parameters<Store['messages']>[0]): Unit<Page<MessageRow>> {
  const { transfer, state } = request;
  const [lastTransfer, lastIndex] = afterKey(request, ['string', 'number']);
  const rows = yield* select((db) =>
    db
      .selectFrom('message')
      .innerJoin('transfer', 'transfer.id', 'message.transfer')
      .selectAll('message')
      .where('transfer.state', '<>', 'received')
      .$if(transfer !== undefined, (query) => query.where('message.transfer', '=', transfer ?? ''))
      .$if(state !== undefined, (query) => query.where('message.state', '=', state ?? 'held'))
      .$if(lastTransfer !== undefined, (query) =>
        query.where((where) =>
          where.or([
            where('message.transfer', '<', String(lastTransfer)),
            where.and([
              where('message.transfer', '=', String(lastTransfer)),
              where('message.idx', '>', Number(lastIndex)),
            ]),
          ]),
        ),
      )
      .orderBy('message.transfer', 'desc')
      .orderBy('message.idx')
      .limit(limitOf(request) + 1),
  );
  return pageOf(rows, request, (row) => [row.transfer, row.idx], rowOf);
}

/** What is still to be released of a transfer, in the order it stands there. */
export function* acceptedMessages(transfer: string, limit: number): Unit<AcceptedMessage[]> {
  const rows = yield* all(findAccepted, { transfer, limit });
  return rows.map((row) => acceptedOf(transfer, row));
}

/** One message of a transfer, whatever became of it. */
export function* message(transfer: string, index: number): Unit<AcceptedMessage | undefined> {
  const row = yield* first(findOne, { transfer, index });
  return row === undefined ? undefined : acceptedOf(transfer, row);
}

interface StoredMessage extends Pick<TransferTable, 'is_test' | 'connector' | 'received_at'> {
  readonly idx: number;
  readonly part: number;
  readonly digest: string;
  readonly envelope: string | null;
  readonly groupEnvelope: string | null;
  readonly message: string;
  readonly association: string | null;
  readonly control: string;
  readonly start_byte: number;
  readonly end_byte: number;
  readonly partner: string | null;
  readonly mapping: string | null;
}

const acceptedOf = (transfer: string, row: StoredMessage): AcceptedMessage => ({
  transfer,
  index: row.idx,
  part: row.part,
  digest: row.digest,
  envelope: row.envelope === null ? undefined : JSON.parse(row.envelope),
  group: row.groupEnvelope === null ? undefined : JSON.parse(row.groupEnvelope),
  message: row.message,
  association: row.association ?? undefined,
  control: row.control,
  start: row.start_byte,
  end: row.end_byte,
  partner: row.partner ?? undefined,
  mapping: row.mapping ?? undefined,
  isTest: row.is_test === 1,
  connector: row.connector,
  receivedAt: row.received_at,
});

const rowOf = (row: MessageTable): MessageRow => ({
  transfer: row.transfer,
  index: row.idx,
  message: row.message,
  control: row.control,
  partner: row.partner ?? undefined,
  state: row.state,
  start: row.start_byte,
  end: row.end_byte,
  findings: row.findings,
  document: row.document ?? undefined,
});

/** A message with all that reading it needs. */
const messagesOf = (db: Kysely<Tables>, transfer: string) =>
  db
    .selectFrom('message')
    .innerJoin('transfer', 'transfer.id', 'message.transfer')
    .innerJoin('part', (join) =>
      join.onRef('part.transfer', '=', 'message.transfer').onRef('part.idx', '=', 'message.part'),
    )
    .leftJoin('interchange', (join) =>
      join
        .onRef('interchange.transfer', '=', 'message.transfer')
        .onRef('interchange.idx', '=', 'message.interchange'),
    )
    .leftJoin('functional_group', (join) =>
      join
        .onRef('functional_group.transfer', '=', 'message.transfer')
        .onRef('functional_group.interchange', '=', 'message.interchange')
        .onRef('functional_group.idx', '=', 'message.functional_group'),
    )
    .select([
      'message.idx',
      'message.part',
      'part.digest',
      'interchange.envelope',
      'functional_group.envelope as groupEnvelope',
      'message.message',
      'message.association',
      'message.control',
      'message.start_byte',
      'message.end_byte',
      'message.partner',
      'message.mapping',
      'transfer.is_test',
      'transfer.connector',
      'transfer.received_at',
    ])
    .where('message.transfer', '=', transfer);

const findOne = statement((db, p: { transfer: string; index: number }) =>
  messagesOf(db, p.transfer).where('message.idx', '=', p.index),
);

const findAccepted = statement((db, p: { transfer: string; limit: number }) =>
  messagesOf(db, p.transfer)
    // Found by its index: those released already may be ten thousands.
    .where(({ eb, selectFrom }) =>
      eb(
        'message.idx',
        '>=',
        selectFrom('message as waiting')
          .select((row) => row.fn.min('waiting.idx').as('first'))
          .where('waiting.transfer', '=', p.transfer)
          .where('waiting.state', '=', 'accepted'),
      ),
    )
    .where('message.state', '=', 'accepted')
    .where('transfer.state', '<>', 'received')
    .orderBy('message.idx')
    .limit(atMost(p.limit)),
);
