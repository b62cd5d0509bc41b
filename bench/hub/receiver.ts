/**
 * A process of its own: an Express handler that commits each POST to a file of its own (SQLite, WAL,
 * synchronous FULL) before it answers. It is the peer of the hub's bench, and its stand-in of an ERP.
 *
 *     node bench/hub/receiver.ts FILE       prints {"url":...}; GET /count, GET /arrivals, GET /digest
 */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import express from 'express';
import { monotonicMs } from './clock.ts';

const database = new DatabaseSync(process.argv[2] as string);
database.exec(
  `pragma journal_mode = wal; pragma synchronous = full;
   create table post (seq integer primary key, key text unique, at real not null, body blob not null)`,
);
const insert = database.prepare(
  'insert into post (key, at, body) values (?, ?, ?) on conflict (key) do nothing',
);
const bodies = database.prepare('select body, at from post');
const counted = database.prepare('select count(*) as posts from post');
let repeats = 0;

const app = express();
app.disable('x-powered-by').disable('etag');
app.get('/count', (_request, response) => {
  response.json({ ...counted.get(), repeats });
});
app.get('/arrivals', (_request, response) => {
  const posts = bodies.iterate() as unknown as Iterable<Post>;
  response.json(Array.from(posts, ({ body, at }) => [numberIn(body), at]));
});
app.get('/digest', (_request, response) => {
  response.json({ digest: digestOfAll() });
});
app.use(express.raw({ type: () => true, limit: '32mb' }), (request, response) => {
  const key = request.headers['idempotency-key'] ?? null;
  const { changes } = insert.run(key as string | null, monotonicMs(), request.body as Buffer);
  if (changes === 0) repeats += 1;
  response.status(201).json({ id: `R-${key}` });
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
});

interface Post {
  readonly body: Uint8Array;
  readonly at: number;
}

const numberIn = (body: Uint8Array): string =>
  (JSON.parse(Buffer.from(body).toString('utf8')) as { orderNumber?: string }).orderNumber ?? '';

/** Of all bodies, in whatever order they came: the sum of their SHA-256, modulo 2^256. */
function digestOfAll(): string {
  let sum = 0n;
  for (const { body } of bodies.iterate() as unknown as Iterable<Post>) {
    sum += BigInt(`0x${createHash('sha256').update(body).digest('hex')}`);
  }
  return BigInt.asUintN(256, sum).toString(16).padStart(64, '0');
}
