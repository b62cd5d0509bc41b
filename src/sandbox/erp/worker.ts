/** The ERP's own initiative: takes the steps whose time has come, and empties the outbox. */
import type { DatabaseSync } from 'node:sqlite';
import type { Clock, Instant } from '../../model/time.ts';
import type { Behaviour } from './behaviour.ts';
import type { Commit } from './database.ts';
import type { ErpEvent } from './event.ts';
import { dueSteps, nextStepDue, type Step, type StepDone, takeStep } from './fulfilment.ts';
import { dueRows, nextPushAt, type OutboxRow, push, settlePush } from './outbox.ts';

export interface WorkerOptions {
  readonly database: DatabaseSync;
  readonly commit: Commit;
  readonly behaviour: Behaviour;
  readonly clock: Clock;
  readonly hubUrl: string | undefined;
  readonly hubKey: string;
  readonly makeKey: () => string;
  readonly nextStepAt: () => Instant | undefined;
  readonly on: (event: ErpEvent) => void;
}

/** It looks at least this often while something waits, so that a clock that jumps does no harm. */
const longestSleepMs = 1000;
const shortestSleepMs = 5;

export class Worker {
  readonly #options: WorkerOptions;
  readonly #stopping = new AbortController();
  #hubUrl: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #isAsked = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#hubUrl = options.hubUrl;
  }

  connect(hubUrl: string): void {
    this.#hubUrl = hubUrl;
    this.wake();
  }

  /** There may be something to do. */
  wake(): void {
    this.#isAsked = true;
    clearTimeout(this.#timer);
    if (this.#stopping.signal.aborted || this.#round !== undefined) return;
    this.#round = this.#work().finally(() => {
      this.#round = undefined;
      if (this.#isAsked) this.wake();
      else this.#sleep();
    });
  }

  async step(id: string, step: Step): Promise<StepDone> {
    const { database, commit, clock, makeKey, nextStepAt, on } = this.#options;
    const given = { at: clock.now(), makeKey, nextStepAt: nextStepAt() };
    const done = await commit(() => takeStep(database, id, step, given));
    on({ what: 'step', id, step, done });
    this.wake();
    return done;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#round;
  }

  async #work(): Promise<void> {
    this.#isAsked = false;
    if (this.#options.behaviour.now().mode === 'down') return;
    const { database, clock } = this.#options;
    for (const due of dueSteps(database, clock.now())) await this.step(due.id, due.step);
    if (this.#hubUrl === undefined) return;
    const rows = dueRows(database, clock.now());
    await Promise.all(rows.map((row) => this.#push(row, this.#hubUrl ?? '')));
    this.#isAsked ||= rows.length > 0;
  }

  async #push(row: OutboxRow, hubUrl: string): Promise<void> {
    const { database, commit, clock, hubKey, on } = this.#options;
    const result = await push(row, { hubUrl, hubKey, signal: this.#stopping.signal });
    await settlePush(commit, database, clock, row, result);
    on({
      what: result.ok ? 'pushed' : 'push-failed',
      id: row.salesOrder,
      form: row.form,
      attempt: row.attempts + 1,
      text: result.text,
    });
  }

  #sleep(): void {
    if (this.#stopping.signal.aborted) return;
    const sleepMs = this.#sleepMs();
    if (sleepMs === undefined) return;
    this.#timer = setTimeout(() => this.wake(), sleepMs);
  }

  #sleepMs(): number | undefined {
    const { database, clock, behaviour } = this.#options;
    if (behaviour.now().mode === 'down') return longestSleepMs;
    const times = [
      nextStepDue(database),
      this.#hubUrl === undefined ? undefined : nextPushAt(database),
    ].filter((at) => at !== undefined);
    if (times.length === 0) return undefined;
    const [earliest = ''] = times.sort();
    const waitMs = Date.parse(earliest) - Date.parse(clock.now());
    return Math.min(longestSleepMs, Math.max(shortestSleepMs, waitMs));
  }
}
