/**
 * The API's contract: each operation once. The served OpenAPI document, the checks of requests and
 * the routes all derive from this table.
 */
import Type, { type TSchema } from 'typebox';
import { documentSchemas } from '../documents/registry.ts';
import type { Operations } from '../hub/operations.ts';
import type { DocumentRow } from '../model/rows.ts';
import * as answers from './answers.ts';
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

const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  after: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
};

const word = (description: string, example: string): TSchema =>
  Type.Optional(Type.String({ description, examples: [example], maxLength: 200 }));

/** The exact bytes that came or went. */
export interface Download extends Omit<ApiOperation, 'method' | 'query' | 'answer' | 'run'> {
  /** Digest of the bytes. */
  readonly find: (operations: Operations, call: Call) => Promise<string>;
}

const state = (words: readonly string[]): TSchema =>
  Type.Optional(answers.oneOf(words, 'Only in this state.'));

/** The document as an object, not as text. */
const withDocument = ({ body, ...row }: DocumentRow): object => ({
  ...row,
  document: JSON.parse(body) as unknown,
});

const withoutDocument = ({ body: _body, ...row }: DocumentRow): object => row;

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
    answer: answers.status,
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
      state: state(answers.transferStates),
      connector: word('Who brought it', 'acme'),
    },
    answer: answers.pageOf(answers.transfer),
    run: (operations, call) => operations.transfers(paged(call)),
  },
  {
    id: 'getTransfer',
    method: 'get',
    path: '/v1/transfers/{id}',
    role: 'read',
    summary: 'One transfer.',
    query: {},
    answer: answers.transfer,
    run: (operations, call) => operations.transfer(id(call)),
  },
  {
    id: 'replayTransfer',
    method: 'post',
    path: '/v1/transfers/{id}/replay',
    role: 'admin',
    summary: 'Puts its held, rejected, quarantined or unrouted messages back to work after a fix.',
    query: {},
    answer: answers.replayed,
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
      state: state(answers.messageStates),
    },
    answer: answers.pageOf(answers.message),
    run: (operations, call) => operations.messages(paged(call)),
  },
  {
    id: 'listDocuments',
    method: 'get',
    path: '/v1/documents',
    role: 'read',
    summary: 'Canonical documents, newest first; the content of one is asked for by its id.',
    query: {
      ...paging,
      kind: Type.Optional(answers.oneOf(Object.keys(documentSchemas), 'Only of this kind.')),
      number: word('The number its sender gave it', '4711'),
      partner: word('The partner it is from or for', 'acme'),
    },
    answer: answers.pageOf(answers.documentRow),
    run: async (operations, call) => {
      const page = await operations.documents(paged(call));
      return { ...page, items: page.items.map(withoutDocument) };
    },
  },
  {
    id: 'getDocument',
    method: 'get',
    path: '/v1/documents/{id}',
    role: 'read',
    summary: 'One canonical document with its content.',
    query: {},
    answer: answers.document,
    run: async (operations, call) => withDocument(await operations.document(id(call))),
  },
  {
    id: 'listDeliveries',
    method: 'get',
    path: '/v1/deliveries',
    role: 'read',
    summary: 'Deliveries, newest first; `state=failed` are the dead letters.',
    query: {
      ...paging,
      state: state(answers.deliveryStates),
      connector: word('Who it goes to', 'erp'),
      transfer: word('What came of one transfer', '01K…'),
      document: word('What carries one document', '01K…'),
      answer: Type.Optional(
        answers.oneOf(
          ['rejected', 'overdue'],
          'Only with a message that the other side rejected, or has not answered in time.',
        ),
      ),
    },
    answer: answers.pageOf(answers.delivery),
    run: (operations, call) => operations.deliveries(paged(call)),
  },
  {
    id: 'getDelivery',
    method: 'get',
    path: '/v1/deliveries/{id}',
    role: 'read',
    summary: 'One delivery with its attempts, its outbound messages, and what was found about it.',
    query: {},
    answer: answers.deliveryWithFindings,
    run: async (operations, call) => {
      const delivery = id(call);
      const row = await operations.delivery(delivery);
      const page = { limit: 100, after: undefined };
      const { items } = await operations.findings({ ...page, delivery });
      return { ...row, findings: items };
    },
  },
  {
    id: 'resendDelivery',
    method: 'post',
    path: '/v1/deliveries/{id}/resend',
    role: 'admin',
    summary: 'Sends the same bytes under the same control numbers again.',
    query: {},
    answer: answers.delivery,
    run: (operations, call) => operations.resend(id(call)),
  },
  {
    id: 'cancelDelivery',
    method: 'post',
    path: '/v1/deliveries/{id}/cancel',
    role: 'admin',
    summary: 'Gives a waiting or failed delivery up; its control numbers stay used.',
    query: {},
    answer: answers.delivery,
    run: (operations, call) => operations.cancel(id(call)),
  },
  {
    id: 'reissueDelivery',
    method: 'post',
    path: '/v1/deliveries/{id}/reissue',
    role: 'admin',
    summary:
      'Writes what its partner rejected anew, from its document with the mapping as it is now and ' +
      'new control numbers; answers with the new delivery.',
    query: {},
    answer: answers.delivery,
    run: (operations, call) => operations.reissue(id(call)),
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
    answer: answers.pageOf(answers.finding),
    run: (operations, call) => operations.findings(paged(call)),
  },
  {
    id: 'listEvents',
    method: 'get',
    path: '/v1/events',
    role: 'read',
    summary: 'Every change of state, newest first.',
    query: { ...paging, subject: word('Of one transfer, message, document or delivery', '01K…') },
    answer: answers.pageOf(answers.event),
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
    answer: answers.pageOf(answers.lifecycle),
    run: (operations, call) => operations.lifecycles(paged(call)),
  },
  {
    id: 'reload',
    method: 'post',
    path: '/v1/reload',
    role: 'admin',
    summary: 'Reads the configuration, connectors and mappings again; with faults nothing changes.',
    query: {},
    answer: answers.reloaded,
    run: (operations) => operations.reload(),
  },
  {
    id: 'listKeys',
    method: 'get',
    path: '/v1/keys',
    role: 'admin',
    summary: 'API keys by name and role; never the keys themselves.',
    query: {},
    answer: Type.Array(answers.key),
    run: (operations) => operations.keys(),
  },
];

export const downloads: readonly Download[] = [
  {
    id: 'downloadPart',
    path: '/v1/transfers/{id}/parts/{index}',
    role: 'read',
    summary: 'The bytes of one part of a transfer, exactly as they came.',
    find: async (operations, call) =>
      (await operations.part(id(call), Number(call.path['index']))).digest,
  },
  {
    id: 'downloadPayload',
    path: '/v1/deliveries/{id}/payload',
    role: 'read',
    summary: 'The bytes of a delivery, exactly as they go out.',
    find: async (operations, call) => (await operations.delivery(id(call))).digest,
  },
];
