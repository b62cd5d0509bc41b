/** Control numbers: one counter a key, taken in the unit that stores the payload. */
import { sql } from 'kysely';
import type { CounterKey } from '../../model/delivery.ts';
import { HubError } from '../../model/errors.ts';
import type { Flag } from '../schema.ts';
import { first, statement, type Unit } from '../unit.ts';

/** The next number of each key in turn; after `max` comes 1. */
export function* takeNumbers(keys: readonly CounterKey[]): Unit<number[]> {
  const numbers: number[] = [];
  for (const key of keys) {
    const taken = yield* first(take, { ...key, isTest: key.isTest ? 1 : 0 });
    if (taken === undefined) throw new HubError('internal', 'The counter gave no number.');
    numbers.push(taken.value);
  }
  return numbers;
}

const take = statement((db, p: Omit<CounterKey, 'isTest'> & { isTest: Flag }) =>
  db
    .insertInto('counter')
    .values({
      standard: p.standard,
      us: p.us,
      them: p.them,
      is_test: p.isTest,
      level: p.level,
      value: 1,
    })
    .onConflict((conflict) =>
      conflict.columns(['standard', 'us', 'them', 'is_test', 'level']).doUpdateSet({
        value: sql`case when counter.value >= ${p.max} then 1 else counter.value + 1 end`,
      }),
    )
    .returning('value'),
);
