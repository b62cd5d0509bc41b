/** Money beside the goods: allowances and charges, taxes, payment terms. */

import { choice, date, decimal, integer, text } from './scalar.ts';
import { list, shape } from './shape.ts';

export const tax = shape('Tax', {
  type: text('Type', '`VAT`, `salesTax` ..., or a raw code.'),
  category: text('Category', 'Standard, zero, exempt, reverse charge.'),
  percent: decimal('Percent'),
  base: decimal('Base', 'Amount the tax is reckoned on.'),
  amount: decimal('Amount'),
  currency: text('Currency'),
  jurisdiction: text('Jurisdiction'),
  exemption: text('Exemption', 'Code or reason of an exemption.'),
  id: text('Tax id', 'Number under which the tax is owed.'),
  description: text('Description'),
  language: text('Language'),
});
export const taxes = list('Taxes', tax);

export const allowance = shape('Allowance or charge', {
  kind: choice(
    ['allowance', 'charge', 'none', 'promotion', 'service'],
    'Kind',
    'The amount is positive either way.',
  ),
  reason: text('Reason', 'Code of the reason.'),
  agency: text('Agency', 'Who keeps the list the agency code is from.'),
  agencyReason: text('Agency reason'),
  amount: decimal('Amount'),
  basis: text('Basis', 'What a percent is of.'),
  base: decimal('Base', 'Amount the percent is of.'),
  percent: decimal('Percent'),
  rate: decimal('Rate', 'Amount for each unit.'),
  unit: text('Unit'),
  quantity: decimal('Quantity'),
  handling: text('Handling', 'How it is settled: off invoice, credit note.'),
  sequence: text('Sequence', 'Order of reckoning.'),
  id: text('Id'),
  option: text('Option'),
  description: text('Description'),
  language: text('Language'),
  taxes,
});
export const allowances = list('Allowances and charges', allowance);

/** Amounts that have no field of their own. */
export const amounts = list(
  'Further amounts',
  shape('Amount', { type: text('Type'), amount: decimal('Amount'), currency: text('Currency') }),
);

export const term = shape('Payment terms', {
  type: text('Type'),
  basis: text('Basis', 'Which date the days are counted from.'),
  discountPercent: decimal('Discount percent'),
  discountDate: date('Discount date'),
  discountDays: integer('Discount days'),
  discountAmount: decimal('Discount amount'),
  dueDate: date('Due date'),
  netDays: integer('Net days'),
  deferredAmount: decimal('Deferred amount'),
  deferredDate: date('Deferred date'),
  percent: decimal('Percent payable'),
  amount: decimal('Amount payable'),
  dayOfMonth: integer('Day of month'),
  relation: text('Relation', 'Before, on or after the basis date.'),
  period: text('Period type', 'Days, weeks, months.'),
  periods: integer('Periods', 'How many.'),
  method: text('Method', 'How it is paid.'),
  text: text('Text'),
});
export const terms = list('Payment terms', term);
