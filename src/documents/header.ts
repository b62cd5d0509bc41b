/** What every commercial document has at its head. */

import Type from 'typebox';
import { carriers, deliveryTerms, equipment, packings } from './carrier.ts';
import { allowances, taxes, terms } from './charge.ts';
import { contact, parties } from './party.ts';
import { dates, references, texts } from './reference.ts';
import { date, decimal, number, text, time } from './scalar.ts';
import { extensions, list } from './shape.ts';

export const header = {
  number: number('The number its sender gave the document.'),
  type: text('Type', 'Standard, blanket, drop ship, or the sender’s code.'),
  purpose: text('Purpose', '`original`, `replace`, `cancel` ...'),
  issueDate: date('Issue date'),
  issueTime: time('Issue time'),
  language: text('Language'),
  messageId: text(
    'Message id',
    'Under which the message travelled, where answers cite it: cXML payloadID.',
  ),
  parties,
  contacts: list('Contacts', contact),
  notes: list('Notes', Type.String({ minLength: 1 }), 'Free text for people.'),
  references,
  dates,
  texts,
  carriers,
  equipment,
  extensions,
};

export const commercial = {
  currency: text('Currency', 'ISO 4217.'),
  exchange: text('Exchange rate currency', 'Currency the exchange rate converts to.'),
  exchangeRate: decimal('Exchange rate'),
  terms,
  deliveryTerms,
  packing: packings,
  allowances,
  taxes,
};
