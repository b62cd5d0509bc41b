/** An invoice, and the credit note that shares its shape. All amounts are positive in both. */
import Type, { type Static } from 'typebox';
import { marks, measures, packings } from './carrier.ts';
import { allowance, allowances, amounts, tax, taxes, terms } from './charge.ts';
import { commercial, header } from './header.ts';
import { goods, orderRef, priced, quantities } from './line.ts';
import { date, decimal, text } from './scalar.ts';
import { list, part, shape } from './shape.ts';

export const invoiceLine = shape('Invoice line', {
  ...goods,
  ...priced,
  orderLine: text('Order line', 'Line of the order that is invoiced.'),
  order: orderRef,
  despatch: part('Despatch advice', { number: text('Number'), line: text('Line') }),
  origin: text('Country of origin'),
  dutyRegime: text('Duty regime'),
  marks,
  parent: text('Parent line'),
  action: text('Action'),
  gross: decimal('Gross', 'Amount of the line with tax.'),
  tax: decimal('Tax', 'Sum of the line’s taxes.'),
  allowances,
  taxes,
  terms,
  packing: packings,
  quantities,
  amounts,
});

const fields = {
  ...header,
  ...commercial,
  order: orderRef,
  despatch: part('Despatch advice', {
    number: text('Number'),
    date: date('Date'),
  }),
  invoice: part('Corrected invoice', { number: text('Number'), issueDate: date('Issue date') }),
  dueDate: date('Due date'),
  taxDate: date('Tax point'),
  shipDate: date('Ship date'),
  deliveryDate: date('Delivery date'),
  taxText: text('Tax text'),
  paymentMethod: text('Payment method'),
  paymentConditions: text('Payment conditions'),
  paymentList: text('Payment list', 'Who keeps the list of payment methods.'),
  paymentReference: text('Payment reference'),
  measures,
  declaredTaxes: list('Declared taxes', tax, 'Told once at the head for all lines, without sums.'),
  allowanceTotals: list('Allowance totals', allowance),
  shipments: list(
    'Shipments',
    shape('Shipment', {
      quantity: decimal('Quantity'),
      unit: text('Unit'),
      weight: decimal('Weight'),
      weightUnit: text('Weight unit'),
      volume: decimal('Volume'),
      volumeUnit: text('Volume unit'),
    }),
  ),
  lines: list('Lines', invoiceLine),
  totals: part('Totals', {
    lines: decimal('Lines', 'Sum of the lines.'),
    net: decimal('Net', 'Without tax, after allowances and charges.'),
    tax: decimal('Tax'),
    gross: decimal('Gross', 'With tax.'),
    payable: decimal('Payable', 'What is to be paid.'),
    discount: decimal('Discount', 'What may be taken off when paid in time.'),
    discountable: decimal('Discountable', 'Amount that a discount is reckoned on.'),
    discounted: decimal('Discounted', 'Payable after the discount.'),
    allowances: decimal('Allowances'),
    charges: decimal('Charges'),
    prepaid: decimal('Prepaid'),
    rounding: decimal('Rounding'),
    shipping: decimal('Shipping'),
    handling: decimal('Special handling'),
    quantity: decimal('Quantity'),
    unit: text('Unit'),
  }),
  amounts,
};

export const invoice = shape('Invoice', { document: Type.Literal('invoice'), ...fields });
export type Invoice = Static<typeof invoice>;

export const creditNote = shape('Credit note', { document: Type.Literal('creditNote'), ...fields });
export type CreditNote = Static<typeof creditNote>;
