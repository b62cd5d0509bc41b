/** Small, valid pieces of a store's work; a case says only what it is about. */

import type {
  ClaimRequest,
  CounterKey,
  NewDelivery,
  NewOutboundMessage,
  Settlement,
} from '../../src/model/delivery.ts';
import type { InterchangeEnvelope } from '../../src/model/envelope.ts';
import type { Finding } from '../../src/model/finding.ts';
import type {
  CheckedInterchange,
  CheckedMessage,
  NewDocument,
  Verdict,
} from '../../src/model/store.ts';
import type { MakeId } from '../../src/model/time.ts';

/** Minutes after the beginning of all cases. */
export const at = (minutes: number): string =>
  new Date(Date.UTC(2026, 2, 1, 8, 0, 0) + minutes * 60_000).toISOString();

export function ids(): MakeId {
  let count = 0;
  return () => {
    count += 1;
    return String(count).padStart(26, '0');
  };
}

/** A body that begins with `text`, in pieces as a socket would bring it. */
export async function* payload(text: string, size = text.length): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text.padEnd(size, '.'));
  for (let start = 0; start < bytes.length; start += 65536) {
    yield bytes.subarray(start, start + 65536);
  }
}

export const envelope = (given: Partial<InterchangeEnvelope> = {}): InterchangeEnvelope => ({
  standard: 'x12',
  control: '000000001',
  sender: { qualifier: 'ZZ', id: 'ACME' },
  receiver: { qualifier: 'ZZ', id: 'US' },
  preparedAt: '260301 0800',
  isTest: false,
  wantsAcknowledgement: false,
  syntax: {
    version: '00401',
    charset: 'latin1',
    element: '*',
    component: '>',
    terminator: '~',
    decimalMark: '.',
  },
  start: 0,
  ...given,
});

export const interchange = (given: Partial<CheckedInterchange> = {}): CheckedInterchange => ({
  index: 0,
  part: 0,
  envelope: envelope(),
  end: 100,
  state: 'accepted',
  isTest: false,
  partner: 'acme',
  messages: 1,
  findings: [],
  groups: [],
  ...given,
});

export const checked = (index: number, given: Partial<CheckedMessage> = {}): CheckedMessage => ({
  index,
  part: 0,
  interchange: 0,
  group: -1,
  message: 'x12/004010/850',
  association: undefined,
  control: String(index + 1).padStart(4, '0'),
  start: index * 10,
  end: index * 10 + 10,
  partner: 'acme',
  mapping: 'x12/004010/850',
  state: 'accepted',
  findings: [],
  ...given,
});

export const verdict = (transfer: string, given: Partial<Verdict> = {}): Verdict => ({
  transfer,
  at: at(1),
  state: 'checked',
  reason: undefined,
  isTest: false,
  interchanges: [interchange()],
  messages: [],
  overruled: [],
  numbers: [],
  findings: [],
  acknowledgements: [],
  answers: [],
  ...given,
});

export const finding = (text: string): Finding => ({
  code: 'segment-bad',
  severity: 'error',
  fault: 'partner',
  place: { path: 'ST 0001 / PO1[3]', segment: 4, start: 17, end: 21 },
  text,
  value: 'PX1',
});

export const document = (id: string, given: Partial<NewDocument> = {}): NewDocument => ({
  id,
  kind: 'order',
  number: '4711',
  partner: 'acme',
  isTest: false,
  body: '{"document":"order"}',
  made: { mapping: 'abc' },
  references: [],
  ...given,
});

export const counter = (given: Partial<CounterKey> = {}): CounterKey => ({
  standard: 'x12',
  us: 'ZZ:US',
  them: 'ZZ:ACME',
  isTest: false,
  level: 'interchange',
  max: 999999999,
  ...given,
});

export const outbound = (given: Partial<NewOutboundMessage> = {}): NewOutboundMessage => ({
  message: 'x12/004010/810',
  standard: 'x12',
  interchange: '000000001',
  group: '1',
  control: '0001',
  state: 'awaited',
  dueAt: undefined,
  ...given,
});

/** A delivery whose payload is its id and numbers. */
export const delivery = (
  id: string,
  given: Partial<NewDelivery> & { readonly messages?: readonly NewOutboundMessage[] } = {},
): NewDelivery => {
  const { messages = [outbound({ state: 'none' })], ...rest } = given;
  return {
    id,
    partner: 'acme',
    connector: 'acme',
    transport: 'directory',
    isTest: false,
    kind: 'document',
    serial: false,
    messageType: 'x12/004010/810',
    contentType: 'application/edi-x12',
    document: undefined,
    transfer: undefined,
    numbers: [counter()],
    write: (numbers) => ({
      bytes: Buffer.from(`${id} ${numbers.join(' ')}`),
      fileName: `810-${numbers.join('-')}.x12`,
      messages,
      findings: [],
    }),
    ...rest,
  };
};

export const claimRequest = (given: Partial<ClaimRequest> = {}): ClaimRequest => ({
  connector: 'acme',
  now: at(10),
  leaseUntil: at(20),
  limit: 10,
  concurrency: 10,
  serial: false,
  repeat: 'safe',
  ...given,
});

export const sent = {
  state: 'sent',
  text: '200 OK',
  remoteId: undefined,
  answer: undefined,
} as const satisfies Settlement;
