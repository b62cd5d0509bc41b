/** How a partner reads a file of EDI: counts it, holds it against our codec, looks into it, answers. */
import { createHash } from 'node:crypto';
import type { Outgoing, Received } from './desk.ts';
import type { DeskEvent } from './event.ts';
import type { NaiveInterchange, NaiveMessage } from './interchange.ts';
import { disagreements } from './read-edi.ts';
import type { Row } from './rows.ts';
import type { DeskState } from './state.ts';

/** What a message says in short, and what is wrong with it. */
export interface Look {
  readonly number: string;
  /** The order that it speaks of. */
  readonly order: string;
  readonly text: string;
  readonly faults: readonly string[];
  /** What is to be paid, for an invoice. */
  readonly payable?: string;
}

/** What a 997 or CONTRL says of something that we sent. */
export interface Heard {
  /** As in `unanswered`. */
  readonly key: string;
  readonly isAccepted: boolean;
  readonly text: string;
}

/** What X12 and EDIFACT do differently. */
export interface EdiHand {
  readonly codec: 'x12' | 'edifact';
  readonly me: string;
  readonly hub: string;
  readonly interchanges: (bytes: Uint8Array) => readonly NaiveInterchange[];
  readonly looks: Readonly<Record<string, (rows: readonly Row[]) => Look>>;
  /** undefined for what is no acknowledgement. */
  readonly hear: (message: NaiveMessage) => readonly Heard[] | undefined;
  readonly acknowledge: (interchange: NaiveInterchange, isGood: boolean) => readonly Outgoing[];
  readonly pay: (invoice: Look) => readonly Outgoing[];
}

export function receiveEdi(hand: EdiHand, bytes: Uint8Array, state: DeskState): Received {
  const interchanges = hand.interchanges(bytes);
  const faults = disagreements(hand.codec, bytes, interchanges);
  if (interchanges.length === 0) faults.push('There is no interchange in this file.');
  const parts = interchanges.map((interchange) => readOne(hand, interchange, bytes, state));
  return {
    events: [
      ...faults.map((text) => faultEvent(hand.codec, '', text)),
      ...parts.flatMap(({ events }) => events),
    ],
    replies: parts.flatMap(({ replies }) => replies),
  };
}

function readOne(
  hand: EdiHand,
  interchange: NaiveInterchange,
  bytes: Uint8Array,
  state: DeskState,
): Received {
  const repeat = repeatOf(interchange.control, bytes, state);
  const faults = [...interchange.faults, ...strangers(hand, interchange)];
  const events = faults.map((text) => faultEvent('interchange', interchange.control, text));
  const payments: Outgoing[] = [];
  for (const message of interchange.groups.flatMap(({ messages }) => messages)) {
    const heard = hand.hear(message);
    if (heard !== undefined) events.push(...heard.map((one) => settle(one, message, state)));
    else events.push(...lookInto(hand, message, state, payments));
  }
  const answers = hand.acknowledge(interchange, faults.length === 0);
  if (repeat === undefined) return { events, replies: [...answers, ...payments] };
  return { events: [repeat, ...events], replies: answers };
}

function lookInto(
  hand: EdiHand,
  message: NaiveMessage,
  state: DeskState,
  payments: Outgoing[],
): readonly DeskEvent[] {
  const look = hand.looks[message.name]?.(message.rows);
  if (look === undefined)
    return [faultEvent(message.name, message.control, 'Nobody expects this.')];
  const isOurs = state.orders[look.order] !== undefined;
  const faults = isOurs ? look.faults : [`There is no order ${look.order}.`, ...look.faults];
  if (look.payable !== undefined && faults.length === 0 && !state.paid.includes(look.number)) {
    payments.push(...hand.pay(look));
  }
  const { number, order, text } = look;
  return [
    { what: 'received', message: message.name, number, text: `order ${order}: ${text}` },
    ...faults.map((fault) => faultEvent(message.name, number, fault)),
  ];
}

function settle(heard: Heard, message: NaiveMessage, state: DeskState): DeskEvent {
  const number = state.unanswered[heard.key];
  if (number === undefined) {
    return faultEvent(message.name, heard.key, 'It answers what was not sent, or is answered.');
  }
  delete state.unanswered[heard.key];
  const what = heard.isAccepted ? 'acknowledged' : 'refused';
  return { what, message: message.name, number, text: heard.text };
}

/** The same number with the same bytes is a repeat; with other bytes it is a fault. */
function repeatOf(control: string, bytes: Uint8Array, state: DeskState): DeskEvent | undefined {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const earlier = state.received[control];
  state.received[control] = earlier ?? digest;
  if (earlier === undefined) return undefined;
  if (earlier !== digest) {
    return faultEvent('interchange', control, 'Its number was used before, for other content.');
  }
  return { what: 'repeat', message: 'interchange', number: control, text: 'The same file again.' };
}

function strangers(hand: EdiHand, interchange: NaiveInterchange): readonly string[] {
  const { sender, receiver } = interchange;
  return [
    ...(sender === hand.hub ? [] : [`It is from ${sender}, not from ${hand.hub}.`]),
    ...(receiver === hand.me ? [] : [`It is for ${receiver}, not for ${hand.me}.`]),
  ];
}

const faultEvent = (message: string, number: string, text: string): DeskEvent => ({
  what: 'fault',
  message,
  number,
  text,
});
