/** Settle: how an attempt ended. Only the newest claim of a delivery may say so. */
import { sql } from 'kysely';
import type { Settlement } from '../../model/delivery.ts';
import type { NewResponse } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { AttemptTable, DeliveryTable } from '../schema.ts';
import { first, run, statement, type Unit } from '../unit.ts';
import { settleDelivery } from './answers.ts';
import { event, recordFindings } from './journal.ts';
import { respond } from './release.ts';

/** False: the claim was lost to another; nothing was changed. */
export function* settle(
  id: string,
  token: number,
  settlement: Settlement,
  at: Instant,
  response?: NewResponse,
): Unit<boolean> {
  const delivery = yield* first(findClaimed, { id, token });
  if (delivery === undefined) return false;
  const { state, text } = settlement;
  const outcome = outcomeOf(settlement);
  yield* run(setSettled, { id, ...settledAs(settlement, at, outcome) });
  yield* endAttempt({ delivery: id, number: token, at, outcome, text });
  yield* event(at, `delivery.${state}`, id, text);
  if (state === 'sent' && settlement.answer !== undefined) {
    yield* settleDelivery(id, settlement.answer, at);
  }
  if (state === 'failed') {
    const about = { delivery: id, document: delivery.document ?? undefined };
    yield* recordFindings([settlement.finding], about, at);
  }
  if (response !== undefined) {
    const { transfer, index, connector, document } = response;
    yield* respond(document, index, { transfer, connector, at, state: 'new' });
  }
  return true;
}

export function* endAttempt(
  attempt: Pick<AttemptTable, 'delivery' | 'number' | 'outcome' | 'text'> & { at: Instant },
): Unit<void> {
  yield* run(closeAttempt, attempt);
}

function outcomeOf(settlement: Settlement): AttemptTable['outcome'] {
  if (settlement.state === 'sent') return 'sent';
  if (settlement.outcome !== undefined) return settlement.outcome;
  return settlement.state === 'queued' ? 'transient' : 'permanent';
}

type Settled = Pick<
  DeliveryTable,
  'state' | 'text' | 'next_at' | 'sent_at' | 'remote_id' | 'unsure'
>;

function settledAs(settlement: Settlement, at: Instant, outcome: AttemptTable['outcome']): Settled {
  const { state, text } = settlement;
  return {
    state,
    text,
    next_at: state === 'queued' ? settlement.nextAt : null,
    sent_at: state === 'sent' ? at : null,
    remote_id: state === 'sent' ? (settlement.remoteId ?? null) : null,
    unsure: outcome === 'ambiguous' ? 1 : 0,
  };
}

const findClaimed = statement((db, p: { id: string; token: number }) =>
  db
    .selectFrom('delivery')
    .select('document')
    .where('id', '=', p.id)
    .where('token', '=', p.token)
    .where('state', '=', 'sending'),
);

/** What an earlier attempt learnt (sent_at, their id) stays when a repeat fails. */
const setSettled = statement((db, p: Settled & { id: string }) =>
  db
    .updateTable('delivery')
    .set({
      state: p.state,
      text: p.text,
      next_at: p.next_at,
      sent_at: sql`coalesce(${p.sent_at}, sent_at)`,
      remote_id: sql`coalesce(${p.remote_id}, remote_id)`,
      // An attempt that failed for sure does not tell whether the unsure one before it arrived.
      unsure: sql`case when ${p.state} = 'queued' and unsure = 1 then 1 else ${p.unsure} end`,
      lease_until: null,
    })
    .where('id', '=', p.id),
);

const closeAttempt = statement(
  (db, p: Pick<AttemptTable, 'delivery' | 'number' | 'outcome' | 'text'> & { at: Instant }) =>
    db
      .updateTable('attempt')
      .set({ ended_at: p.at, outcome: p.outcome, text: p.text })
      .where('delivery', '=', p.delivery)
      .where('number', '=', p.number),
);
