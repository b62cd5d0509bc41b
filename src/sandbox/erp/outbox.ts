/**
 * What the ERP tells the hub. A row waits in the database until the hub has answered 2xx, tried
 * again with a growing pause, so that neither side's absence loses anything. The rows of one order
 * go one after another.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Clock, Instant } from '../../model/time.ts';
import { type Commit, prepared } from './database.ts';

export interface OutboxRow {
  readonly id: number;
  readonly salesOrder: string;
  readonly form: string;
  readonly key: string;
  readonly body: string;
  readonly attempts: number;
}

export interface PushResult {
  readonly ok: boolean;
  /** `202 Accepted`, or why it did not arrive. */
  readonly text: string;
}

export interface Pusher {
  readonly hubUrl: string;
  readonly hubKey: string;
  readonly signal: AbortSignal;
}

const atOnce = 8;
const firstPauseMs = 250;
const longestPauseMs = 15_000;
const timeoutMs = 30_000;

/** The oldest unsent row of each order, where its time has come. */
export function dueRows(database: DatabaseSync, now: Instant): readonly OutboxRow[] {
  const rows = prepared(
    database,
    `SELECT id, salesOrder, form, key, body, attempts FROM outbox o
       WHERE sentAt IS NULL AND nextAt <= ? AND NOT EXISTS (
         SELECT 1 FROM outbox e WHERE e.salesOrder = o.salesOrder AND e.sentAt IS NULL AND e.id < o.id)
       ORDER BY id LIMIT ?`,
  ).all(now, atOnce);
  return rows as unknown as readonly OutboxRow[];
}

/** When the earliest unsent row may go; undefined: nothing waits. */
export function nextPushAt(database: DatabaseSync): Instant | undefined {
  const row = prepared(database, 'SELECT min(nextAt) AS at FROM outbox WHERE sentAt IS NULL').get();
  return row?.['at'] == null ? undefined : String(row['at']);
}

export async function push(
  row: OutboxRow,
  { hubUrl, hubKey, signal }: Pusher,
): Promise<PushResult> {
  try {
    const response = await fetch(`${hubUrl}/in/erp/json/erp/${row.form}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${hubKey}`,
        'content-type': 'application/json',
        'idempotency-key': row.key,
      },
      body: row.body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const said = (await response.text()).slice(0, 500);
    const text = `${response.status} ${response.statusText}`;
    return { ok: response.ok, text: response.ok ? text : `${text}: ${said}` };
  } catch (error) {
    return { ok: false, text: reason(error) };
  }
}

/** Records what became of a push: sent, or when it is tried again. */
export async function settlePush(
  commit: Commit,
  database: DatabaseSync,
  clock: Clock,
  row: OutboxRow,
  result: PushResult,
): Promise<void> {
  const now = clock.now();
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(row.attempts, 10));
  const nextAt = new Date(Date.parse(now) + pauseMs).toISOString();
  await commit(() => {
    prepared(
      database,
      'UPDATE outbox SET attempts = attempts + 1, sentAt = ?, nextAt = ?, text = ? WHERE id = ?',
    ).run(result.ok ? now : null, result.ok ? now : nextAt, result.text, row.id);
  });
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
