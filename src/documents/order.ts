/** An order: what a buyer wants, from whom, where and when. */
import Type, { type Static } from 'typebox';
import { packings } from './carrier.ts';
import { allowances, amounts, taxes } from './charge.ts';
import { commercial, header } from './header.ts';
import { goods, priced, quantities } from './line.ts';
import { date, decimal, text, time } from './scalar.ts';
import { list, shape } from './shape.ts';

const wanted = {
  requestedDelivery: date('Requested delivery'),
  requestedDeliveryTime: time('Requested delivery time'),
  requestedShip: date('Requested ship date'),
  deliverAfter: date('Deliver not before'),
  deliverBefore: date('Deliver not after'),
};

export const schedule = shape('Schedule', {
  quantity: decimal('Quantity'),
  unit: text('Unit'),
  dateType: text('Date type'),
  date: date('Date'),
  time: time('Time'),
  role: text('Role', 'Role of the party it is for.'),
  name: text('Name'),
  lastDate: date('Last date'),
});

export const subLine = shape('Component', {
  number: text('Number'),
  parent: text('Parent'),
  relation: text('Relation', 'Included, added, substituted.'),
  quantity: decimal('Quantity'),
  unit: text('Unit'),
  price: decimal('Price'),
  priceBasis: text('Price basis'),
  items: goods.items,
  description: goods.description,
  descriptionType: goods.descriptionType,
});

export const distribution = shape('Distribution', {
  unit: text('Unit'),
  scheme: text('Scheme', 'Who numbers the stores.'),
  stores: list('Stores', shape('Store', { id: text('Id'), quantity: decimal('Quantity') })),
});

export const orderLine = shape('Order line', {
  ...goods,
  ...priced,
  ...wanted,
  parent: text('Parent line', 'Line this one is a part of.'),
  action: text('Action', 'Added, changed, deleted.'),
  allowances,
  taxes,
  amounts,
  packing: packings,
  quantities,
  schedules: list('Schedules', schedule),
  components: list('Components', subLine),
  distributions: list('Distributions', distribution, 'What goes to which store.'),
});

export const order = shape('Order', {
  document: Type.Literal('order'),
  ...header,
  ...commercial,
  ...wanted,
  version: text('Version', 'Grows with each replacement.'),
  release: text('Release', 'Release of a blanket order.'),
  contract: text('Contract'),
  department: text('Department'),
  shipping: decimal('Shipping', 'Amount for the transport.'),
  shippingCurrency: text('Shipping currency'),
  shippingText: text('Shipping text'),
  shippingLanguage: text('Shipping text language'),
  acknowledge: text('Acknowledgement wanted'),
  lines: list('Lines', orderLine),
  total: decimal('Total', 'Amount of all lines.'),
  amounts,
});
export type Order = Static<typeof order>;
