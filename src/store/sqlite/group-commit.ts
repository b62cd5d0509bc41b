/**
 * Group commit: units asked for in the same turn of the event loop run one after another and share
 * one commit; each caller is answered after the commit that holds its own. One sync to the disk then
 * serves every sender of that moment. Where a unit throws, all of them run again, each in a
 * savepoint: SQLite copies every page that changes in one, and nearly always for nothing.
 */
import type { StatementSync } from 'node:sqlite';
import { HubError } from '../../model/errors.ts';
import type { Unit } from '../unit.ts';
import type { Connection } from './connection.ts';

/** A commit takes no more units after this long, so that no sender waits for a crowd. */
const COMMIT_MS = 25;

/**
 * The disk's sync stops everything else meanwhile. So a commit waits for company until this many
 * times as long has passed as the last one took: the disk gets a seventh of the time at most, and a
 * slow disk gets larger commits. The first after a pause does not wait.
 */
const PAUSES = 6;
const PAUSE_MAX_MS = 20;

const transactionWords = [
  'begin immediate',
  'commit',
  'rollback',
  'savepoint unit',
  'release unit',
  'rollback to unit',
] as const;
type TransactionWords = (typeof transactionWords)[number];

interface Waiting {
  readonly unit: () => Unit<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export class GroupCommit {
  readonly #connection: Connection;
  readonly #statements: Record<TransactionWords, StatementSync>;
  #waiting: Waiting[] = [];
  /** Run after those. */
  #waitingLast: Waiting[] = [];
  #closed = false;
  /** No commit before this moment. */
  #notBefore = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = Object.fromEntries(
      transactionWords.map((words) => [words, connection.database.prepare(words)]),
    ) as Record<TransactionWords, StatementSync>;
  }

  /** Runs a unit in the next commit. A unit that throws leaves nothing, and its caller is told. */
  write<T>(unit: () => Unit<T>): Promise<T> {
    return this.#enter(unit, this.#waiting);
  }

  /** Runs a unit in the next commit, after all that are written in it. */
  writeLast<T>(unit: () => Unit<T>): Promise<T> {
    return this.#enter(unit, this.#waitingLast);
  }

  #enter<T>(unit: () => Unit<T>, line: Waiting[]): Promise<T> {
    if (this.#closed) return Promise.reject(new HubError('internal', 'The store is closed.'));
    return new Promise<T>((resolve, reject) => {
      if (this.#isIdle) this.#schedule();
      line.push({ unit, resolve: resolve as (value: never) => void, reject });
    });
  }

  get #isIdle(): boolean {
    return this.#waiting.length + this.#waitingLast.length === 0;
  }

  /** Commits what waits and takes no more. */
  close(): void {
    this.#closed = true;
    while (!this.#isIdle) this.#flush();
  }

  #schedule(): void {
    const waitMs = this.#notBefore - performance.now();
    if (waitMs > 0.5) setTimeout(() => this.#flush(), waitMs);
    else setImmediate(() => this.#flush());
  }

  #flush(): void {
    const batch = [...this.#waiting, ...this.#waitingLast];
    this.#waiting = [];
    this.#waitingLast = [];
    if (batch.length === 0) return;
    let answers: (() => void)[];
    try {
      answers = this.#runTogether(batch) ?? this.#runApart(batch);
      this.#commit();
      this.#keepRest(batch.slice(answers.length));
    } catch (error) {
      this.#rollBack();
      const failure = notStored(error);
      answers = batch.map((waiting) => () => waiting.reject(failure));
    }
    for (const answer of answers) answer();
  }

  /** How the callers are to be answered; undefined where a unit threw, and nothing is changed. */
  #runTogether(batch: readonly Waiting[]): (() => void)[] | undefined {
    this.#execute('begin immediate');
    try {
      return runAll(batch, ({ unit, resolve }) => {
        const value = this.#connection.run(unit());
        return () => resolve(value as never);
      });
    } catch {
      this.#rollBack();
      return undefined;
    }
  }

  /** Each in its savepoint, so that one that throws takes no other along. */
  #runApart(batch: readonly Waiting[]): (() => void)[] {
    this.#execute('begin immediate');
    return runAll(batch, (waiting) => this.#runOne(waiting));
  }

  /** Throws when the transaction itself is lost. */
  #runOne({ unit, resolve, reject }: Waiting): () => void {
    this.#execute('savepoint unit');
    try {
      const value = this.#connection.run(unit());
      this.#execute('release unit');
      return () => resolve(value as never);
    } catch (error) {
      // A full disk or an I/O error ends the whole transaction: then all of them failed.
      if (!this.#connection.database.isTransaction) throw error;
      this.#execute('rollback to unit');
      this.#execute('release unit');
      return () => reject(isOfDatabase(error) ? notStored(error) : error);
    }
  }

  #commit(): void {
    const began = performance.now();
    this.#execute('commit');
    const ended = performance.now();
    this.#notBefore = ended + Math.min(PAUSE_MAX_MS, PAUSES * (ended - began));
  }

  #keepRest(rest: readonly Waiting[]): void {
    if (rest.length === 0) return;
    if (this.#isIdle) this.#schedule();
    this.#waiting = [...rest, ...this.#waiting];
  }

  #rollBack(): void {
    if (this.#connection.database.isTransaction) this.#execute('rollback');
  }

  #execute(words: TransactionWords): void {
    this.#statements[words].run();
  }
}

/** Until the time is up. */
function runAll(batch: readonly Waiting[], run: (waiting: Waiting) => () => void): (() => void)[] {
  const until = performance.now() + COMMIT_MS;
  const answers: (() => void)[] = [];
  for (const waiting of batch) {
    answers.push(run(waiting));
    if (performance.now() > until) break;
  }
  return answers;
}

const isOfDatabase = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';

function notStored(error: unknown): HubError {
  const why = error instanceof Error ? error.message : String(error);
  const text = `The store could not write: ${why}. Nothing of this was stored.`;
  return new HubError('internal', text, { cause: error });
}
