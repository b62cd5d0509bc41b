/** API keys: shown once, stored as SHA-256 (they are random, so no slow hash is needed). */
import { createHash, randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { HubError } from '../model/errors.ts';
import type { ApiKeyRow } from '../model/rows.ts';
import type { Store } from '../model/store.ts';

export type Role = 'read' | 'admin';

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** A new key of 256 random bits. */
export const newKey = (): string => `tl_${randomBytes(32).toString('hex')}`;

/** The key row of a request. Throws HubError `unauthorized` or `not-allowed`. */
export async function authorize(store: Store, request: Request, role: Role): Promise<ApiKeyRow> {
  const key = keyOf(request);
  const row = key === undefined ? undefined : await store.apiKeyByHash(hashKey(key));
  if (row === undefined) {
    throw new HubError(
      'unauthorized',
      'Send an API key as "Authorization: Bearer <key>"; the administrator\'s is in data/keys/admin.',
    );
  }
  if (row.role !== 'admin' && (role === 'admin' || row.role !== 'read')) {
    throw new HubError(
      'not-allowed',
      `The key "${row.name}" has the role ${row.role}; this needs ${role}.`,
    );
  }
  return row;
}

function keyOf(request: Request): string | undefined {
  const header = request.get('authorization');
  if (header?.toLowerCase().startsWith('bearer ')) return header.slice(7).trim();
  return request.get('x-api-key');
}
