/**
 * A despatch advice (ASN): what has left, in which packages. The nesting is the sender's:
 * orders in packages, packages in orders, packages in packages. `contents` in
 * despatch-contents.ts is the flat view that consumers read.
 */
import Type, { type Static } from 'typebox';
import { carriers, deliveryTerms, marks, measures, pack, packings } from './carrier.ts';
import { header } from './header.ts';
import { goods, orderRef, quantities } from './line.ts';
import { contact, parties } from './party.ts';
import { dates, references, texts } from './reference.ts';
import { date, decimal, integer, text, time } from './scalar.ts';
import { extensions, list, shape } from './shape.ts';

const shippedLine = shape('Shipped line', {
  ...goods,
  order: orderRef,
  orderLine: text('Order line', 'Line of the order that is shipped.'),
  ordered: decimal('Ordered quantity'),
  orderedUnit: text('Ordered unit'),
  shippedToDate: decimal('Shipped to date'),
  quantities,
  price: decimal('Price'),
  priceBasis: text('Price basis'),
  priceCurrency: text('Price currency'),
  status: text('Status'),
  packing: packings,
  carriers,
  marks,
  loads: list(
    'Loads',
    shape('Load', {
      count: integer('Count'),
      quantity: decimal('Quantity', 'In each.'),
      type: text('Type'),
    }),
  ),
});

const inside = {
  orders: Type.Optional(Type.Array(Type.Ref('ShippedOrder'), { title: 'Orders', minItems: 1 })),
  packages: Type.Optional(Type.Array(Type.Ref('Package'), { title: 'Packages', minItems: 1 })),
  lines: list('Lines', shippedLine),
};

const shippedOrder = shape('Shipped order', {
  number: text('Number', 'The buyer’s order number.'),
  issueDate: date('Issue date'),
  issueTime: time('Issue time'),
  messageId: text('Message id'),
  release: text('Release'),
  change: text('Change'),
  sellerNumber: text('Seller’s number'),
  contract: text('Contract'),
  packing: packings,
  carriers,
  references,
  dates,
  texts,
  parties,
  contacts: list('Contacts', contact),
  extensions,
  ...inside,
});

const packageShape = shape('Package', {
  kind: text('Kind', '`pallet`, `carton`, or a raw code.'),
  number: text('Number', 'Its number in the hierarchy of packages.'),
  parent: text('Parent', 'Number of the package that holds it.'),
  level: text('Level', 'Inner, intermediate, outer.'),
  count: integer('Count', 'How many of the kind.'),
  quantities,
  marks,
  packing: packings,
  pack,
  measures,
  items: goods.items,
  description: goods.description,
  descriptionType: goods.descriptionType,
  references,
  dates,
  texts,
  parties,
  extensions,
  ...inside,
});

const despatch = shape('Despatch advice', {
  document: Type.Literal('despatchAdvice'),
  ...header,
  structure: text(
    'Structure',
    'Nesting the sender announces (`0001`: shipment, order, pack, item).',
  ),
  shipDate: date('Ship date'),
  shipTime: time('Ship time'),
  deliveryDate: date('Estimated delivery'),
  deliveryTime: time('Estimated delivery time'),
  shipmentDates: dates,
  order: orderRef,
  trackingNumber: text('Tracking number'),
  weight: decimal('Weight', 'Of the whole shipment.'),
  weightUnit: text('Weight unit'),
  packageCount: integer('Package count'),
  packageType: text('Package type'),
  levelCount: integer('Level count', 'How many levels the sender counted.'),
  hashTotal: decimal('Hash total', 'Sum of quantities as the sender told it.'),
  deliveryTerms,
  packing: packings,
  measures,
  marks,
  ...inside,
});

/** The three refer to each other, so they are declared together. */
export const despatchAdvice = Type.Cyclic(
  { DespatchAdvice: despatch, ShippedOrder: shippedOrder, Package: packageShape },
  'DespatchAdvice',
);
export type DespatchAdvice = Static<typeof despatchAdvice>;
export type ShippedOrder = NonNullable<DespatchAdvice['orders']>[number];
export type Package = NonNullable<DespatchAdvice['packages']>[number];
export type ShippedLine = Static<typeof shippedLine>;
