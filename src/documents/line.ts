/** What every line has, whatever the document. */
import Type from 'typebox';
import { measures, pack } from './carrier.ts';
import { parties } from './party.ts';
import { dates, descriptions, item, items, references, texts } from './reference.ts';
import { date, decimal, text, time } from './scalar.ts';
import { extensions, list, shape } from './shape.ts';

export const goods = {
  number: text('Number', 'Line number in this document.'),
  items,
  description: text('Description'),
  descriptionType: text('Description type', 'Which characteristic the description tells.'),
  language: text('Language', 'Language of the description.'),
  descriptions,
  classes: list('Classifications', item),
  quantity: decimal('Quantity'),
  unit: text('Unit', 'Unit of measure by its common name: `each`, `case`, `kilogram`, or raw.'),
  measures,
  pack,
  references,
  dates,
  texts,
  parties,
  notes: list('Notes', Type.String({ minLength: 1 }), 'Free text for people.'),
  extensions,
};

export const priced = {
  price: decimal('Price', 'Net price of one price unit.'),
  priceKind: text('Price kind', 'What the price is by: catalogue, contract.'),
  priceBasis: text('Price basis', 'What kind of price it is.'),
  priceQuantity: decimal('Price quantity', 'How many units the price is for.'),
  priceUnit: text('Price unit'),
  priceCurrency: text('Price currency'),
  prices: list(
    'Further prices',
    shape('Price', {
      type: text('Type', 'Retail, list, gross.'),
      price: decimal('Price'),
      kind: text('Kind'),
      basis: text('Basis'),
      quantity: decimal('Quantity'),
      unit: text('Unit'),
      multiplier: decimal('Multiplier'),
    }),
  ),
  net: decimal('Net', 'Amount of the line without tax.'),
};

export const quantities = list(
  'Further quantities',
  shape('Quantity', {
    type: text('Type'),
    quantity: decimal('Quantity'),
    unit: text('Unit'),
  }),
);

/** Which line of which order a line speaks of. */
export const orderRef = Type.Optional(
  shape('Order', {
    number: text('Number', 'The buyer’s order number.'),
    issueDate: date('Issue date'),
    issueTime: time('Issue time'),
    messageId: text('Message id', 'Under which the order travelled: cXML payloadID.'),
    release: text('Release'),
    change: text('Change'),
    sellerNumber: text('Seller’s number', 'The seller’s own number of the order.'),
    contract: text('Contract'),
    type: text('Type'),
  }),
);
