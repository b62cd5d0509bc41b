/** Nordwind, who speaks EDIFACT D96A and answers each interchange with a CONTRL. */
import type { Instant } from '../../model/time.ts';
import { localTime } from '../../model/zoned.ts';
import { type Desk, type Outgoing, wanted } from './desk.ts';
import { edifactInterchanges, type NaiveInterchange, type NaiveMessage } from './interchange.ts';
import { nordwindLooks } from './nordwind-checks.ts';
import { nordwindAssortment, nordwindOrder } from './nordwind-order.ts';
import { type EdiHand, type Heard, receiveEdi } from './receive-edi.ts';
import { cell, splitEdifact } from './rows.ts';
import type { DeskState } from './state.ts';
import { type SegmentText, writeEdifact } from './write-edi.ts';

export interface NordwindOptions {
  /** Interchange ids with their qualifier: `14:4012345000009`. */
  readonly me: string;
  readonly hub: string;
  readonly zone: string;
}

export const nordwindDefaults: NordwindOptions = {
  me: '14:4012345000009',
  hub: '14:4099999000005',
  zone: 'Europe/Berlin',
};

export const nordwind = (options: NordwindOptions = nordwindDefaults): Desk => ({
  partner: 'nordwind',
  order: (state, at) => order(options, state, at),
  receive: (bytes, state, at) => receiveEdi(hand(options, state, at), bytes, state),
});

function order(options: NordwindOptions, state: DeskState, at: Instant) {
  const orderNumber = `NW-${String(++state.order).padStart(6, '0')}`;
  const lines = wanted(nordwindAssortment, state.order);
  const parties = { buyer: gln(options.me), seller: gln(options.hub) };
  const outgoing = send(options, state, at, {
    type: ['ORDERS', 'D', '96A', 'UN', 'EAN008'],
    body: nordwindOrder(orderNumber, lines, parties, localTime(at, options.zone)),
    number: orderNumber,
    text: `order ${orderNumber}, ${lines.length} lines`,
  });
  state.orders[orderNumber] = lines.length;
  state.unanswered[`NW${state.interchange}`] = orderNumber;
  return { ...outgoing, orderNumber };
}

/** Nordwind pays by bank transfer, without a REMADV. */
const hand = (options: NordwindOptions, state: DeskState, at: Instant): EdiHand => ({
  codec: 'edifact',
  me: options.me,
  hub: options.hub,
  interchanges: (bytes) => edifactInterchanges(splitEdifact(Buffer.from(bytes).toString('latin1'))),
  looks: nordwindLooks,
  hear,
  acknowledge: (interchange, isGood) =>
    isOnlyContrl(interchange) ? [] : [send(options, state, at, contrl(interchange, isGood))],
  pay: () => [],
});

/** A CONTRL is never answered (ISO 9735-4, 5.3). */
const isOnlyContrl = ({ groups }: NaiveInterchange): boolean =>
  groups.every(({ messages }) => messages.every(({ name }) => name === 'CONTRL'));

/** UCI 0083: 7 acknowledged, 8 received, 4 rejected; a UCM may say otherwise of one message. */
function hear({ name, rows }: NaiveMessage): readonly Heard[] | undefined {
  if (name !== 'CONTRL') return undefined;
  const uci = rows.find(({ tag }) => tag === 'UCI');
  const refused = rows.filter((row) => row.tag === 'UCM' && cell(row, 3) === '4');
  const action = cell(uci, 4);
  return [
    {
      key: cell(uci, 1),
      isAccepted: action !== '4' && refused.length === 0,
      text: `interchange ${cell(uci, 1)}: action ${action}`,
    },
  ];
}

interface ToSend {
  readonly type: readonly [name: string, ...rest: string[]];
  readonly body: readonly SegmentText[];
  readonly number: string;
  readonly text: string;
}

function contrl(interchange: NaiveInterchange, isGood: boolean): ToSend {
  const party = (id: string) => id.split(':').reverse();
  const { control, sender, receiver } = interchange;
  const messages = interchange.groups.flatMap((group) => group.messages);
  const action = isGood ? ['7'] : ['4', '29'];
  return {
    type: ['CONTRL', 'D', '3', 'UN'],
    body: [
      ['UCI', control, party(sender), party(receiver), ...action],
      ...(isGood ? messages.map(receipt) : []),
    ],
    number: control,
    text: `${isGood ? 'accepts' : 'refuses'} interchange ${control}`,
  };
}

/** UCM repeats what UNH said of the message. */
const receipt = ({ control, rows }: NaiveMessage): SegmentText => [
  'UCM',
  control,
  rows[0]?.elements[1] ?? [],
  '7',
];

function send(options: NordwindOptions, state: DeskState, at: Instant, what: ToSend): Outgoing {
  const [name] = what.type;
  const control = `NW${++state.interchange}`;
  const frame = {
    from: options.me,
    to: options.hub,
    at: localTime(at, options.zone),
    control,
    application: name,
    wantsAcknowledgement: name !== 'CONTRL',
  };
  return {
    fileName: `${name}-${control}.edi`,
    bytes: writeEdifact(frame, what.type, what.body),
    event: { what: 'sent', message: name, number: what.number, text: what.text },
  };
}

const gln = (party: string): string => party.slice(party.indexOf(':') + 1);
