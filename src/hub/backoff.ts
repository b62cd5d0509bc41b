/** When to try again: exponential back-off with full jitter on its upper half. */
import type { RetryPolicy } from '../model/connector.ts';
import type { Random } from '../model/time.ts';

/** Milliseconds to wait before the attempt that follows `attempt` (1 for the first). */
export function backoffMs(policy: RetryPolicy, attempt: number, random: Random): number {
  const doubled = policy.firstSeconds * 2 ** Math.min(attempt - 1, 30);
  const seconds = Math.min(policy.maxSeconds, doubled);
  return Math.round(seconds * 1000 * (0.5 + random() / 2));
}
