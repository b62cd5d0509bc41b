/** What an HTTP exchange means for the delivery: the question is always, could it have arrived? */
import { isHubError, type Retry } from '../../model/errors.ts';
import type { Instant } from '../../model/time.ts';
import type { SendOutcome } from '../../model/transport.ts';
import { type Exchange, ExchangeBroken } from './exchange.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** `idPath` says where a JSON answer has their id: `data.id`. */
export function outcomeOf(
  answered: Exchange,
  idPath: string | undefined,
  now: Instant,
): SendOutcome {
  const line = `${answered.status} ${answered.statusText}`.trim();
  const answer = answerOf(answered);
  if (answered.status >= 200 && answered.status < 300) {
    const remoteId = idPath === undefined ? undefined : idIn(answered.bytes, idPath);
    const text = answer === undefined ? `${line}; the answer is larger than 1 MB, not read` : line;
    return { ok: true, text, ...defined({ answer, remoteId }) };
  }
  const afterSeconds = retryAfterSeconds(answered.headers['retry-after'], now);
  return {
    ok: false,
    retry: retryOf(answered.status),
    text: failureText(line, answered),
    ...(contentStatuses.has(answered.status) ? { refusesContent: true } : {}),
    ...defined({ answer, afterSeconds }),
  };
}

/** After 500, 502 and 504 it may have been processed, so that `repeat: never` waits for a person. */
function retryOf(status: number): Retry {
  if (unsureStatuses.has(status)) return 'ambiguous';
  const isTransient = status >= 500 || status === 408 || status === 425 || status === 429;
  return isTransient ? 'transient' : 'permanent';
}
/** 401, 403, 404 and the like speak of the door, not of what was brought. */
const contentStatuses = new Set([400, 409, 422]);
const unsureStatuses = new Set([500, 502, 504]);

/** A break before the connection stood is safe to repeat; a later one leaves us unsure. */
export function outcomeOfFailure(error: unknown): SendOutcome {
  if (error instanceof ExchangeBroken) {
    return error.isSent
      ? { ok: false, retry: 'ambiguous', text: `Sent, and no whole answer came: ${error.message}` }
      : { ok: false, retry: 'transient', text: `Not sent: ${error.message}` };
  }
  const retry = isHubError(error) ? error.retry : 'transient';
  const text = error instanceof Error ? error.message : String(error);
  return { ok: false, retry, text: `Not sent: ${text}` };
}

function failureText(line: string, answered: Exchange): string {
  const location = answered.headers['location'];
  if (answered.status >= 300 && answered.status < 400 && location !== undefined) {
    return `${line} to ${location.slice(0, 200)}; redirects are not followed: correct out.url.`;
  }
  const words = Buffer.from(answered.bytes ?? [])
    .toString('utf8', 0, 1200)
    .slice(0, 300);
  return words.trim() === '' ? line : `${line}: ${words.trim()}`;
}

function answerOf(answered: Exchange): { bytes: Uint8Array; contentType: string } | undefined {
  if (answered.bytes === undefined) return undefined;
  return { bytes: answered.bytes, contentType: answered.headers['content-type'] ?? '' };
}

function idIn(bytes: Uint8Array | undefined, path: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
  } catch {
    return undefined;
  }
  for (const name of path.split('.')) {
    const isHolder = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    value = isHolder ? (value as Record<string, unknown>)[name] : undefined;
  }
  const isId = typeof value === 'string' || typeof value === 'number';
  return isId ? String(value).slice(0, 200) : undefined;
}

/** Leaves out what is undefined: an optional member is absent, never undefined. */
function defined<T extends object>(members: T): { [K in keyof T]: NonNullable<T[K]> } {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]: NonNullable<T[K]> };
}
