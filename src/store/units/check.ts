/** Check: messages told in batches, invisible until the one unit that records the verdict. */
import { sql } from 'kysely';
import type { CheckedMessage, Verdict } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import type { MessageTable, TransferTable } from '../schema.ts';
import { first, run, statement, type Unit } from '../unit.ts';
import { settleAnswer } from './answers.ts';
import { createDelivery } from './deliveries.ts';
import { recordInterchange } from './interchanges.ts';
import { event, recordFindings } from './journal.ts';
import { forgetNumbers, recordNumbers } from './numbers.ts';
import { recordOnward } from './onward.ts';
import { transferState } from './transfer-state.ts';

/** Whether an earlier check left anything. Throws HubError `not-found`. */
export function* isCheckBegun(id: string): Unit<boolean> {
  const transfer = yield* transferState(id);
  if (transfer.state !== 'received') return false;
  for (const anyOf of [anyMessage, anyInterchange, anyFinding]) {
    if ((yield* first(anyOf, { id })) !== undefined) return true;
  }
  return false;
}

/** Forgets what an interrupted check left; a transfer that has its verdict keeps it. */
export function* beginCheck(id: string): Unit<void> {
  const transfer = yield* transferState(id);
  if (transfer.state !== 'received') return;
  yield* run(forgetFindings, { id });
  yield* run(forgetMessages, { id });
  yield* run(forgetGroups, { id });
  yield* run(forgetInterchanges, { id });
  yield* run(forgetNumbers, { id });
}

/** Stores messages of a check under way; those already told are left as they are. */
export function* recordMessages(
  id: string,
  messages: readonly CheckedMessage[],
  at: Instant,
): Unit<void> {
  const transfer = yield* transferState(id);
  if (transfer.state !== 'received') return;
  yield* insertMessages(id, messages, at);
}

/** Records a verdict with all that follows from it; a transfer that has one keeps it. */
export function* recordVerdict(verdict: Verdict, recent: RecentBytes): Unit<void> {
  const { transfer: id, at } = verdict;
  const transfer = yield* transferState(id);
  if (transfer.state !== 'received') return;
  yield* insertMessages(id, verdict.messages, at);
  for (const range of verdict.overruled) yield* run(overrule, { id, ...range });
  for (const interchange of verdict.interchanges) {
    yield* recordInterchange(id, interchange, transfer.received_at, at);
  }
  yield* recordNumbers(id, verdict.numbers, transfer.received_at);
  yield* recordFindings(verdict.findings, { transfer: id }, at);
  yield* run(judge, {
    id,
    state: verdict.onward === undefined ? verdict.state : 'released',
    reason: verdict.reason ?? null,
    is_test: verdict.isTest ? 1 : 0,
  });
  yield* event(at, `transfer.${verdict.state}`, id, verdict.reason ?? '');
  yield* run(messageEvents, { id, at });
  for (const answer of verdict.answers) yield* settleAnswer(answer, verdict.isTest, at);
  for (const delivery of verdict.acknowledgements) yield* createDelivery(delivery, at, recent);
  if (verdict.onward === undefined) return;
  yield* recordOnward({ id, connector: transfer.connector }, verdict.onward, at, recent);
}

function* insertMessages(
  transfer: string,
  messages: readonly CheckedMessage[],
  at: Instant,
): Unit<void> {
  for (const message of messages) {
    const inserted = yield* run(insertMessage, rowOf(transfer, message));
    if (inserted === 0) continue;
    yield* recordFindings(message.findings, { transfer, messageIndex: message.index }, at);
  }
}

const rowOf = (transfer: string, checked: CheckedMessage): MessageTable => ({
  transfer,
  idx: checked.index,
  part: checked.part,
  interchange: checked.interchange,
  functional_group: checked.group,
  message: checked.message,
  association: checked.association ?? null,
  control: checked.control,
  start_byte: checked.start,
  end_byte: checked.end,
  partner: checked.partner ?? null,
  mapping: checked.mapping ?? null,
  state: checked.state,
  findings: checked.findings.length,
  document: null,
});

const anyMessage = statement((db, p: { id: string }) =>
  db.selectFrom('message').select('idx').where('transfer', '=', p.id).limit(1),
);
const anyInterchange = statement((db, p: { id: string }) =>
  db.selectFrom('interchange').select('idx').where('transfer', '=', p.id).limit(1),
);
const anyFinding = statement((db, p: { id: string }) =>
  db.selectFrom('finding').select('seq as idx').where('transfer', '=', p.id).limit(1),
);

const insertMessage = statement((db, p: MessageTable) =>
  db
    .insertInto('message')
    .values({
      transfer: p.transfer,
      idx: p.idx,
      part: p.part,
      interchange: p.interchange,
      functional_group: p.functional_group,
      message: p.message,
      association: p.association,
      control: p.control,
      start_byte: p.start_byte,
      end_byte: p.end_byte,
      partner: p.partner,
      mapping: p.mapping,
      state: p.state,
      findings: p.findings,
      document: p.document,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const overrule = statement(
  (db, p: { id: string; from: number; to: number; state: MessageTable['state'] }) =>
    db
      .updateTable('message')
      .set({ state: p.state })
      .where('transfer', '=', p.id)
      .where('idx', '>=', p.from)
      .where('idx', '<', p.to),
);

const judge = statement((db, p: Pick<TransferTable, 'id' | 'state' | 'reason' | 'is_test'>) =>
  db
    .updateTable('transfer')
    .set({ state: p.state, reason: p.reason, is_test: p.is_test })
    .where('id', '=', p.id),
);

/** One event for each message, in one statement: an interchange may hold sixty thousand. */
const messageEvents = statement((db, p: { id: string; at: Instant }) =>
  db
    .insertInto('event')
    .columns(['at', 'what', 'subject', 'text'])
    .expression(
      db
        .selectFrom('message')
        .select([
          sql<string>`${p.at}`.as('at'),
          sql<string>`'message.' || state`.as('what'),
          sql<string>`transfer || '/' || idx`.as('subject'),
          sql<string>`message || ' ' || control`.as('text'),
        ])
        .where('transfer', '=', p.id)
        .orderBy('idx'),
    ),
);

const forgetFindings = statement((db, p: { id: string }) =>
  db
    .deleteFrom('finding')
    .where('transfer', '=', p.id)
    .where('document', 'is', null)
    .where('delivery', 'is', null),
);
const forgetMessages = statement((db, p: { id: string }) =>
  db.deleteFrom('message').where('transfer', '=', p.id),
);
const forgetGroups = statement((db, p: { id: string }) =>
  db.deleteFrom('functional_group').where('transfer', '=', p.id),
);
const forgetInterchanges = statement((db, p: { id: string }) =>
  db.deleteFrom('interchange').where('transfer', '=', p.id),
);
