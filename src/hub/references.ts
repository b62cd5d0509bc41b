/** The typed references by which documents join the lifecycle of an order: n to m. */
import type { ApplicationResponse } from '../documents/application-response.ts';
import type { DespatchAdvice, Package, ShippedOrder } from '../documents/despatch-advice.ts';
import type { Document } from '../documents/document.ts';
import type { NewDocument } from '../model/store.ts';

type Reference = NewDocument['references'][number];

/** Every order, shipment and invoice a document is or speaks of, without repeats. */
export function lifecycleReferences(document: Document, partner: string): readonly Reference[] {
  const orders = orderNumbers(document).map((id) => ({ type: 'order', id, partner }));
  const invoices = invoiceNumbers(document).map((id) => ({ type: 'invoice', id, partner }));
  return [...orders, ...invoices];
}

/** The number people know a document by; a payment without one goes by its trace. */
export const documentNumber = (document: Document): string =>
  document.number ??
  (document.document === 'remittanceAdvice' ? document.trace?.id : undefined) ??
  '';

/** The order a document is about, where it is about one. */
export const orderNumberOf = (document: Document): string | undefined => orderNumbers(document)[0];

function orderNumbers(document: Document): readonly string[] {
  switch (document.document) {
    case 'order':
      return distinct([document.number]);
    case 'orderResponse':
      return distinct([document.order?.number ?? document.number]);
    case 'despatchAdvice':
      return distinct([document.order?.number, ...shippedOrders(document)]);
    case 'remittanceAdvice':
      return [];
    case 'applicationResponse':
      return answeredNumbers(document, 'order');
    default:
      return distinct([
        document.order?.number,
        ...(document.lines ?? []).map((line) => line.order?.number),
      ]);
  }
}

/** The invoices a document is or pays. */
export function invoiceNumbers(document: Document): readonly string[] {
  switch (document.document) {
    case 'invoice':
      return distinct([document.number]);
    case 'remittanceAdvice':
      return distinct(
        (document.entities ?? []).flatMap((entity) => (entity.items ?? []).map((item) => item.id)),
      );
    case 'applicationResponse':
      return answeredNumbers(document, 'invoice');
    default:
      return [];
  }
}

const answeredNumbers = ({ responses }: ApplicationResponse, kind: string): readonly string[] =>
  distinct((responses ?? []).map(({ type, number }) => (type === kind ? number : undefined)));

type Nest = DespatchAdvice | ShippedOrder | Package;

/** Orders may stand at any depth of the sender's nesting. */
function shippedOrders(nest: Nest): readonly (string | undefined)[] {
  const orders = (nest.orders ?? []) as readonly ShippedOrder[];
  const packages = (nest.packages ?? []) as readonly Package[];
  return [
    ...orders.flatMap((order) => [order.number, ...shippedOrders(order)]),
    ...packages.flatMap(shippedOrders),
    ...(nest.lines ?? []).map((line) => line.order?.number),
  ];
}

const distinct = (ids: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(ids.filter((id): id is string => id !== undefined && id !== '')),
];
