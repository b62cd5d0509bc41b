/** Control numbers that were taken: of interchanges by their rows, of others where it was agreed. */
import type { ControlNumberKey, SeenNumber, TakenNumber } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { Flag, SeenNumberTable } from '../schema.ts';
import { first, run, statement, type Unit } from '../unit.ts';

export interface NumberSearch extends ControlNumberKey {
  readonly since: Instant;
  /** Its own numbers are no repeats. */
  readonly transfer: string;
}

/** The first one seen in the window. A rejected one was not taken: it may come again corrected. */
export function* firstSeen(key: NumberSearch): Unit<SeenNumber | undefined> {
  const search = { ...key, isTest: key.isTest ? (1 as const) : (0 as const) };
  if (key.level !== 'interchange') {
    const found = yield* first(numberSeen, search);
    return found && seen(found, found.start_byte);
  }
  const found = yield* first(interchangeSeen, search);
  if (found === undefined) return undefined;
  const part = yield* first(partDigest, found);
  return seen({ ...found, digest: part?.digest ?? '' }, startOf(found.envelope));
}

const seen = (
  found: Pick<SeenNumberTable, 'transfer' | 'idx' | 'received_at' | 'digest' | 'end_byte'>,
  start: number,
): SeenNumber => ({
  transfer: found.transfer,
  index: found.idx,
  receivedAt: found.received_at,
  bytes: { digest: found.digest, start, end: found.end_byte },
});

const startOf = (envelope: string): number => (JSON.parse(envelope) as { start: number }).start;

export function* recordNumbers(
  transfer: string,
  numbers: readonly TakenNumber[],
  receivedAt: Instant,
): Unit<void> {
  for (const { isTest, index, bytes, ...key } of numbers) {
    yield* run(insertNumber, {
      level: key.level,
      standard: key.standard,
      sender: key.sender,
      receiver: key.receiver,
      is_test: isTest ? 1 : 0,
      scope: key.scope,
      control: key.control,
      received_at: receivedAt,
      transfer,
      idx: index,
      digest: bytes.digest,
      start_byte: bytes.start,
      end_byte: bytes.end,
    });
  }
}

export const forgetNumbers = statement((db, p: { id: string }) =>
  db.deleteFrom('seen_number').where('transfer', '=', p.id),
);

type Search = Omit<NumberSearch, 'isTest'> & { readonly isTest: Flag };

const interchangeSeen = statement((db, p: Search) =>
  db
    .selectFrom('interchange')
    .select(['transfer', 'idx', 'part', 'received_at', 'envelope', 'end_byte'])
    .where('standard', '=', p.standard)
    .where('sender', '=', p.sender)
    .where('receiver', '=', p.receiver)
    .where('control', '=', p.control)
    .where('is_test', '=', p.isTest)
    .where('received_at', '>=', p.since)
    .where('transfer', '<>', p.transfer)
    .where('state', '<>', 'rejected')
    .orderBy('received_at')
    .limit(1),
);

const partDigest = statement((db, p: { transfer: string; part: number }) =>
  db
    .selectFrom('part')
    .select('digest')
    .where('transfer', '=', p.transfer)
    .where('idx', '=', p.part),
);

const numberSeen = statement((db, p: Search) =>
  db
    .selectFrom('seen_number')
    .select(['transfer', 'idx', 'received_at', 'digest', 'start_byte', 'end_byte'])
    .where('level', '=', p.level)
    .where('standard', '=', p.standard)
    .where('sender', '=', p.sender)
    .where('receiver', '=', p.receiver)
    .where('is_test', '=', p.isTest)
    .where('scope', '=', p.scope)
    .where('control', '=', p.control)
    .where('received_at', '>=', p.since)
    .where('transfer', '<>', p.transfer)
    .orderBy('received_at')
    .limit(1),
);

const insertNumber = statement((db, p: SeenNumberTable) =>
  db
    .insertInto('seen_number')
    .values({
      level: p.level,
      standard: p.standard,
      sender: p.sender,
      receiver: p.receiver,
      is_test: p.is_test,
      scope: p.scope,
      control: p.control,
      received_at: p.received_at,
      transfer: p.transfer,
      idx: p.idx,
      digest: p.digest,
      start_byte: p.start_byte,
      end_byte: p.end_byte,
    })
    .onConflict((conflict) => conflict.doNothing()),
);
