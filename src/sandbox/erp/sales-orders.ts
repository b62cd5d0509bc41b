/** Orders as the ERP books them: each line judged against the catalogue at once. */
import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../model/time.ts';
import { compare } from '../decimal.ts';
import { findCustomer, findProduct } from './catalogue.ts';
import { nextNumber, prepared } from './database.ts';
import type { LineStatus, Order, OrderLine } from './forms.ts';
import { Refusal } from './refusal.ts';

export interface Booking {
  readonly at: Instant;
  /** When the ERP confirms it by itself; undefined: when it is told to. */
  readonly nextStepAt: Instant | undefined;
  /** Refuse customers and articles that the catalogue does not have. */
  readonly strict: boolean;
}

export interface BookedLine {
  readonly line: string;
  readonly sku: string | undefined;
  readonly customerItem: string | undefined;
  readonly gtin: string | undefined;
  readonly description: string | undefined;
  readonly ordered: string;
  /** What is confirmed, or backordered. */
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly status: LineStatus;
}

/** Books the order and returns its number, `SO-1001`. Throws Refusal 409 and 422. */
export function bookOrder(database: DatabaseSync, order: Order, booking: Booking): string {
  refuseChange(order);
  refuseSecond(database, order);
  if (booking.strict) refuseUnknown(order);
  const id = `SO-${nextNumber(database, 'order', 1001)}`;
  prepared(database, 'INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    id,
    order.customer,
    order.orderNumber,
    'received',
    order.currency ?? findCustomer(order.customer)?.currency ?? 'USD',
    JSON.stringify(order),
    booking.at,
    booking.nextStepAt ?? null,
  );
  order.lines.forEach((line, index) => {
    insertLine(database, id, index + 1, judgeLine(line));
  });
  return id;
}

/** A cancellation that is booked as an order would be delivered. */
function refuseChange({ orderNumber, purpose = 'original' }: Order): void {
  if (purpose === 'original') return;
  throw new Refusal(
    422,
    `Order ${orderNumber} has the purpose "${purpose}". This ERP takes new orders only: a person changes those it has.`,
  );
}

function refuseSecond(database: DatabaseSync, order: Order): void {
  const found = prepared(
    database,
    'SELECT id FROM orders WHERE customer = ? AND orderNumber = ?',
  ).get(order.customer, order.orderNumber);
  if (found === undefined) return;
  throw new Refusal(
    409,
    `Customer ${order.customer} has order ${order.orderNumber} already: it is ${found['id']}.`,
  );
}

function refuseUnknown(order: Order): void {
  if (findCustomer(order.customer) === undefined) {
    throw new Refusal(422, `There is no customer ${order.customer}.`);
  }
  for (const line of order.lines) {
    if (findProduct(line.sku) !== undefined) continue;
    const item = line.sku ?? line.customerItem ?? '(none)';
    throw new Refusal(422, `Line ${line.line}: there is no article ${item}.`);
  }
}

/** The catalogue's price wins over the order's, and what is short is confirmed in part. */
function judgeLine(line: OrderLine): BookedLine {
  const product = findProduct(line.sku);
  const price = product?.price ?? line.price ?? '0';
  const stock = product?.available ?? line.quantity;
  const isOut = compare(stock, '0') === 0;
  const isShort = !isOut && compare(line.quantity, stock) > 0;
  const repriced = line.price !== undefined && compare(line.price, price) !== 0;
  return {
    line: String(line.line),
    sku: line.sku,
    customerItem: line.customerItem,
    gtin: line.gtin ?? product?.gtin,
    description: line.description ?? product?.description,
    ordered: line.quantity,
    quantity: isShort ? stock : line.quantity,
    unit: line.unit ?? 'EA',
    price,
    status: isOut ? 'backordered' : isShort || repriced ? 'changed' : 'accepted',
  };
}

function insertLine(database: DatabaseSync, id: string, position: number, line: BookedLine): void {
  prepared(database, 'INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    id,
    position,
    line.line,
    line.sku ?? null,
    line.customerItem ?? null,
    line.gtin ?? null,
    line.description ?? null,
    line.ordered,
    line.quantity,
    line.unit,
    line.price,
    line.status,
  );
}

export interface SalesOrder {
  readonly id: string;
  readonly state: string;
  readonly currency: string;
  readonly receivedAt: Instant;
  readonly form: Order;
  readonly lines: readonly BookedLine[];
}

export function findOrder(database: DatabaseSync, id: string): SalesOrder | undefined {
  const row = prepared(database, 'SELECT * FROM orders WHERE id = ?').get(id);
  if (row === undefined) return undefined;
  const lines = prepared(
    database,
    'SELECT * FROM lines WHERE salesOrder = ? ORDER BY position',
  ).all(id);
  return {
    id,
    state: String(row['state']),
    currency: String(row['currency']),
    receivedAt: String(row['receivedAt']),
    form: JSON.parse(String(row['form'])) as Order,
    lines: lines.map(bookedLine),
  };
}

function bookedLine(row: Record<string, unknown>): BookedLine {
  const text = (name: string) => (row[name] === null ? undefined : String(row[name]));
  return {
    line: String(row['line']),
    sku: text('sku'),
    customerItem: text('customerItem'),
    gtin: text('gtin'),
    description: text('description'),
    ordered: String(row['ordered']),
    quantity: String(row['quantity']),
    unit: String(row['unit']),
    price: String(row['price']),
    status: row['status'] as LineStatus,
  };
}
