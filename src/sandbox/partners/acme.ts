/** Acme Retail, who speaks X12 004010 and answers each group of messages with a 997. */
import type { Instant } from '../../model/time.ts';
import { localTime } from '../../model/zoned.ts';
import { acmeLooks } from './acme-checks.ts';
import { acmeAssortment, acmeOrder } from './acme-order.ts';
import { acmePayment } from './acme-payment.ts';
import { type Desk, type Outgoing, wanted } from './desk.ts';
import { type NaiveGroup, type NaiveMessage, x12Interchanges } from './interchange.ts';
import { type EdiHand, type Heard, type Look, receiveEdi } from './receive-edi.ts';
import { cell, splitX12, withTag } from './rows.ts';
import type { DeskState } from './state.ts';
import { type SegmentText, writeX12 } from './write-edi.ts';

export interface AcmeOptions {
  /** X12 interchange ids: `ZZ:ACMERETAIL`. */
  readonly me: string;
  readonly hub: string;
  readonly zone: string;
  /** Pays an invoice as soon as it has come. */
  readonly pays: boolean;
}

export const acmeDefaults: AcmeOptions = {
  me: 'ZZ:ACMERETAIL',
  hub: 'ZZ:TRADELANE',
  zone: 'America/Chicago',
  pays: true,
};

export const acme = (options: AcmeOptions = acmeDefaults): Desk => ({
  partner: 'acme',
  order: (state, at) => order(options, state, at),
  receive: (bytes, state, at) => receiveEdi(hand(options, state, at), bytes, state),
});

function order(options: AcmeOptions, state: DeskState, at: Instant) {
  const orderNumber = `45${String(++state.order).padStart(8, '0')}`;
  const lines = wanted(acmeAssortment, state.order);
  const outgoing = send(options, state, at, {
    functionalId: 'PO',
    transactionSet: '850',
    body: acmeOrder(orderNumber, lines, localTime(at, options.zone)),
    number: orderNumber,
    text: `order ${orderNumber}, ${lines.length} lines`,
  });
  state.orders[orderNumber] = lines.length;
  state.unanswered[`PO ${state.group}`] = orderNumber;
  return { ...outgoing, orderNumber };
}

const hand = (options: AcmeOptions, state: DeskState, at: Instant): EdiHand => ({
  codec: 'x12',
  me: options.me,
  hub: options.hub,
  interchanges: (bytes) => x12Interchanges(splitX12(Buffer.from(bytes).toString('utf8'))),
  looks: acmeLooks,
  hear,
  acknowledge: ({ groups }, isGood) =>
    groups
      .filter(({ functionalId }) => functionalId !== 'FA')
      .map((group) => send(options, state, at, acknowledgement(group, isGood))),
  pay: (invoice) => (options.pays ? [pay(options, state, at, invoice)] : []),
});

/** A 997 names the group (AK1) and says how it fared (AK9); a set without AK2 fared as its group. */
function hear({ name, rows }: NaiveMessage): readonly Heard[] | undefined {
  if (name !== '997') return undefined;
  const ak1 = rows.find(({ tag }) => tag === 'AK1');
  const ak9 = rows.find(({ tag }) => tag === 'AK9');
  const status = cell(ak9, 1);
  const refused = withTag(rows, 'AK5').filter((ak5) => !['A', 'E'].includes(cell(ak5, 1)));
  return [
    {
      key: `${cell(ak1, 1)} ${cell(ak1, 2)}`,
      isAccepted: ['A', 'E'].includes(status) && refused.length === 0,
      text: `group ${cell(ak1, 2)}: ${status}, ${cell(ak9, 4)} of ${cell(ak9, 3)} accepted`,
    },
  ];
}

interface ToSend {
  readonly functionalId: string;
  readonly transactionSet: string;
  readonly body: readonly SegmentText[];
  readonly number: string;
  readonly text: string;
}

function acknowledgement(group: NaiveGroup, isGood: boolean): ToSend {
  const status = isGood ? 'A' : 'R';
  const count = String(group.messages.length);
  return {
    functionalId: 'FA',
    transactionSet: '997',
    body: [
      ['AK1', group.functionalId, group.control],
      ...group.messages.flatMap(({ name, control }): SegmentText[] => [
        ['AK2', name, control],
        isGood ? ['AK5', 'A'] : ['AK5', 'R', '5'],
      ]),
      ['AK9', status, count, count, isGood ? count : '0'],
    ],
    number: group.control,
    text: `${isGood ? 'accepts' : 'refuses'} group ${group.functionalId} ${group.control}`,
  };
}

function pay(options: AcmeOptions, state: DeskState, at: Instant, invoice: Look): Outgoing {
  const number = `ACM${String(++state.payment).padStart(7, '0')}`;
  const amount = invoice.payable ?? '0';
  state.paid.push(invoice.number);
  const outgoing = send(options, state, at, {
    functionalId: 'RA',
    transactionSet: '820',
    body: acmePayment(number, invoice, localTime(at, options.zone)),
    number,
    text: `pays invoice ${invoice.number}, USD ${amount}`,
  });
  state.unanswered[`RA ${state.group}`] = number;
  return outgoing;
}

/** Takes the next numbers and puts the envelope around it. */
function send(options: AcmeOptions, state: DeskState, at: Instant, what: ToSend): Outgoing {
  const interchange = ++state.interchange;
  const frame = {
    from: options.me,
    to: options.hub,
    at: localTime(at, options.zone),
    interchange,
    group: ++state.group,
    functionalId: what.functionalId,
  };
  const { transactionSet, number, text } = what;
  return {
    fileName: `${transactionSet}-${String(interchange).padStart(9, '0')}.x12`,
    bytes: writeX12(frame, transactionSet, what.body),
    event: { what: 'sent', message: transactionSet, number, text },
  };
}
