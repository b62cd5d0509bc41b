/** A party: who it is, by which ids, where, and whom to call. */
import Type, { type Static } from 'typebox';
import { references } from './reference.ts';
import { choice, text } from './scalar.ts';
import { keyed, list, part, shape } from './shape.ts';

export const address = {
  lines: list('Lines', Type.String({ minLength: 1 }), 'Street and number, building, box.'),
  city: text('City'),
  region: text('Region', 'State, province or county.'),
  postcode: text('Postcode'),
  country: text('Country', 'ISO 3166-1 alpha-2 where the sender keeps to it.'),
  countryName: text('Country name'),
  locationType: text('Location type'),
  location: text('Location', 'Location within the address, as coded by the sender.'),
};

export const contact = shape('Contact', {
  function: text('Function', 'What the contact is for: orders, delivery, accounts.'),
  name: text('Name'),
  id: text('Id'),
  channels: list(
    'Channels',
    shape('Channel', {
      type: text('Type', '`phone`, `fax`, `email`, `url`, or a raw code.'),
      address: text('Address', 'Number or address.'),
    }),
  ),
});

export const account = part('Account', {
  bankScheme: text('Bank id scheme'),
  bank: text('Bank', 'Routing number or BIC of the bank.'),
  bankName: text('Bank name'),
  accountType: text('Account type'),
  account: text('Account', 'Account number or IBAN.'),
  holder: text('Holder'),
  currency: text('Currency'),
});

export const party = shape('Party', {
  kind: choice(['person', 'organization'], 'Kind'),
  name: text('Name'),
  firstName: text('First name'),
  middleName: text('Middle name'),
  names: list('Further names', Type.String({ minLength: 1 })),
  language: text('Language'),
  id: part('Id', {
    scheme: text('Scheme', 'Who numbers the party: `gln`, `duns`, `buyer`, `seller`, or raw.'),
    value: text('Value'),
    list: text('Code list'),
  }),
  ids: keyed('Ids', Type.String({ minLength: 1 }), 'Further ids by scheme: `erp`, `vat`.'),
  addressText: list(
    'Address text',
    Type.String({ minLength: 1 }),
    'Name and address as unstructured lines.',
  ),
  addressName: text('Address name', 'Name of the address, where it is not the party’s own.'),
  deliverTo: list('Deliver to', Type.String({ minLength: 1 }), 'Person, desk or dock.'),
  address: part('Address', address),
  addressCountry: text('Country of the address', 'Where it is told beside the postal address.'),
  email: text('Email'),
  phone: part('Phone', {
    name: text('Name'),
    country: text('Country', 'ISO 3166-1 alpha-2.'),
    countryCode: text('Country code', 'Dialling code of the country.'),
    area: text('Area or city code'),
    number: text('Number'),
    extension: text('Extension'),
  }),
  contacts: list('Contacts', contact),
  references,
  account,
  extensions: keyed('Extensions', Type.String({ minLength: 1 }), 'Free values by name.'),
});
export type Party = Static<typeof party>;

export const parties = keyed(
  'Parties',
  party,
  'By role: `buyer`, `seller`, `shipTo`, `billTo`, `shipFrom`, `payer`, `payee` ..., or a raw code.',
);
