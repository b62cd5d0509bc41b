/**
 * Watch: finds what the queue forgot. A needless wake-up is harmless; a missing one is found here,
 * at start, every few seconds, and at the moment when the next waiting delivery comes due.
 */
import type { Instant } from '../model/time.ts';
import type { Parts } from './parts.ts';

const EVERY_MS = 5_000;
const NEXT_MIN_MS = 20;

export interface Watcher {
  /** Looks now. */
  look(): Promise<void>;
  /** Looks again no later than then. */
  lookAt(instant: Instant): void;
  stop(): Promise<void>;
}

/** Starts watching. */
export function watch(parts: Parts): Watcher {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let looking: Promise<void> | undefined;

  const arm = (inMs: number): void => {
    const at = parts.clock.monotonic() + inMs;
    if (stopped || at >= timerAt) return;
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(() => {
      timerAt = Number.POSITIVE_INFINITY;
      void look();
    }, inMs);
  };
  const look = (): Promise<void> => {
    looking ??= lookOnce(parts)
      .catch((error: unknown) => {
        parts.log('error', 'the watcher failed, and looks again', { reason: String(error) });
        return undefined;
      })
      .then((nextAt) => {
        looking = undefined;
        arm(nextAt === undefined ? EVERY_MS : untilMs(parts, nextAt));
      });
    return looking;
  };
  return {
    look,
    lookAt: (instant) => arm(untilMs(parts, instant)),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

const untilMs = (parts: Parts, instant: Instant): number =>
  Math.min(EVERY_MS, Math.max(NEXT_MIN_MS, Date.parse(instant) - Date.parse(parts.clock.now())));

async function lookOnce(parts: Parts): Promise<Instant | undefined> {
  const now = parts.clock.now();
  await parts.store.settleLostClaims(now);
  const overdue = await parts.store.markOverdue(now);
  if (overdue > 0) parts.log('warn', 'acknowledgements are overdue', { messages: overdue });
  const due = await parts.store.due(now);
  for (const topic of ['check', 'release', 'route', 'deliver'] as const) {
    for (const id of due[topic]) parts.queue.wake(topic, id);
  }
  return due.nextAt;
}
