/**
 * A remittance advice: what a payment is for. An adjustment stands where it belongs: inside an item
 * when it concerns that invoice, beside the items when it is free of any.
 */
import Type, { type Static } from 'typebox';
import { account, contact, parties } from './party.ts';
import { dates, descriptions, items, references, texts } from './reference.ts';
import { choice, date, decimal, text, time } from './scalar.ts';
import { extensions, list, part, shape } from './shape.ts';

export const adjustment = shape('Adjustment', {
  amount: decimal('Amount', 'Signed as sent.'),
  reason: text('Reason', 'What it is for, or a raw code.'),
  type: text('Type', 'What the id below is of.'),
  id: text('Id'),
  description: text('Description'),
  references,
  dates,
  texts,
});

export const paidLine = shape('Paid line', {
  number: text('Number'),
  items,
  description: text('Description'),
  descriptions,
  quantity: decimal('Quantity'),
  unit: text('Unit'),
  price: decimal('Price'),
  references,
  adjustments: list('Adjustments', adjustment),
});

export const paidItem = shape('Paid item', {
  type: text('Type', '`invoice`, `creditNote` ..., or a raw code.'),
  id: text('Id', 'Number of the paid document.'),
  action: text('Action', 'Payment of the open item, on account, settlement.'),
  currency: text('Currency'),
  paid: decimal('Paid'),
  gross: decimal('Gross', 'Before discount and adjustments.'),
  discount: decimal('Discount'),
  issueDate: date('Issue date', 'Date of the paid document.'),
  texts,
  references,
  dates,
  lines: list('Lines', paidLine),
  adjustments: list('Adjustments', adjustment),
});

export const entity = shape('Entity', {
  number: text('Number'),
  role: text('Role'),
  scheme: text('Scheme'),
  id: text('Id'),
  reference: part('Reference', { type: text('Type'), id: text('Id') }),
  parties,
  adjustments: list('Adjustments', adjustment, 'Free of any invoice.'),
  items: list('Items', paidItem),
});

export const remittanceAdvice = shape('Remittance advice', {
  document: Type.Literal('remittanceAdvice'),
  number: text('Number', 'The payment’s number, where the trace is not it.'),
  purpose: text('Purpose'),
  issueDate: date('Issue date'),
  issueTime: time('Issue time'),
  amount: decimal('Amount', 'What is paid in all.'),
  direction: choice(['credit', 'debit'], 'Direction'),
  method: text('Method', '`ach`, `check`, `wire` ..., or a raw code.'),
  format: text('Payment format'),
  handling: text('Handling', 'Whether money, advice or both travel with it.'),
  originator: text('Originator', 'Id of the originating company.'),
  originatorCode: text('Originator’s supplement'),
  businessFunction: text('Business function'),
  paymentDate: date('Payment date'),
  currency: text('Currency'),
  payeeCurrency: text('Payee’s currency'),
  exchangeRate: decimal('Exchange rate'),
  trace: part('Trace', {
    type: text('Type'),
    id: text('Id'),
    originator: text('Originator'),
    reference: text('Reference'),
  }),
  payer: account,
  payee: account,
  parties,
  contacts: list('Contacts', contact),
  references,
  dates,
  texts,
  entities: list('Entities', entity),
  extensions,
});
export type RemittanceAdvice = Static<typeof remittanceAdvice>;
