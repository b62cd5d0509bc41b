/** The ERP's answer to an order, its shipment and its invoice: pure, from the booked order. */

import { sscc } from '../check-digit.ts';
import { addDays } from '../days.ts';
import { add, compare, type Decimal, multiply, round, sum } from '../decimal.ts';
import { type Customer, companyPrefix, findCustomer, findProduct, seller } from './catalogue.ts';
import type {
  Invoice,
  InvoiceLine,
  OrderResponse,
  Package,
  PackedLine,
  Party,
  ResponseLine,
  Shipment,
  Tax,
} from './forms.ts';
import type { BookedLine, SalesOrder } from './sales-orders.ts';

const linesPerPackage = 2;
const transitDays = 2;

/** `today` is a calendar date, `2026-03-01`. */
export function orderResponse(order: SalesOrder, today: string): OrderResponse {
  const shipDate = later(today, order.form.requestedDate);
  return {
    customer: order.form.customer,
    orderNumber: order.form.orderNumber,
    salesOrder: order.id,
    responseDate: today,
    status: order.lines.every(({ status }) => status === 'accepted') ? 'accepted' : 'changed',
    currency: order.currency,
    lines: order.lines.map((line) => responseLine(line, shipDate)),
  };
}

function responseLine(line: BookedLine, shipDate: string): ResponseLine {
  return {
    line: line.line,
    ...(line.sku !== undefined && { sku: line.sku }),
    ...(line.customerItem !== undefined && { customerItem: line.customerItem }),
    quantity: line.quantity,
    unit: line.unit,
    price: line.price,
    status: line.status,
    shipDate,
  };
}

const later = (date: string, other: string | undefined): string =>
  other !== undefined && other > date ? other : date;

/** `serial` gives each package its own number. */
export function shipment(
  order: SalesOrder,
  number: string,
  today: string,
  serial: () => number,
): Shipment {
  return {
    customer: order.form.customer,
    shipmentNumber: number,
    orderNumber: order.form.orderNumber,
    orderDate: orderDate(order),
    shipDate: today,
    deliveryDate: addDays(today, transitDays),
    carrier: findCustomer(order.form.customer)?.carrier ?? 'DHL',
    trackingNumber: `1Z${number.replace(/\D/g, '').padStart(10, '0')}`,
    weight: round(sum(goods(order).map(lineWeight)), 1),
    weightUnit: 'KG',
    shipTo: shipTo(order),
    packages: pack(goods(order), serial),
  };
}

/** What can be shipped and is billed: a backordered line waits. */
export const goods = (order: SalesOrder): readonly BookedLine[] =>
  order.lines.filter(({ status }) => status === 'accepted' || status === 'changed');

const lineWeight = (line: BookedLine): Decimal =>
  multiply(line.quantity, findProduct(line.sku)?.kilograms ?? '1');

function pack(lines: readonly BookedLine[], serial: () => number): readonly Package[] {
  const packages: Package[] = [];
  for (let first = 0; first < lines.length; first += linesPerPackage) {
    packages.push({
      sscc: sscc(companyPrefix, serial()),
      lines: lines.slice(first, first + linesPerPackage).map(packedLine),
    });
  }
  return packages;
}

const packedLine = (line: BookedLine): PackedLine => ({
  line: line.line,
  ...(line.sku !== undefined && { sku: line.sku }),
  ...(line.customerItem !== undefined && { customerItem: line.customerItem }),
  ...(line.gtin !== undefined && { gtin: line.gtin }),
  quantity: line.quantity,
  unit: line.unit,
});

export function invoice(
  order: SalesOrder,
  numbers: { readonly invoice: string; readonly shipment: string },
  today: string,
): Invoice {
  const customer = findCustomer(order.form.customer);
  const lines = goods(order).map((line, index) => invoiceLine(line, index + 1, customer));
  const net = sum(
    lines.map((line) => line.net),
    2,
  );
  const tax = taxOf(net, customer);
  const gross = add(net, tax?.amount ?? '0.00');
  return {
    customer: order.form.customer,
    invoiceNumber: numbers.invoice,
    invoiceDate: today,
    dueDate: addDays(today, customer?.termsDays ?? 30),
    orderNumber: order.form.orderNumber,
    orderDate: orderDate(order),
    shipmentNumber: numbers.shipment,
    currency: order.currency,
    billTo: billTo(order),
    shipTo: shipTo(order),
    seller,
    lines,
    taxes: tax === undefined ? [] : [tax],
    totals: { net, tax: tax?.amount ?? '0.00', gross, payable: gross },
  };
}

function invoiceLine(
  line: BookedLine,
  position: number,
  customer: Customer | undefined,
): InvoiceLine {
  return {
    ...packedLine(line),
    line: String(position),
    orderLine: line.line,
    ...(line.description !== undefined && { description: line.description }),
    price: line.price,
    net: round(multiply(line.quantity, line.price), 2),
    taxPercent: customer?.tax.percent ?? '0',
  };
}

/** The whole invoice has one rate: tax is worked out on the sum of the rounded line nets. */
function taxOf(net: Decimal, customer: Customer | undefined): Tax | undefined {
  if (customer === undefined || compare(customer.tax.percent, '0') === 0) return undefined;
  const { type, percent } = customer.tax;
  const amount = round(multiply(multiply(net, percent), '0.01'), 2);
  return { type, percent, base: net, amount };
}

const orderDate = (order: SalesOrder): string =>
  order.form.orderDate ?? order.receivedAt.slice(0, 10);

const shipTo = (order: SalesOrder): Party =>
  order.form.shipTo ?? order.form.billTo ?? masterAddress(order);

const billTo = (order: SalesOrder): Party => order.form.billTo ?? masterAddress(order);

const masterAddress = (order: SalesOrder): Party => {
  const known = findCustomer(order.form.customer)?.address;
  return known ?? { name: order.form.customerName ?? order.form.customer };
};
