/** Reissue: a rejected message written anew, with numbers of its own, in the place of the old one. */
import type { NewDelivery } from '../../model/delivery.ts';
import { HubError } from '../../model/errors.ts';
import type { Instant } from '../../model/time.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import { first, run, statement, type Unit } from '../unit.ts';
import { createDelivery } from './deliveries.ts';
import { event } from './journal.ts';

/** Throws HubError `conflict` where nobody rejected it, or another took its place already. */
export function* reissue(
  id: string,
  made: NewDelivery,
  at: Instant,
  recent: RecentBytes,
): Unit<void> {
  const old = yield* first(findDelivery, { id });
  if (old === undefined) throw new HubError('not-found', `There is no delivery ${id}.`);
  if (old.reissued_as !== null) {
    throw new HubError('conflict', `Delivery ${id} was written anew as ${old.reissued_as}.`);
  }
  if ((yield* first(findRejected, { id })) === undefined) {
    const text = `Nobody rejected delivery ${id}: resend sends the same bytes again.`;
    throw new HubError('conflict', text);
  }
  yield* createDelivery(made, at, recent);
  yield* run(setReissued, { id, by: made.id });
  yield* event(at, 'delivery.reissued', id, `written anew as ${made.id}`);
}

const findDelivery = statement((db, p: { id: string }) =>
  db.selectFrom('delivery').select('reissued_as').where('id', '=', p.id),
);

const findRejected = statement((db, p: { id: string }) =>
  db
    .selectFrom('outbound')
    .select('seq')
    .where('delivery', '=', p.id)
    .where('state', '=', 'rejected')
    .limit(1),
);

const setReissued = statement((db, p: { id: string; by: string }) =>
  db.updateTable('delivery').set({ reissued_as: p.by }).where('id', '=', p.id),
);
