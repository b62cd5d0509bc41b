/** What the ERP shows of itself. */
import type { DatabaseSync } from 'node:sqlite';
import { prepared } from './database.ts';

export type ListName = 'sales-orders' | 'shipments' | 'invoices' | 'payments' | 'outbox';

export interface PageQuery {
  readonly limit: number;
  /** Cursor: `next` of the page before, 0 for the first. */
  readonly after: number;
}

export interface Listing {
  readonly items: readonly Record<string, unknown>[];
  /** Absent on the last page. */
  readonly next?: number;
}

export interface Statistics {
  /** Posts of the hub that were committed, repeats included. */
  readonly posts: number;
  readonly repeats: number;
  readonly orders: number;
  readonly shipments: number;
  readonly invoices: number;
  readonly payments: number;
  readonly outbox: { readonly waiting: number; readonly sent: number; readonly attempts: number };
}

const queries: Readonly<Record<ListName, string>> = {
  'sales-orders': `SELECT rowid, id, customer, orderNumber, state, currency, receivedAt FROM orders`,
  shipments: 'SELECT rowid, id, salesOrder, form FROM shipments',
  invoices: 'SELECT rowid, id, salesOrder, state, payable, settled, form FROM invoices',
  payments: 'SELECT rowid, id, customer, paymentNumber, amount, receivedAt, form FROM payments',
  outbox:
    'SELECT rowid, id, salesOrder, form AS what, key, attempts, nextAt, sentAt, text FROM outbox',
};

export function list(database: DatabaseSync, name: ListName, { limit, after }: PageQuery): Listing {
  const rows = prepared(database, `${queries[name]} WHERE rowid > ? ORDER BY rowid LIMIT ?`).all(
    after,
    limit,
  );
  const last = rows.at(-1)?.['rowid'];
  const items = rows.map(({ rowid: _, form, ...row }) =>
    form === undefined ? row : { ...row, form: JSON.parse(String(form)) as unknown },
  );
  return rows.length === limit ? { items, next: Number(last) } : { items };
}

export function statistics(database: DatabaseSync): Statistics {
  const posts = counts(
    database,
    'SELECT coalesce(sum(posts), 0) AS posts, coalesce(sum(posts - 1), 0) AS repeats FROM deliveries',
  );
  const outbox = counts(
    database,
    `SELECT count(*) - count(sentAt) AS waiting, count(sentAt) AS sent,
            coalesce(sum(attempts), 0) AS attempts FROM outbox`,
  );
  const rows = (table: string) =>
    counts(database, `SELECT count(*) AS rows FROM ${table}`)['rows'] ?? 0;
  return {
    posts: posts['posts'] ?? 0,
    repeats: posts['repeats'] ?? 0,
    orders: rows('orders'),
    shipments: rows('shipments'),
    invoices: rows('invoices'),
    payments: rows('payments'),
    outbox: {
      waiting: outbox['waiting'] ?? 0,
      sent: outbox['sent'] ?? 0,
      attempts: outbox['attempts'] ?? 0,
    },
  };
}

const counts = (database: DatabaseSync, sql: string): Record<string, number> =>
  prepared(database, sql).get() as Record<string, number>;
