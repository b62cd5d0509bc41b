/** Watch: what was never woken or never ended, and answers that did not come in time. */
import { sql } from 'kysely';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { all, first, run, statement, type Unit } from '../unit.ts';
import { event } from './journal.ts';

type Due = Awaited<ReturnType<Store['due']>>;

/** At most so many ids a topic: the watcher comes again. */
const DUE_MAX = 1000;

export function* due(now: Instant): Unit<Due> {
  const check = yield* all(transfersIn, { state: 'received' });
  const release = yield* all(transfersIn, { state: 'checked' });
  const route = yield* all(transfersToRoute, {});
  const deliver: string[] = [];
  let nextAt: Instant | undefined;
  for (const connector of yield* waitingConnectors()) {
    const earliest = yield* first(earliestDue, { connector });
    if (earliest?.at && earliest.at <= now) deliver.push(connector);
    const later = yield* first(nextDue, { connector, now });
    if (later?.at && (nextAt === undefined || later.at < nextAt)) nextAt = later.at;
  }
  return {
    check: check.map(({ id }) => id),
    release: release.map(({ id }) => id),
    route: route.map(({ transfer }) => transfer),
    deliver,
    nextAt,
  };
}

/** Marks awaited answers past their time overdue; a late answer still settles them. */
export function* markOverdue(now: Instant): Unit<number> {
  const overdue = yield* all(findOverdue, { now });
  for (const { seq, delivery, control, due_at } of overdue) {
    yield* run(setOverdue, { seq });
    yield* event(now, 'outbound.overdue', `${delivery}/${control}`, `was due ${due_at}`);
  }
  return overdue.length;
}

/** Hops from connector to connector in the index, however many deliveries each has waiting. */
function* waitingConnectors(): Unit<string[]> {
  const found: string[] = [];
  for (;;) {
    const next = yield* first(nextConnector, { after: found.at(-1) ?? '' });
    if (!next?.connector) return found;
    found.push(next.connector);
  }
}

const transfersIn = statement((db, p: { state: 'received' | 'checked' }) =>
  db.selectFrom('transfer').select('id').where('state', '=', p.state).orderBy('seq').limit(DUE_MAX),
);

const transfersToRoute = statement((db, _: object) =>
  db
    .selectFrom('document')
    .select('transfer')
    .distinct()
    .where('state', '=', sql.lit('new' as const))
    .orderBy('transfer')
    .limit(DUE_MAX),
);

const nextConnector = statement((db, p: { after: string }) =>
  db
    .selectFrom('delivery')
    .select((row) => row.fn.min('line').as('connector'))
    .where('line', '>', p.after),
);

const earliestDue = statement((db, p: { connector: string }) =>
  db
    .selectFrom('delivery')
    .select((row) => row.fn.min('next_at').as('at'))
    .where('line', '=', p.connector)
    .where('state', '=', 'queued'),
);

const nextDue = statement((db, p: { connector: string; now: Instant }) =>
  db
    .selectFrom('delivery')
    .select((row) => row.fn.min('next_at').as('at'))
    .where('line', '=', p.connector)
    .where('state', '=', 'queued')
    .where('next_at', '>', p.now),
);

/** What was never sent cannot be answered: its delivery tells of that. */
const findOverdue = statement((db, p: { now: Instant }) =>
  db
    .selectFrom('outbound')
    .select(['seq', 'delivery', 'control', 'due_at'])
    .where('state', '=', sql.lit('awaited' as const))
    .where('due_at', 'is not', null)
    .where('due_at', '<=', p.now)
    // Asked of each row: as a join it would begin with everything that was ever sent.
    .where(sql`(select state from delivery where delivery.id = outbound.delivery)`, '=', 'sent')
    .orderBy('due_at')
    .limit(DUE_MAX),
);

const setOverdue = statement((db, p: { seq: number }) =>
  db.updateTable('outbound').set({ state: 'overdue' }).where('seq', '=', p.seq),
);
