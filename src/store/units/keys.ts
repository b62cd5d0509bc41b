/** API keys: only their hashes are known here. */
import type { ApiKeyRow } from '../../model/rows.ts';
import type { Instant } from '../../model/time.ts';
import { all, first, run, statement, type Unit } from '../unit.ts';
import { event } from './journal.ts';

export function* addApiKey(key: ApiKeyRow): Unit<void> {
  yield* run(insertKey, key);
  yield* event(key.createdAt, 'key.added', key.id, `${key.name} (${key.role})`);
}

export function* apiKeyByHash(hash: string): Unit<ApiKeyRow | undefined> {
  return yield* first(findKey, { hash });
}

export function* apiKeys(): Unit<ApiKeyRow[]> {
  return yield* all(listKeys, {});
}

/** False: there is no such key. */
export function* removeApiKey(id: string, at: Instant): Unit<boolean> {
  if ((yield* run(deleteKey, { id })) === 0) return false;
  yield* event(at, 'key.removed', id);
  return true;
}

const insertKey = statement((db, p: ApiKeyRow) =>
  db
    .insertInto('api_key')
    .values({ id: p.id, name: p.name, hash: p.hash, role: p.role, created_at: p.createdAt }),
);
const findKey = statement((db, p: { hash: string }) =>
  db
    .selectFrom('api_key')
    .select(['id', 'name', 'hash', 'role', 'created_at as createdAt'])
    .where('hash', '=', p.hash),
);
const listKeys = statement((db, _: object) =>
  db
    .selectFrom('api_key')
    .select(['id', 'name', 'hash', 'role', 'created_at as createdAt'])
    .orderBy('created_at')
    .orderBy('id'),
);
const deleteKey = statement((db, p: { id: string }) =>
  db.deleteFrom('api_key').where('id', '=', p.id),
);
