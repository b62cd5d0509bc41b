/** RFC 9110 §10.2.3 Retry-After: seconds, or a date. At most a day, so that nobody can park us. */
import type { Instant } from '../../model/time.ts';

const secondsMax = 24 * 3600;

export function retryAfterSeconds(value: string | undefined, now: Instant): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const seconds = /^\d{1,9}$/.test(text)
    ? Number(text)
    : Math.ceil((Date.parse(text) - Date.parse(now)) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), secondsMax) : undefined;
}
