/**
 * The API's contract: each operation once. The served OpenAPI document, the checks of requests and
 * the routes all derive from this table.
 */
import Type, { type TSchema } from 'typebox';
import type { Operations } from '../hub/operations.ts';
import type { Role } from './keys.ts';

export interface Call {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
}

export interface ApiOperation {
  readonly id: string;
  readonly method: 'get' | 'post';
  /** With parameters as `{id}`. */
  readonly path: string;
  readonly role: Role;
  readonly summary: string;
  readonly query: Readonly<Record<string, TSchema>>;
  readonly answer: TSchema;
  readonly run: (operations: Operations, call: Call) => Promise<unknown>;
}

const row = (title: string, description: string): TSchema =>
  Type.Object({}, { title, description, additionalProperties: true });

const page = (item: TSchema): TSchema =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: 'Give it back as `after` for the next page.' })),
  });

const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  after: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
};

const word = (description: string, example: string): TSchema =>
  Type.Optional(Type.String({ description, examples: [example], maxLength: 200 }));

const transfer = row('Transfer', 'One arrival: its parts, key, headers and state.');
const message = row('Message', 'One message of a transfer, and what became of it.');
const document = row('Document', 'One canonical document; `body` is the document itself as JSON.');
const delivery = row('Delivery', 'One payload to one destination, with its attempts and messages.');
const finding = row('Finding', 'A fault or remark about data: code, severity, place, text.');
const event = row('Event', 'One change of one state.');
const lifecycle = row('Lifecycle', 'Where one order stands: its documents in order of time.');

/** Joins the checked query with its paging. */
const paged = <T extends object>(call: Call): T =>
  ({ after: undefined, ...call.query, limit: call.query['limit'] ?? 50 }) as unknown as T;

const id = (call: Call): string => call.path['id'] ?? '';

export const contract: readonly ApiOperation[] = [
  {
    id: 'status',
    method: 'get',
    path: '/v1/status',
    role: 'read',
    summary: 'Counts by state, and the connectors in force.',
    query: {},
    answer: row('Status', 'Counts and connectors.'),
    run: (operations) => operations.status(),
  },
  {
    id: 'listTransfers',
    method: 'get',
    path: '/v1/transfers',
    role: 'read',
    summary: 'What arrived, newest first.',
    query: {
      ...paging,
      state: word('received, checked, released or quarantined', 'quarantined'),
      connector: word('Who brought it', 'acme'),
    },
    answer: page(transfer),
    run: (operations, call) => operations.transfers(paged(call)),
  },
  {
    id: 'getTransfer',
    method: 'get',
    path: '/v1/transfers/{id}',
    role: 'read',
    summary: 'One transfer.',
    query: {},
    answer: transfer,
    run: (operations, call) => operations.transfer(id(call)),
  },
  {
    id: 'replayTransfer',
    method: 'post',
    path: '/v1/transfers/{id}/replay',
    role: 'admin',
    summary: 'Puts its held, rejected, quarantined or unrouted messages back to work after a fix.',
    query: {},
    answer: row('Replayed', 'How many messages and documents were put back.'),
    run: (operations, call) => operations.replay(id(call)),
  },
  {
    id: 'listMessages',
    method: 'get',
    path: '/v1/messages',
    role: 'read',
    summary: 'Messages of the transfers, newest first.',
    query: {
      ...paging,
      transfer: word('Of one transfer', '01K…'),
      state: word('accepted, rejected, held, released or unrouted', 'held'),
    },
    answer: page(message),
    run: (operations, call) => operations.messages(paged(call)),
  },
  {
    id: 'listDocuments',
    method: 'get',
    path: '/v1/documents',
    role: 'read',
    summary: 'Canonical documents, newest first.',
    query: {
      ...paging,
      kind: word('order, orderResponse, despatchAdvice, invoice, remittanceAdvice', 'order'),
      number: word('The number its sender gave it', '4711'),
      partner: word('The partner it is from or for', 'acme'),
    },
    answer: page(document),
    run: (operations, call) => operations.documents(paged(call)),
  },
  {
    id: 'getDocument',
    method: 'get',
    path: '/v1/documents/{id}',
    role: 'read',
    summary: 'One canonical document.',
    query: {},
    answer: document,
    run: (operations, call) => operations.document(id(call)),
  },
  {
    id: 'listDeliveries',
    method: 'get',
    path: '/v1/deliveries',
    role: 'read',
    summary: 'Deliveries, newest first; `state=failed` are the dead letters.',
    query: {
      ...paging,
      state: word('queued, sending, sent, failed or cancelled', 'failed'),
      connector: word('Who it goes to', 'erp'),
      transfer: word('What came of one transfer', '01K…'),
      document: word('What carries one document', '01K…'),
    },
    answer: page(delivery),
    run: (operations, call) => operations.deliveries(paged(call)),
  },
  {
    id: 'getDelivery',
    method: 'get',
    path: '/v1/deliveries/{id}',
    role: 'read',
    summary: 'One delivery with its attempts and outbound messages.',
    query: {},
    answer: delivery,
    run: (operations, call) => operations.delivery(id(call)),
  },
  {
    id: 'resendDelivery',
    method: 'post',
    path: '/v1/deliveries/{id}/resend',
    role: 'admin',
    summary: 'Sends the same bytes under the same control numbers again.',
    query: {},
    answer: delivery,
    run: (operations, call) => operations.resend(id(call)),
  },
  {
    id: 'cancelDelivery',
    method: 'post',
    path: '/v1/deliveries/{id}/cancel',
    role: 'admin',
    summary: 'Gives a waiting or failed delivery up; its control numbers stay used.',
    query: {},
    answer: delivery,
    run: (operations, call) => operations.cancel(id(call)),
  },
  {
    id: 'listFindings',
    method: 'get',
    path: '/v1/findings',
    role: 'read',
    summary: 'Faults and remarks about data, newest first.',
    query: {
      ...paging,
      transfer: word('Of one transfer', '01K…'),
      delivery: word('Of one delivery', '01K…'),
      document: word('Of one document', '01K…'),
      code: word('One code of the catalogue', 'duplicate'),
    },
    answer: page(finding),
    run: (operations, call) => operations.findings(paged(call)),
  },
  {
    id: 'listEvents',
    method: 'get',
    path: '/v1/events',
    role: 'read',
    summary: 'Every change of state, newest first.',
    query: { ...paging, subject: word('Of one transfer, message, document or delivery', '01K…') },
    answer: page(event),
    run: (operations, call) => operations.events(paged(call)),
  },
  {
    id: 'listLifecycles',
    method: 'get',
    path: '/v1/lifecycles',
    role: 'read',
    summary: 'Where each order stands: order, response, shipment, invoice, payment.',
    query: {
      ...paging,
      partner: word('Orders of one partner', 'acme'),
      order: word('One order number', '4711'),
    },
    answer: page(lifecycle),
    run: (operations, call) => operations.lifecycles(paged(call)),
  },
  {
    id: 'reload',
    method: 'post',
    path: '/v1/reload',
    role: 'admin',
    summary: 'Reads the configuration, connectors and mappings again; with faults nothing changes.',
    query: {},
    answer: row('Reloaded', 'Whether it was applied, and every fault with file and line.'),
    run: (operations) => operations.reload(),
  },
  {
    id: 'listKeys',
    method: 'get',
    path: '/v1/keys',
    role: 'admin',
    summary: 'API keys by name and role; never the keys themselves.',
    query: {},
    answer: Type.Array(row('Key', 'Name, role and when it was made.')),
    run: (operations) => operations.keys(),
  },
];
