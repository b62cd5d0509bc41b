/** Remittances: each item settles what it pays, discounts and adjusts of its invoice. */
import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../model/time.ts';
import { add, compare, sum } from '../decimal.ts';
import { nextNumber, prepared } from './database.ts';
import type { Remittance } from './forms.ts';
import { Refusal } from './refusal.ts';

/** Books the payment and returns its number, `PM-7001`. Throws Refusal 409. */
export function bookPayment(database: DatabaseSync, payment: Remittance, at: Instant): string {
  const earlier = prepared(
    database,
    'SELECT id FROM payments WHERE customer = ? AND paymentNumber = ?',
  ).get(payment.customer, payment.paymentNumber);
  if (earlier !== undefined) {
    const which = `payment ${payment.paymentNumber} of customer ${payment.customer}`;
    throw new Refusal(409, `The ERP has ${which} already: it is ${earlier['id']}.`);
  }
  const id = `PM-${nextNumber(database, 'payment', 7001)}`;
  prepared(database, 'INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?)').run(
    id,
    payment.customer,
    payment.paymentNumber,
    payment.amount,
    JSON.stringify(payment),
    at,
  );
  for (const item of payment.items) settleInvoice(database, item);
  return id;
}

/** An invoice that the ERP does not know stays with the payment, for a person to see. */
function settleInvoice(database: DatabaseSync, item: Remittance['items'][number]): void {
  const invoice = prepared(
    database,
    'SELECT salesOrder, payable, settled FROM invoices WHERE id = ?',
  ).get(item.invoiceNumber);
  if (invoice === undefined) return;
  const adjustments = sum((item.adjustments ?? []).map(({ amount }) => absolute(amount)));
  const applied = sum([item.paid, item.discount ?? '0', adjustments]);
  const settled = add(String(invoice['settled']), applied);
  const isPaid = compare(settled, String(invoice['payable'])) >= 0;
  prepared(database, 'UPDATE invoices SET settled = ?, state = ? WHERE id = ?').run(
    settled,
    isPaid ? 'paid' : 'open',
    item.invoiceNumber,
  );
  if (!isPaid) return;
  prepared(database, `UPDATE orders SET state = 'paid' WHERE id = ? AND state = 'invoiced'`).run(
    String(invoice['salesOrder']),
  );
}

/** A deduction explains what was not paid, whatever sign the payer gives it. */
const absolute = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : amount);
