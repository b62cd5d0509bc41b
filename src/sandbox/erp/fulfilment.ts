/** An order's way through the ERP: received, confirmed, shipped, invoiced; each step tells the hub. */
import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../model/time.ts';
import { goods, invoice, orderResponse, shipment } from './answers.ts';
import { nextNumber, prepared } from './database.ts';
import type { Invoice, OrderResponse, Shipment } from './forms.ts';
import { Refusal } from './refusal.ts';
import { findOrder, type SalesOrder } from './sales-orders.ts';

export type Step = 'confirm' | 'ship' | 'invoice';
export type Answer = OrderResponse | Shipment | Invoice;

export interface StepOptions {
  readonly at: Instant;
  readonly makeKey: () => string;
  /** When the step after this one is due by itself; undefined: when it is told to. */
  readonly nextStepAt: Instant | undefined;
}

export interface StepDone {
  readonly form: string;
  readonly number: string;
  readonly answer: Answer;
}

const from: Readonly<Record<Step, string>> = {
  confirm: 'received',
  ship: 'confirmed',
  invoice: 'shipped',
};
const to: Readonly<Record<Step, string>> = {
  confirm: 'confirmed',
  ship: 'shipped',
  invoice: 'invoiced',
};

/** Runs in the caller's transaction: state, document and outbox are one. Throws Refusal 404, 409. */
export function takeStep(
  database: DatabaseSync,
  id: string,
  step: Step,
  options: StepOptions,
): StepDone {
  const order = findOrder(database, id);
  if (order === undefined) throw new Refusal(404, `There is no sales order ${id}.`);
  if (order.state !== from[step]) {
    throw new Refusal(
      409,
      `${id} is ${order.state}: ${step} needs an order that is ${from[step]}.`,
    );
  }
  const done = steps[step](database, order, options.at.slice(0, 10));
  const goesOn = step !== 'invoice' && goods(order).length > 0;
  prepared(database, 'UPDATE orders SET state = ?, nextStepAt = ? WHERE id = ?').run(
    to[step],
    (goesOn ? options.nextStepAt : undefined) ?? null,
    id,
  );
  prepared(
    database,
    'INSERT INTO outbox (salesOrder, form, key, body, nextAt) VALUES (?, ?, ?, ?, ?)',
  ).run(id, done.form, options.makeKey(), JSON.stringify(done.answer), options.at);
  return done;
}

/** Orders that take their next step by themselves, now. */
export function dueSteps(
  database: DatabaseSync,
  now: Instant,
): readonly { readonly id: string; readonly step: Step }[] {
  const rows = prepared(
    database,
    'SELECT id, state FROM orders WHERE nextStepAt <= ? ORDER BY nextStepAt LIMIT 50',
  ).all(now);
  return rows.flatMap((row) => {
    const step = stepAfter(String(row['state']));
    return step === undefined ? [] : [{ id: String(row['id']), step }];
  });
}

export function nextStepDue(database: DatabaseSync): Instant | undefined {
  const row = prepared(database, 'SELECT min(nextStepAt) AS at FROM orders').get();
  return row?.['at'] == null ? undefined : String(row['at']);
}

const stepAfter = (state: string): Step | undefined =>
  (Object.keys(from) as Step[]).find((step) => from[step] === state);

const steps: Readonly<
  Record<Step, (database: DatabaseSync, order: SalesOrder, today: string) => StepDone>
> = { confirm, ship, invoice: bill };

function confirm(_database: DatabaseSync, order: SalesOrder, today: string): StepDone {
  return { form: 'orderResponse', number: order.id, answer: orderResponse(order, today) };
}

function ship(database: DatabaseSync, order: SalesOrder, today: string): StepDone {
  if (goods(order).length === 0) {
    throw new Refusal(409, `${order.id} has no line that can be shipped: all are backordered.`);
  }
  const number = `SH-${nextNumber(database, 'shipment', 5001)}`;
  const serial = () => nextNumber(database, 'package', 1);
  const answer = shipment(order, number, today, serial);
  insertForm(database, 'INSERT INTO shipments VALUES (?, ?, ?)', [number, order.id], answer);
  return { form: 'shipment', number, answer };
}

function bill(database: DatabaseSync, order: SalesOrder, today: string): StepDone {
  const number = `INV-${nextNumber(database, 'invoice', 9001)}`;
  const shipped = prepared(database, 'SELECT id FROM shipments WHERE salesOrder = ?').get(order.id);
  const answer = invoice(order, { invoice: number, shipment: String(shipped?.['id']) }, today);
  const row = [number, order.id, 'open', answer.totals.payable, '0.00'];
  insertForm(database, 'INSERT INTO invoices VALUES (?, ?, ?, ?, ?, ?)', row, answer);
  return { form: 'invoice', number, answer };
}

function insertForm(
  database: DatabaseSync,
  sql: string,
  row: readonly string[],
  form: Answer,
): void {
  prepared(database, sql).run(...row, JSON.stringify(form));
}
