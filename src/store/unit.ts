/**
 * Units: what one intention does to the database, written once for every database. A unit is a
 * generator that yields its queries and is given their answers, so that SQLite can run it to its end
 * without leaving the turn of the event loop, and a database over a network can await each answer.
 */
import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** What a column can be bound to; node:sqlite takes other things for NULL or throws. */
export type Value = string | number | bigint | null | Uint8Array;

export interface Answer {
  readonly rows: readonly unknown[];
  readonly changes: number;
}

export type Unit<T> = Generator<Query, T, Answer>;

/** Builds a query whose parameters are known only when it runs: compiled once for each database. */
export interface Statement<P, R> {
  readonly build: (db: Kysely<Tables>, parameters: P) => Compilable<R>;
}

export type Query =
  | { readonly statement: Statement<never, unknown>; readonly parameters: object }
  | { readonly build: (db: Kysely<Tables>) => Compilable<unknown> };

export const statement = <P extends object, R>(
  build: (db: Kysely<Tables>, parameters: P) => Compilable<R>,
): Statement<P, R> => ({ build });

/**
 * A limit that is a parameter. Bare, SQLite would plan its statement anew each time it runs, as if
 * the number could change the plan.
 */
export const atMost = (limit: number): RawBuilder<number> => sql<number>`${limit} + 0`;

export function* all<P extends object, R>(query: Statement<P, R>, parameters: P): Unit<R[]> {
  const answer = yield { statement: query as Statement<never, unknown>, parameters };
  return answer.rows as R[];
}

export function* first<P extends object, R>(
  query: Statement<P, R>,
  parameters: P,
): Unit<R | undefined> {
  const rows = yield* all(query, parameters);
  return rows[0];
}

/** Runs a statement for what it changes; returns how many rows it changed. */
export function* run<P extends object, R>(query: Statement<P, R>, parameters: P): Unit<number> {
  const answer = yield { statement: query as Statement<never, unknown>, parameters };
  return answer.changes;
}

/** A query whose shape depends on its arguments (filters, lists): built anew each time. */
export function* select<R>(build: (db: Kysely<Tables>) => Compilable<R>): Unit<R[]> {
  const answer = yield { build };
  return answer.rows as R[];
}
