/** Claim: which deliveries may be sent now, decided by what is stored and nothing else. */
import { type Selectable, sql } from 'kysely';
import type { ClaimedDelivery, ClaimRequest } from '../../model/delivery.ts';
import type { Instant } from '../../model/time.ts';
import type { DeliveryTable } from '../schema.ts';
import { all, atMost, first, run, statement, type Unit } from '../unit.ts';
import { event, recordFindings } from './journal.ts';
import { requeueLost } from './lost.ts';

type Candidate = Selectable<DeliveryTable>;

/** Claims in creation order what is due, as far as concurrency and order of the connector allow. */
export function* claim(request: ClaimRequest): Unit<ClaimedDelivery[]> {
  const claimed: ClaimedDelivery[] = [];
  let candidates = yield* findCandidates(request);
  while (candidates.length > 0) {
    let refused = 0;
    for (const candidate of candidates) {
      if (candidate.unsure === 1 && request.repeat === 'never') {
        yield* leaveToPerson(candidate, request.now);
        refused += 1;
      } else {
        claimed.push(yield* take(candidate, request.now, request.leaseUntil));
      }
    }
    // A place that a refused one would have taken goes to the next.
    candidates = refused > 0 ? yield* findCandidates(request, claimed.length) : [];
  }
  return claimed;
}

/** Claims the reply to a transfer; one that was sent is given again to whoever repeats the request. */
export function* claimReply(
  transfer: string,
  now: Instant,
  leaseUntil: Instant,
): Unit<ClaimedDelivery | undefined> {
  const reply = yield* first(findReply, { transfer });
  if (reply === undefined || reply.state === 'cancelled') return undefined;
  const held = reply.state === 'sending' && (reply.lease_until ?? '') > now;
  return held ? undefined : yield* take(reply, now, leaseUntil);
}

function* findCandidates(request: ClaimRequest, already = 0): Unit<Candidate[]> {
  const { connector, now } = request;
  const line = yield* lineOf(connector, now);
  const limit = Math.min(request.limit - already, request.concurrency - line.out);
  if (limit <= 0) return [];
  if (request.serial) {
    const oldest = line.out > 0 ? undefined : yield* first(oldestQueued, { connector });
    return oldest !== undefined && (oldest.next_at ?? '') <= now ? [oldest] : [];
  }
  const oldest = line.isSerialOut ? undefined : yield* first(oldestSerial, { connector });
  return yield* all(findDue, { connector, now, limit, serial: oldest?.seq ?? 0 });
}

/** What is out for a connector, once claims past their lease have gone back to the line. */
function* lineOf(
  connector: string,
  now: Instant,
): Unit<{ readonly out: number; readonly isSerialOut: boolean }> {
  const line = yield* first(lineState, { connector });
  if (line?.leaseUntil && line.leaseUntil <= now) {
    yield* requeueLost(now, { connector });
    return yield* lineOf(connector, now);
  }
  return { out: line?.out ?? 0, isSerialOut: (line?.serial ?? 0) > 0 };
}

function* take(row: Candidate, now: Instant, leaseUntil: Instant): Unit<ClaimedDelivery> {
  const token = row.token + 1;
  yield* run(setSending, { seq: row.seq, token, leaseUntil });
  yield* run(beginAttempt, { delivery: row.id, number: token, at: now });
  yield* event(now, 'delivery.sending', row.id, `attempt ${token}`);
  return {
    id: row.id,
    token,
    partner: row.partner,
    connector: row.connector,
    transport: row.transport,
    messageType: row.message_type,
    contentType: row.content_type,
    fileName: row.file_name,
    digest: row.digest,
    size: row.size,
    isTest: row.is_test === 1,
    kind: row.kind,
    attempt: token,
    unsure: row.unsure === 1,
  };
}

function* leaveToPerson(row: Candidate, at: Instant): Unit<void> {
  const text =
    `Delivery ${row.id} may have reached ${row.partner}, and its connector says "repeat: never": ` +
    'ask them, then resend or cancel it.';
  const finding = {
    code: 'send-unsure',
    severity: 'error',
    fault: 'transport',
    place: { path: `delivery ${row.id}` },
    text,
  } as const;
  yield* run(setFailed, { seq: row.seq, text });
  const about = { delivery: row.id, document: row.document ?? undefined };
  yield* recordFindings([finding], about, at);
  yield* event(at, 'delivery.failed', row.id, text);
}

const lineState = statement((db, p: { connector: string }) =>
  db
    .selectFrom('delivery')
    .select((row) => [
      row.fn.countAll<number>().as('out'),
      row.fn.sum<number | null>('serial').as('serial'),
      row.fn.min('lease_until').as('leaseUntil'),
    ])
    .where('line', '=', p.connector)
    .where('state', '=', 'sending'),
);

const oldestQueued = statement((db, p: { connector: string }) =>
  db
    .selectFrom('delivery')
    .selectAll()
    .where('line', '=', p.connector)
    .where('state', '=', 'queued')
    .orderBy('seq')
    .limit(1),
);

const oldestSerial = statement((db, p: { connector: string }) =>
  db
    .selectFrom('delivery')
    .select('seq')
    .where('line', '=', p.connector)
    // A literal, so that the planner sees that the partial index holds it.
    .where('serial', '=', sql.lit(1 as const))
    .where('state', '=', 'queued')
    .orderBy('seq')
    .limit(1),
);

const findDue = statement(
  (db, p: { connector: string; now: Instant; limit: number; serial: number }) =>
    db
      .selectFrom('delivery')
      .selectAll()
      .where('line', '=', p.connector)
      .where('state', '=', 'queued')
      // Not the bare column: a long line is to be walked in order, not sorted by its due times.
      .where(sql<string>`coalesce(next_at, '')`, '<=', p.now)
      .where((where) => where.or([where('serial', '=', 0), where('seq', '=', p.serial)]))
      .orderBy('seq')
      .limit(atMost(p.limit)),
);

const findReply = statement((db, p: { transfer: string }) =>
  db
    .selectFrom('delivery')
    .selectAll()
    .where('transfer', '=', p.transfer)
    .where('transport', '=', 'reply')
    .orderBy('seq', 'desc')
    .limit(1),
);

const setSending = statement((db, p: { seq: number; token: number; leaseUntil: Instant }) =>
  db
    .updateTable('delivery')
    .set({ state: 'sending', token: p.token, lease_until: p.leaseUntil, next_at: null })
    .where('seq', '=', p.seq),
);

const setFailed = statement((db, p: { seq: number; text: string }) =>
  db
    .updateTable('delivery')
    .set({ state: 'failed', text: p.text, next_at: null })
    .where('seq', '=', p.seq),
);

const beginAttempt = statement((db, p: { delivery: string; number: number; at: Instant }) =>
  db.insertInto('attempt').values({
    delivery: p.delivery,
    number: p.number,
    started_at: p.at,
    ended_at: null,
    outcome: 'sending',
    text: null,
  }),
);
