/**
 * The JSON that the sandbox ERP speaks. Amounts and quantities are strings. What it receives has a
 * schema that is checked at the door; what it sends it builds itself.
 */
import { type Static, type TSchema, Type } from 'typebox';

const Text = (maxLength = 512) => Type.String({ maxLength });
const Amount = Type.String({
  pattern: '^-?[0-9]{1,15}(\\.[0-9]{1,9})?$',
  description: 'A decimal as text: "12.50".',
});
const CalendarDate = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const LineNumber = Type.Union([Type.Integer({ minimum: 0 }), Text(20)]);
const maybe = <T extends TSchema>(schema: T) => Type.Optional(schema);

const PartyForm = Type.Object({
  id: maybe(Text()),
  name: maybe(Text()),
  street: maybe(Type.Array(Text(), { maxItems: 10 })),
  city: maybe(Text()),
  region: maybe(Text()),
  postcode: maybe(Text()),
  country: maybe(Text()),
});

const OrderLineForm = Type.Object({
  line: LineNumber,
  sku: maybe(Text()),
  customerItem: maybe(Text()),
  gtin: maybe(Text()),
  description: maybe(Text(4000)),
  quantity: Amount,
  unit: maybe(Text(20)),
  price: maybe(Amount),
});

/** hub -> ERP */
export const OrderForm = Type.Object({
  orderNumber: Type.String({ minLength: 1, maxLength: 100 }),
  customer: Type.String({ minLength: 1, maxLength: 100 }),
  customerName: maybe(Text()),
  orderDate: maybe(CalendarDate),
  requestedDate: maybe(CalendarDate),
  currency: maybe(Type.String({ pattern: '^[A-Z]{3}$' })),
  type: maybe(Text(100)),
  /** `original` when absent. */
  purpose: maybe(Text(100)),
  shipTo: maybe(PartyForm),
  billTo: maybe(PartyForm),
  notes: maybe(Type.Array(Text(4000), { maxItems: 1000 })),
  lines: Type.Array(OrderLineForm, { minItems: 1, maxItems: 100_000 }),
});

const Adjustment = Type.Object({
  reason: maybe(Text()),
  amount: Amount,
  description: maybe(Text(4000)),
});

const PaidItem = Type.Object({
  invoiceNumber: Type.String({ minLength: 1, maxLength: 100 }),
  paid: Amount,
  gross: maybe(Amount),
  discount: maybe(Amount),
  adjustments: maybe(Type.Array(Adjustment, { maxItems: 1000 })),
});

/** hub -> ERP */
export const RemittanceForm = Type.Object({
  customer: Type.String({ minLength: 1, maxLength: 100 }),
  paymentNumber: Type.String({ minLength: 1, maxLength: 100 }),
  paymentDate: maybe(CalendarDate),
  method: maybe(Text(100)),
  currency: maybe(Type.String({ pattern: '^[A-Z]{3}$' })),
  amount: Amount,
  items: Type.Array(PaidItem, { maxItems: 100_000 }),
  adjustments: maybe(Type.Array(Adjustment, { maxItems: 1000 })),
});

export type Party = Static<typeof PartyForm>;
export type OrderLine = Static<typeof OrderLineForm>;
export type Order = Static<typeof OrderForm>;
export type Remittance = Static<typeof RemittanceForm>;

/** ERP -> hub */
export interface OrderResponse {
  readonly customer: string;
  readonly orderNumber: string;
  readonly salesOrder: string;
  readonly responseDate: string;
  readonly status: 'accepted' | 'changed' | 'rejected';
  readonly currency: string;
  readonly lines: readonly ResponseLine[];
}
export interface ResponseLine {
  readonly line: string;
  readonly sku?: string;
  readonly customerItem?: string;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly status: LineStatus;
  readonly shipDate: string;
}
export type LineStatus = 'accepted' | 'changed' | 'rejected' | 'backordered';

/** ERP -> hub */
export interface Shipment {
  readonly customer: string;
  readonly shipmentNumber: string;
  readonly orderNumber: string;
  readonly orderDate: string;
  readonly shipDate: string;
  readonly deliveryDate: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly weight: string;
  readonly weightUnit: string;
  readonly shipTo: Party;
  readonly packages: readonly Package[];
}
export interface Package {
  /** GS1 serial shipping container code: 18 digits, the last one a check digit. */
  readonly sscc: string;
  readonly lines: readonly PackedLine[];
}
export interface PackedLine {
  readonly line: string;
  readonly sku?: string;
  readonly customerItem?: string;
  readonly gtin?: string;
  readonly quantity: string;
  readonly unit: string;
}

/** ERP -> hub */
export interface Invoice {
  readonly customer: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly orderNumber: string;
  readonly orderDate: string;
  readonly shipmentNumber: string;
  readonly currency: string;
  readonly billTo: Party;
  readonly shipTo: Party;
  readonly seller: Party;
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly Tax[];
  readonly totals: {
    readonly net: string;
    readonly tax: string;
    readonly gross: string;
    readonly payable: string;
  };
}
export interface InvoiceLine extends PackedLine {
  readonly orderLine: string;
  readonly description?: string;
  readonly price: string;
  readonly net: string;
  readonly taxPercent: string;
}
export interface Tax {
  /** `VAT`, or `SALES` for the sales tax of a state of the USA. */
  readonly type: string;
  readonly percent: string;
  readonly base: string;
  readonly amount: string;
}
