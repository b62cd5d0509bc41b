/** Deliveries with their attempts and what became of their messages, newest first. */
import { type Selectable, sql } from 'kysely';
import type { DeliveryRow, Page } from '../../model/rows.ts';
import type { AnswerState } from '../../model/states.ts';
import type { Store } from '../../model/store.ts';
import type { AttemptTable, DeliveryTable, OutboundTable } from '../schema.ts';
import { all, first, select, statement, type Unit } from '../unit.ts';
import { afterSeq, limitOf, pageOf } from './page.ts';

type Stored = Selectable<DeliveryTable>;
// Written out, not bound: so their small index is used.
const rejected = sql<AnswerState>`'rejected'`;
const overdue = sql<AnswerState>`'overdue'`;
type StoredOutbound = Selectable<OutboundTable>;

export function* deliveries(request: Parameters<Store['deliveries']>[0]): Unit<Page<DeliveryRow>> {
  const { state, connector, transfer, document, answer } = request;
  const after = afterSeq(request);
  const rows = yield* select((db) =>
    db
      .selectFrom('delivery')
      .selectAll()
      .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'queued'))
      .$if(connector !== undefined, (query) => query.where('connector', '=', connector ?? ''))
      .$if(transfer !== undefined, (query) => query.where('transfer', '=', transfer ?? ''))
      .$if(document !== undefined, (query) => query.where('document', '=', document ?? ''))
      .$if(answer !== undefined, (query) =>
        query.where('reissued_as', 'is', null).where('id', 'in', (inner) =>
          inner
            .selectFrom('outbound')
            .select('outbound.delivery')
            .where('outbound.state', '=', answer === 'overdue' ? overdue : rejected),
        ),
      )
      .$if(after !== undefined, (query) => query.where('seq', '<', after ?? 0))
      .orderBy('seq', 'desc')
      .limit(limitOf(request) + 1),
  );
  const complete: (Stored & Details)[] = [];
  for (const row of rows) complete.push({ ...row, ...(yield* detailsOf(row.id)) });
  return pageOf(complete, request, ({ seq }) => [seq], rowOf);
}

export function* delivery(id: string): Unit<DeliveryRow | undefined> {
  const row = yield* first(findDelivery, { id });
  return row === undefined ? undefined : rowOf({ ...row, ...(yield* detailsOf(id)) });
}

interface Details {
  readonly attempts: readonly AttemptTable[];
  readonly messages: readonly StoredOutbound[];
}

function* detailsOf(delivery: string): Unit<Details> {
  const attempts = yield* all(attemptsOf, { delivery });
  return { attempts, messages: yield* all(messagesOf, { delivery }) };
}

const rowOf = (row: Stored & Details): DeliveryRow => ({
  id: row.id,
  partner: row.partner,
  connector: row.connector,
  transport: row.transport,
  state: row.state,
  kind: row.kind,
  messageType: row.message_type,
  isTest: row.is_test === 1,
  document: row.document ?? undefined,
  transfer: row.transfer ?? undefined,
  fileName: row.file_name,
  digest: row.digest,
  size: row.size,
  createdAt: row.created_at,
  nextAt: row.next_at ?? undefined,
  sentAt: row.sent_at ?? undefined,
  remoteId: row.remote_id ?? undefined,
  text: row.text ?? undefined,
  reissuedAs: row.reissued_as ?? undefined,
  attempts: row.attempts.map((attempt) => ({
    number: attempt.number,
    startedAt: attempt.started_at,
    endedAt: attempt.ended_at ?? undefined,
    outcome: attempt.outcome,
    text: attempt.text ?? undefined,
  })),
  messages: row.messages.map((message) => ({
    id: String(message.seq),
    message: message.message,
    standard: message.standard,
    interchange: message.interchange,
    group: message.functional_group ?? undefined,
    control: message.control,
    dueAt: message.due_at ?? undefined,
    state: message.state,
    answeredBy: message.answered_by ?? undefined,
    answer: message.answer ?? undefined,
  })),
});

const findDelivery = statement((db, p: { id: string }) =>
  db.selectFrom('delivery').selectAll().where('id', '=', p.id),
);
const attemptsOf = statement((db, p: { delivery: string }) =>
  db.selectFrom('attempt').selectAll().where('delivery', '=', p.delivery).orderBy('number'),
);
const messagesOf = statement((db, p: { delivery: string }) =>
  db.selectFrom('outbound').selectAll().where('delivery', '=', p.delivery).orderBy('seq'),
);
