/** Counts by state, for status: read from the tallies, whatever the number of rows. */
import type { Store } from '../../model/store.ts';
import { all, statement, type Unit } from '../unit.ts';

type Counts = Awaited<ReturnType<Store['counts']>>;

const names: Readonly<Record<string, keyof Counts>> = {
  transfer: 'transfers',
  message: 'messages',
  document: 'documents',
  delivery: 'deliveries',
  outbound: 'outbound',
};

export function* counts(): Unit<Counts> {
  const told: Record<keyof Counts, Record<string, number>> = {
    transfers: {},
    messages: {},
    documents: {},
    deliveries: {},
    outbound: {},
  };
  for (const { what, state, rows } of yield* all(tallies, {})) {
    const name = names[what];
    if (name !== undefined) told[name][state] = rows;
  }
  // Messages of checks under way are tallied like others, but are not there yet.
  for (const { state, rows } of yield* all(underCheck, {})) {
    told.messages[state] = (told.messages[state] ?? 0) - rows;
  }
  return told;
}

const tallies = statement((db, _: object) =>
  db.selectFrom('tally').selectAll().where('rows', '>', 0),
);

const underCheck = statement((db, _: object) =>
  db
    .selectFrom('transfer')
    .innerJoin('message', 'message.transfer', 'transfer.id')
    .select(['message.state', (row) => row.fn.countAll<number>().as('rows')])
    .where('transfer.state', '=', 'received')
    .groupBy('message.state'),
);
