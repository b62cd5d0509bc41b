/** A post with an Idempotency-Key takes effect once, however often it comes. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../model/time.ts';
import { prepared } from './database.ts';
import { Refusal } from './refusal.ts';

export interface Post {
  readonly key: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly at: Instant;
}

export interface Taken {
  readonly id: string;
  /** The key was here before: nothing was done again. */
  readonly repeated: boolean;
}

/** Runs in the caller's transaction, so that the effect and the key are committed together. */
export function takeOnce(database: DatabaseSync, post: Post, effect: () => string): Taken {
  const digest = createHash('sha256').update(post.body).digest('hex');
  const earlier = prepared(database, 'SELECT id, path, digest FROM deliveries WHERE key = ?').get(
    post.key,
  );
  if (earlier === undefined) return takeFirst(database, post, digest, effect());
  if (earlier['digest'] !== digest || earlier['path'] !== post.path) {
    throw new Refusal(422, `Idempotency-Key ${post.key} was used before for another body.`);
  }
  prepared(database, 'UPDATE deliveries SET posts = posts + 1, lastAt = ? WHERE key = ?').run(
    post.at,
    post.key,
  );
  return { id: String(earlier['id']), repeated: true };
}

function takeFirst(database: DatabaseSync, post: Post, digest: string, id: string): Taken {
  prepared(database, 'INSERT INTO deliveries VALUES (?, ?, ?, ?, 1, ?, ?)').run(
    post.key,
    post.path,
    digest,
    id,
    post.at,
    post.at,
  );
  return { id, repeated: false };
}
