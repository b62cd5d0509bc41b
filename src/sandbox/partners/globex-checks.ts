/** What Globex looks at in each request, with its own arithmetic. */
import type { TreeNode } from '../../model/message.ts';
import { compare, multiply, round, sum } from '../decimal.ts';
import { at, attribute, every, textAt } from './read-cxml.ts';
import type { Look } from './receive-edi.ts';

export const globexLooks: Readonly<Record<string, (root: TreeNode) => Look>> = {
  ConfirmationRequest: lookAtConfirmation,
  ShipNoticeRequest: lookAtShipNotice,
  InvoiceDetailRequest: lookAtInvoice,
};

/** The status quantities of a line make up what was ordered (cXML User's Guide, ConfirmationItem). */
function lookAtConfirmation(root: TreeNode): Look {
  const items = every(root, 'ConfirmationItem');
  const wrong = items.filter((item) => {
    const told = every(item, 'ConfirmationStatus').map((status) => attribute(status, 'quantity'));
    return compare(sum(told), attribute(item, 'quantity')) !== 0;
  });
  const header = at(root, 'ConfirmationHeader');
  return {
    number: attribute(header, 'confirmID'),
    order: orderOf(root),
    text: `${attribute(header, 'type')}, ${items.length} lines`,
    faults: wrong.map(
      (item) => `Line ${attribute(item, 'lineNumber')}: the statuses do not make up its quantity.`,
    ),
  };
}

function lookAtShipNotice(root: TreeNode): Look {
  const items = every(root, 'ShipNoticeItem');
  return {
    number: attribute(at(root, 'ShipNoticeHeader'), 'shipmentID'),
    order: orderOf(root),
    text: `${items.length} lines`,
    faults: items.length === 0 ? ['The ship notice has no item.'] : [],
  };
}

function lookAtInvoice(root: TreeNode): Look {
  const items = every(root, 'InvoiceDetailItem');
  const nets = items.map((item) =>
    round(multiply(attribute(item, 'quantity'), textAt(item, 'UnitPrice', 'Money')), 2),
  );
  const summary = at(root, 'InvoiceDetailSummary');
  const subtotal = textAt(summary, 'SubtotalAmount', 'Money');
  const tax = textAt(summary, 'Tax', 'Money') || '0';
  const due = textAt(summary, 'DueAmount', 'Money') || textAt(summary, 'NetAmount', 'Money');
  return {
    number: attribute(at(root, 'InvoiceDetailRequestHeader'), 'invoiceID'),
    order: orderOf(root),
    text: `${items.length} lines, USD ${due}`,
    payable: due,
    faults: [
      ...difference('SubtotalAmount', subtotal, sum(nets, 2)),
      ...difference('DueAmount', due, sum([sum(nets, 2), tax])),
    ],
  };
}

function difference(name: string, told: string, expected: string): readonly string[] {
  const isRight = told !== '' && compare(told, expected) === 0;
  return isRight ? [] : [`${name} says ${told || 'nothing'}, lines and taxes make ${expected}.`];
}

const orderOf = (root: TreeNode): string =>
  attribute(at(root, 'OrderReference'), 'orderID') || attribute(at(root, 'OrderIDInfo'), 'orderID');
