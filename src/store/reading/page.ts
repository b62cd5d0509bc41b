/**
 * Pages by key: a cursor holds the key of the last row, so that a list that grows is neither
 * skipped nor repeated. A list over everything reads newest first; a list about one thing (messages
 * of a transfer, findings of a delivery, events of a subject) reads in the order it came to be.
 */
import { HubError } from '../../model/errors.ts';
import type { Page, PageRequest } from '../../model/rows.ts';

const LIMIT_MAX = 500;

export const limitOf = ({ limit }: PageRequest): number =>
  Math.min(Math.max(Math.trunc(limit) || 1, 1), LIMIT_MAX);

/** The row number to go on after. Throws HubError `request-invalid` for a cursor of another list. */
export function afterSeq(request: PageRequest): number | undefined {
  const [seq] = afterKey(request, ['number']);
  return seq as number | undefined;
}

/** The parts of a cursor's key, checked for their types; none without a cursor. */
export function afterKey(
  { after }: PageRequest,
  types: readonly ('number' | 'string')[],
): readonly (string | number)[] {
  if (after === undefined) return [];
  const key = parse(after);
  const fits =
    Array.isArray(key) &&
    key.length === types.length &&
    types.every((type, position) => typeof key[position] === type);
  if (!fits) throw new HubError('request-invalid', 'The cursor "after" is not one of this list.');
  return key;
}

/** Rows were read one more than asked for: the one too many tells that there is a next page. */
export function pageOf<R, T>(
  rows: readonly R[],
  request: PageRequest,
  keyOf: (row: R) => readonly (string | number)[],
  toItem: (row: R) => T,
): Page<T> {
  const limit = limitOf(request);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return { items: shown.map(toItem), next: isMore ? cursorOf(keyOf(last)) : undefined };
}

const cursorOf = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor.slice(0, 500), 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
