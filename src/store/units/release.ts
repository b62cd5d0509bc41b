/** Release: documents, the state of their messages and the findings, in one unit. */
import type { NewDocument, Release } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { answered } from '../reading/documents.ts';
import type { DocumentTable, MessageTable } from '../schema.ts';
import { first, run, statement, type Unit } from '../unit.ts';
import { settleAnswer } from './answers.ts';
import { event, recordFindings } from './journal.ts';
import { transferState } from './transfer-state.ts';

type Released = Release['messages'][number];

/** Records a batch; a message that is no longer `accepted` was released before and stays so. */
export function* release(batch: Release): Unit<void> {
  const transfer = yield* transferState(batch.transfer);
  for (const message of batch.messages) {
    yield* releaseMessage(message, { ...batch, connector: transfer.connector, state: 'new' });
  }
  if (!batch.last || transfer.state !== 'checked') return;
  // Read before the verdict, an empty batch says nothing: what is accepted keeps its transfer open.
  if ((yield* first(anyAccepted, { transfer: batch.transfer })) !== undefined) return;
  yield* run(moveTransfer, { id: batch.transfer, state: 'released' });
  yield* event(batch.at, 'transfer.released', batch.transfer);
}

/** Where a document comes from, and what has become of it by then. */
interface Origin {
  readonly transfer: string;
  readonly connector: string;
  readonly at: Instant;
  readonly state: DocumentTable['state'];
}

export function* releaseMessage(
  { index, state, document, findings, response, answers = [] }: Released,
  origin: Origin,
): Unit<void> {
  const { transfer, at } = origin;
  const changed = yield* run(moveAccepted, {
    transfer,
    index,
    state,
    document: document?.id ?? null,
    findings: findings.length,
  });
  if (changed === 0) return;
  if (document !== undefined) yield* insert(document, index, origin);
  if (response !== undefined) yield* respond(response, index, origin);
  for (const answer of answers) yield* settleAnswer(answer, document?.isTest === true, at);
  const about = { transfer, messageIndex: index, document: document?.id };
  yield* recordFindings(findings, about, at);
  yield* event(at, `message.${state}`, `${transfer}/${index}`, document?.number ?? '');
}

/** What the sender of a message is told of it; a message that was answered before stays so. */
export function* respond(response: NewDocument, index: number, origin: Origin): Unit<void> {
  const at = answered(index);
  if ((yield* first(findAt, { transfer: origin.transfer, index: at })) !== undefined) return;
  yield* insert(response, at, origin);
}

function* insert(document: NewDocument, index: number, origin: Origin): Unit<void> {
  yield* run(insertDocument, {
    id: document.id,
    kind: document.kind,
    number: document.number,
    partner: document.partner ?? null,
    is_test: document.isTest ? 1 : 0,
    body: document.body,
    made: JSON.stringify(document.made),
    state: origin.state,
    transfer: origin.transfer,
    message_index: index,
    connector: origin.connector,
    at: origin.at,
  });
  for (const reference of referencesOf(document)) {
    yield* run(insertReference, { document: document.id, ...reference });
    if (reference.type !== 'order') continue;
    yield* run(beginLifecycle, { partner: reference.partner, order: reference.id });
  }
  yield* event(origin.at, 'document.new', document.id, `${document.kind} ${document.number}`);
}

/** An order begins its own lifecycle, whether or not it refers to itself. */
function referencesOf(document: NewDocument): NewDocument['references'] {
  const { kind, number, partner, references } = document;
  if (kind !== 'order' || partner === undefined) return references;
  const isOwn = (one: NewDocument['references'][number]): boolean =>
    one.type === 'order' && one.id === number && one.partner === partner;
  return references.some(isOwn)
    ? references
    : [...references, { type: 'order', id: number, partner }];
}

const moveAccepted = statement(
  (
    db,
    p: {
      transfer: string;
      index: number;
      state: MessageTable['state'];
      document: string | null;
      findings: number;
    },
  ) =>
    db
      .updateTable('message')
      .set((row) => ({
        state: p.state,
        document: p.document,
        findings: row('findings', '+', p.findings),
      }))
      .where('transfer', '=', p.transfer)
      .where('idx', '=', p.index)
      .where('state', '=', 'accepted'),
);

export const moveTransfer = statement(
  (db, p: { id: string; state: 'received' | 'checked' | 'released' }) =>
    db.updateTable('transfer').set({ state: p.state, reason: null }).where('id', '=', p.id),
);

const findAt = statement((db, p: { transfer: string; index: number }) =>
  db
    .selectFrom('document')
    .select('id')
    .where('transfer', '=', p.transfer)
    .where('message_index', '=', p.index),
);

const insertDocument = statement((db, p: Omit<DocumentTable, 'seq'>) =>
  db.insertInto('document').values({
    id: p.id,
    kind: p.kind,
    number: p.number,
    partner: p.partner,
    is_test: p.is_test,
    body: p.body,
    made: p.made,
    state: p.state,
    transfer: p.transfer,
    message_index: p.message_index,
    connector: p.connector,
    at: p.at,
  }),
);

const insertReference = statement(
  (db, p: { document: string; type: string; id: string; partner: string }) =>
    db
      .insertInto('document_reference')
      .values({ document: p.document, type: p.type, id: p.id, partner: p.partner })
      .onConflict((conflict) => conflict.doNothing()),
);

const beginLifecycle = statement((db, p: { partner: string; order: string }) =>
  db
    .insertInto('lifecycle')
    .values({ partner: p.partner, order_number: p.order })
    .onConflict((conflict) => conflict.doNothing()),
);

const anyAccepted = statement((db, p: { transfer: string }) =>
  db
    .selectFrom('message')
    .select('idx')
    .where('transfer', '=', p.transfer)
    .where('state', '=', 'accepted')
    .limit(1),
);
