/** Deliveries are born here: numbers taken, payload written and stored, messages told apart. */
import type { NewDelivery, NewOutboundMessage, WrittenPayload } from '../../model/delivery.ts';
import type { Instant } from '../../model/time.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import type { DeliveryTable } from '../schema.ts';
import { run, statement, type Unit } from '../unit.ts';
import { digestOf, keepBlob } from './blobs.ts';
import { takeNumbers } from './counters.ts';
import { event, recordFindings } from './journal.ts';

/** Creates a delivery. When its `write` throws, the unit fails and no number is used. */
export function* createDelivery(made: NewDelivery, at: Instant, recent: RecentBytes): Unit<void> {
  const numbers = yield* takeNumbers(made.numbers);
  const payload = made.write(numbers);
  const digest = digestOf(payload.bytes);
  yield* keepBlob({ digest, size: payload.bytes.length, staged: payload.bytes }, recent);
  yield* run(insertDelivery, rowOf(made, payload, digest, at));
  for (const message of payload.messages) yield* createMessage(made.id, message, at);
  const about = { delivery: made.id, document: made.document, transfer: made.transfer };
  yield* recordFindings(payload.findings, about, at);
  yield* event(at, 'delivery.queued', made.id, `${payload.fileName} to ${made.partner}`);
}

function* createMessage(delivery: string, message: NewOutboundMessage, at: Instant): Unit<void> {
  yield* run(insertOutbound, {
    delivery,
    ...message,
    group: message.group ?? null,
    dueAt: message.dueAt ?? null,
  });
  if (message.state === 'none') return;
  yield* event(at, 'outbound.awaited', `${delivery}/${message.control}`, message.dueAt ?? '');
}

type NewRow = Omit<
  DeliveryTable,
  | 'seq'
  | 'state'
  | 'sent_at'
  | 'remote_id'
  | 'text'
  | 'token'
  | 'lease_until'
  | 'unsure'
  | 'line'
  | 'reissued_as'
>;

const rowOf = (
  made: NewDelivery,
  payload: WrittenPayload,
  digest: string,
  at: Instant,
): NewRow => ({
  id: made.id,
  partner: made.partner,
  connector: made.connector,
  transport: made.transport,
  is_test: made.isTest ? 1 : 0,
  kind: made.kind,
  serial: made.serial ? 1 : 0,
  message_type: made.messageType,
  content_type: made.contentType,
  document: made.document ?? null,
  transfer: made.transfer ?? null,
  file_name: payload.fileName,
  digest,
  size: payload.bytes.length,
  created_at: at,
  next_at: at,
});

const insertDelivery = statement((db, p: NewRow) =>
  db.insertInto('delivery').values({
    id: p.id,
    partner: p.partner,
    connector: p.connector,
    transport: p.transport,
    is_test: p.is_test,
    kind: p.kind,
    serial: p.serial,
    message_type: p.message_type,
    content_type: p.content_type,
    document: p.document,
    transfer: p.transfer,
    file_name: p.file_name,
    digest: p.digest,
    size: p.size,
    state: 'queued',
    created_at: p.created_at,
    next_at: p.next_at,
    sent_at: null,
    remote_id: null,
    text: null,
    token: 0,
    lease_until: null,
    unsure: 0,
  }),
);

type NewOutboundRow = Omit<NewOutboundMessage, 'group' | 'dueAt'> & {
  readonly delivery: string;
  readonly group: string | null;
  readonly dueAt: Instant | null;
};

const insertOutbound = statement((db, p: NewOutboundRow) =>
  db.insertInto('outbound').values({
    delivery: p.delivery,
    message: p.message,
    standard: p.standard,
    interchange: p.interchange,
    functional_group: p.group,
    control: p.control,
    state: p.state,
    due_at: p.dueAt,
    answered_by: null,
    answer: null,
    answer_level: 0,
  }),
);
