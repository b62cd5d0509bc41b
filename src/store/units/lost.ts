/** Lost claims: the hub that held them is gone or stuck; what it sent may have arrived. */
import type { Instant } from '../../model/time.ts';
import { all, run, statement, type Unit } from '../unit.ts';
import { event } from './journal.ts';
import { endAttempt } from './settle.ts';

const text = 'The claim was lost while sending: it may have arrived.';

/** Claims leased until `leasedUntil` or earlier are queued again, unsure; returns how many. */
export function* requeueLost(
  now: Instant,
  { connector, leasedUntil = now }: { connector?: string; leasedUntil?: Instant } = {},
): Unit<number> {
  const lost =
    connector === undefined
      ? yield* all(lostClaims, { leasedUntil })
      : yield* all(lostClaimsOf, { leasedUntil, connector });
  for (const { id, token } of lost) {
    yield* run(requeue, { id, now, text });
    yield* endAttempt({ delivery: id, number: token, at: now, outcome: 'lost', text });
    yield* event(now, 'delivery.queued', id, text);
  }
  return lost.length;
}

const lostClaims = statement((db, p: { leasedUntil: Instant }) =>
  db
    .selectFrom('delivery')
    .select(['id', 'token'])
    .where('state', '=', 'sending')
    .where('lease_until', '<=', p.leasedUntil)
    .orderBy('seq')
    .limit(1000),
);

const lostClaimsOf = statement((db, p: { leasedUntil: Instant; connector: string }) =>
  db
    .selectFrom('delivery')
    .select(['id', 'token'])
    .where('line', '=', p.connector)
    .where('state', '=', 'sending')
    .where('lease_until', '<=', p.leasedUntil)
    .orderBy('seq')
    .limit(1000),
);

const requeue = statement((db, p: { id: string; now: Instant; text: string }) =>
  db
    .updateTable('delivery')
    .set({ state: 'queued', unsure: 1, next_at: p.now, lease_until: null, text: p.text })
    .where('id', '=', p.id),
);
