/** What the sandbox company sells, and to whom. */
import type { Decimal } from '../decimal.ts';
import type { Party } from './forms.ts';

export interface Product {
  readonly sku: string;
  readonly gtin: string;
  readonly description: string;
  /** List price for one, the same figure in every currency. */
  readonly price: Decimal;
  readonly kilograms: Decimal;
  /** What one order can have at once: the sandbox never runs dry, but it can be short. */
  readonly available: Decimal;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly termsDays: number;
  readonly tax: { readonly type: string; readonly percent: Decimal };
  readonly carrier: string;
  readonly address: Party;
}

export const seller: Party = {
  id: '4099999000005',
  name: 'Tradelane Tools GmbH',
  street: ['Hafenstrasse 12'],
  city: 'Hamburg',
  region: 'HH',
  postcode: '20457',
  country: 'DE',
};

/** GS1 company prefix of the seller: the first digits of its GLN, for SSCCs. */
export const companyPrefix = '4099999';

export const products: readonly Product[] = [
  product('TL-100', '4099999001002', 'Cordless drill 18 V', '129.00', '1.9', '500'),
  product('TL-110', '4099999001101', 'Impact driver 18 V', '149.50', '1.6', '500'),
  product('TL-120', '4099999001200', 'Angle grinder 125 mm', '89.90', '2.3', '500'),
  product('TL-130', '4099999001309', 'Jigsaw 650 W', '74.25', '2.1', '500'),
  product('TL-200', '4099999002009', 'Battery 18 V 5.0 Ah', '59.95', '0.7', '2000'),
  product('TL-210', '4099999002108', 'Fast charger 18 V', '44.40', '0.9', '2000'),
  product('TL-300', '4099999003006', 'Drill bit set, 25 pieces', '18.75', '0.8', '5000'),
  product('TL-310', '4099999003105', 'Cutting disc 125 mm', '1.365', '0.1', '20000'),
  product('TL-320', '4099999003204', 'Safety glasses', '6.80', '0.05', '5000'),
  product('TL-900', '4099999009008', 'Workbench, limited edition', '399.00', '32.5', '2'),
  product('TL-910', '4099999009107', 'Workbench vice', '64.00', '7.4', '0'),
];

export const customers: readonly Customer[] = [
  {
    id: 'C-1001',
    name: 'Acme Retail',
    currency: 'USD',
    termsDays: 30,
    tax: { type: 'SALES', percent: '8.25' },
    carrier: 'UPS',
    address: {
      name: 'Acme Retail Inc.',
      street: ['700 Commerce Street'],
      city: 'Dallas',
      region: 'TX',
      postcode: '75202',
      country: 'US',
    },
  },
  {
    id: 'C-1002',
    name: 'Nordwind',
    currency: 'EUR',
    termsDays: 14,
    tax: { type: 'VAT', percent: '19' },
    carrier: 'DHL',
    address: {
      id: '4012345000009',
      name: 'Nordwind Handels GmbH',
      street: ['Speicherstrasse 4'],
      city: 'Bremen',
      region: 'HB',
      postcode: '28195',
      country: 'DE',
    },
  },
  {
    id: 'C-1003',
    name: 'Globex',
    currency: 'USD',
    termsDays: 45,
    tax: { type: 'SALES', percent: '6.25' },
    carrier: 'FedEx',
    address: {
      name: 'Globex Corporation',
      street: ['1 Harbor Plaza', 'Suite 400'],
      city: 'Boston',
      region: 'MA',
      postcode: '02110',
      country: 'US',
    },
  },
];

const productsBySku = new Map(products.map((entry) => [entry.sku, entry]));
const customersById = new Map(customers.map((entry) => [entry.id, entry]));

export const findProduct = (sku: string | undefined): Product | undefined =>
  sku === undefined ? undefined : productsBySku.get(sku);

export const findCustomer = (id: string): Customer | undefined => customersById.get(id);

function product(
  sku: string,
  gtin: string,
  description: string,
  price: Decimal,
  kilograms: Decimal,
  available: Decimal,
): Product {
  return { sku, gtin, description, price, kilograms, available };
}
