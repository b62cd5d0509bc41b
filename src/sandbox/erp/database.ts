/** The sandbox ERP's own database, and the commits that it makes before it answers. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Runs the work in a transaction; resolves after the commit that holds it. */
export type Commit = <T>(work: () => T) => Promise<T>;

export function openDatabase(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  database.exec(schema);
  return database;
}

/** Work that comes in the same turn shares one commit; a failing piece takes back only itself. */
export function sharedCommits(database: DatabaseSync): Commit {
  let waiting: Piece[] = [];
  const flush = () => {
    const pieces = waiting;
    waiting = [];
    commitAll(database, pieces);
  };
  return <T>(work: () => T) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
    });
}

interface Piece {
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function commitAll(database: DatabaseSync, pieces: readonly Piece[]): void {
  try {
    database.exec('BEGIN IMMEDIATE');
    const answers = pieces.map((piece) => runPiece(database, piece));
    database.exec('COMMIT');
    for (const answer of answers) answer();
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    for (const piece of pieces) piece.reject(error);
  }
}

function runPiece(database: DatabaseSync, piece: Piece): () => void {
  database.exec('SAVEPOINT piece');
  try {
    const value = piece.work();
    database.exec('RELEASE piece');
    return () => piece.resolve(value);
  } catch (error) {
    database.exec('ROLLBACK TO piece; RELEASE piece');
    return () => piece.reject(error);
  }
}

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** The statement for a text, compiled once for each database. */
export function prepared(database: DatabaseSync, sql: string): StatementSync {
  const known = statements.get(database) ?? new Map<string, StatementSync>();
  statements.set(database, known);
  const found = known.get(sql);
  if (found !== undefined) return found;
  const made = database.prepare(sql);
  known.set(sql, made);
  return made;
}

/** The next number of a series, taken in the caller's transaction: `SO-1001`. */
export function nextNumber(database: DatabaseSync, series: string, from: number): number {
  const row = prepared(
    database,
    `INSERT INTO series (name, last) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last`,
  ).get(series, from);
  return Number(row?.['last']);
}

const schema = `
CREATE TABLE IF NOT EXISTS series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;

-- One row a delivery of the hub: the same key again is a repeat and gets the same answer.
CREATE TABLE IF NOT EXISTS deliveries (
  key TEXT PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL, id TEXT NOT NULL,
  posts INTEGER NOT NULL, firstAt TEXT NOT NULL, lastAt TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS orders (
  id TEXT PRIMARY KEY, customer TEXT NOT NULL, orderNumber TEXT NOT NULL, state TEXT NOT NULL,
  currency TEXT NOT NULL, form TEXT NOT NULL, receivedAt TEXT NOT NULL, nextStepAt TEXT,
  UNIQUE (customer, orderNumber)
) STRICT;
CREATE INDEX IF NOT EXISTS ordersDue ON orders (nextStepAt) WHERE nextStepAt IS NOT NULL;

CREATE TABLE IF NOT EXISTS lines (
  salesOrder TEXT NOT NULL REFERENCES orders (id), position INTEGER NOT NULL, line TEXT NOT NULL,
  sku TEXT, customerItem TEXT, gtin TEXT, description TEXT, ordered TEXT NOT NULL,
  quantity TEXT NOT NULL, unit TEXT NOT NULL, price TEXT NOT NULL, status TEXT NOT NULL,
  PRIMARY KEY (salesOrder, position)
) STRICT;

CREATE TABLE IF NOT EXISTS shipments (
  id TEXT PRIMARY KEY, salesOrder TEXT NOT NULL REFERENCES orders (id), form TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS invoices (
  id TEXT PRIMARY KEY, salesOrder TEXT NOT NULL REFERENCES orders (id), state TEXT NOT NULL,
  payable TEXT NOT NULL, settled TEXT NOT NULL, form TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS payments (
  id TEXT PRIMARY KEY, customer TEXT NOT NULL, paymentNumber TEXT NOT NULL, amount TEXT NOT NULL,
  form TEXT NOT NULL, receivedAt TEXT NOT NULL, UNIQUE (customer, paymentNumber)
) STRICT;

-- What is to reach the hub. A row stays until the hub has answered 2xx.
CREATE TABLE IF NOT EXISTS outbox (
  id INTEGER PRIMARY KEY, salesOrder TEXT NOT NULL, form TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, nextAt TEXT NOT NULL, sentAt TEXT,
  text TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS outboxWaiting ON outbox (salesOrder, id) WHERE sentAt IS NULL;
`;
