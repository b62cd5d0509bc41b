/** Control: what a person decides about a delivery. */
import { HubError } from '../../model/errors.ts';
import type { DeliveryState } from '../../model/states.ts';
import type { Instant } from '../../model/time.ts';
import { first, run, statement, type Unit } from '../unit.ts';
import { event } from './journal.ts';

/** Queues a delivery again with the same bytes and numbers. Throws HubError `conflict`. */
export function* resend(id: string, at: Instant): Unit<DeliveryState> {
  const state = yield* stateOf(id);
  if (state === 'queued') return state;
  if (state === 'sending') throw refused(id, state, 'wait for its attempt to end');
  yield* run(requeue, { id, at });
  yield* run(openRejected, { id });
  yield* event(at, 'delivery.queued', id, `resent by a person, was ${state}`);
  return 'queued';
}

/** Gives a delivery up; its control numbers stay used. Throws HubError `conflict`. */
export function* cancel(id: string, at: Instant): Unit<DeliveryState> {
  const state = yield* stateOf(id);
  if (state === 'cancelled') return state;
  if (state === 'sending') throw refused(id, state, 'wait for its attempt to end');
  if (state === 'sent') throw refused(id, state, 'it cannot be taken back');
  yield* run(setCancelled, { id });
  yield* event(at, 'delivery.cancelled', id, `by a person, was ${state}`);
  return 'cancelled';
}

function* stateOf(id: string): Unit<DeliveryState> {
  const delivery = yield* first(findState, { id });
  if (delivery === undefined) throw new HubError('not-found', `There is no delivery ${id}.`);
  return delivery.state;
}

const refused = (id: string, state: DeliveryState, advice: string): HubError =>
  new HubError('conflict', `Delivery ${id} is ${state}: ${advice}.`, { details: { state } });

const findState = statement((db, p: { id: string }) =>
  db.selectFrom('delivery').select('state').where('id', '=', p.id),
);

/** A person has decided that it is to be sent, so nothing about it is unsure any more. */
const requeue = statement((db, p: { id: string; at: Instant }) =>
  db
    .updateTable('delivery')
    .set({ state: 'queued', next_at: p.at, unsure: 0 })
    .where('id', '=', p.id),
);

/** They rejected what was sent before: whatever they say of this, however generally, counts anew. */
const openRejected = statement((db, p: { id: string }) =>
  db
    .updateTable('outbound')
    .set({ answer_level: 0 })
    .where('delivery', '=', p.id)
    .where('state', '=', 'rejected'),
);

const setCancelled = statement((db, p: { id: string }) =>
  db.updateTable('delivery').set({ state: 'cancelled', next_at: null }).where('id', '=', p.id),
);
