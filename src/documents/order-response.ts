/** An order response: what of an order its seller accepts, changes or refuses. */
import Type, { type Static } from 'typebox';
import { allowances, amounts, taxes } from './charge.ts';
import { commercial, header } from './header.ts';
import { goods, orderRef, priced, quantities } from './line.ts';
import { date, decimal, text, time } from './scalar.ts';
import { list, shape } from './shape.ts';

/** One answer to a line; a line may be answered in parts, whose quantities sum up to the ordered. */
export const lineStatus = shape('Status', {
  status: text('Status', '`accepted`, `changed`, `rejected`, `backordered` ..., or a raw code.'),
  quantity: decimal('Quantity'),
  unit: text('Unit'),
  dateType: text('Date type', 'What the date below means, where it is neither of the two.'),
  date: date('Date'),
  shipDate: date('Ship date'),
  shipTime: time('Ship time'),
  deliveryDate: date('Delivery date'),
  deliveryTime: time('Delivery time'),
  price: decimal('Price'),
  priceCurrency: text('Price currency'),
  reason: text('Reason'),
  items: goods.items,
});

export const responseLine = shape('Response line', {
  ...goods,
  ...priced,
  action: text('Action'),
  allowances,
  taxes,
  amounts,
  quantities,
  requestedDelivery: date('Requested delivery'),
  statuses: list('Statuses', lineStatus),
});

export const orderResponse = shape('Order response', {
  document: Type.Literal('orderResponse'),
  ...header,
  number: text('Number', 'The seller’s number of the order, where there is one.'),
  ...commercial,
  status: text('Status', '`accepted`, `changed`, `rejected` ..., or a raw code.'),
  order: orderRef,
  requestedDelivery: date('Requested delivery'),
  lines: list('Lines', responseLine),
  total: decimal('Total'),
});
export type OrderResponse = Static<typeof orderResponse>;
