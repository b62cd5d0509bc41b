/**
 * Everything a person can ask of a running hub, as plain functions: the API and the command line
 * are thin layers over these. Lists are paged; nothing here returns a secret.
 */
import { HubError } from '../model/errors.ts';
import type {
  ApiKeyRow,
  DeliveryRow,
  DocumentRow,
  EventRow,
  FindingRow,
  LifecycleRow,
  MessageRow,
  Page,
  PartRow,
  TransferRow,
} from '../model/rows.ts';
import type { Store } from '../model/store.ts';
import { heldAnswers } from './held-answers.ts';
import type { Hub } from './hub.ts';
import type { Parts } from './parts.ts';
import { reissue } from './reissue.ts';

export interface Status {
  readonly counts: Awaited<ReturnType<Store['counts']>>;
  readonly connectors: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly mode: string;
    readonly receiving: boolean;
  }[];
}

export interface Replayed {
  readonly messages: number;
  readonly documents: number;
  readonly recheck: boolean;
}

/** What reload found: the faults are told, and the configuration in force stays when there are any. */
export interface Reloaded {
  readonly applied: boolean;
  readonly connectors: number;
  readonly faults: readonly string[];
}

type Query<K extends keyof Store> = Store[K] extends (request: infer R) => unknown ? R : never;

export interface Operations {
  status(): Promise<Status>;
  transfers(query: Query<'transfers'>): Promise<Page<TransferRow>>;
  transfer(id: string): Promise<TransferRow>;
  part(transfer: string, index: number): Promise<PartRow>;
  bytes(digest: string): AsyncIterable<Uint8Array>;
  messages(query: Query<'messages'>): Promise<Page<MessageRow>>;
  documents(query: Query<'documents'>): Promise<Page<DocumentRow>>;
  document(id: string): Promise<DocumentRow>;
  deliveries(query: Query<'deliveries'>): Promise<Page<DeliveryRow>>;
  delivery(id: string): Promise<DeliveryRow>;
  findings(query: Query<'findings'>): Promise<Page<FindingRow>>;
  events(query: Query<'events'>): Promise<Page<EventRow>>;
  lifecycles(query: Query<'lifecycles'>): Promise<Page<LifecycleRow>>;
  /** The same bytes under the same numbers again. */
  resend(delivery: string): Promise<DeliveryRow>;
  cancel(delivery: string): Promise<DeliveryRow>;
  /** What a partner rejected, written anew from its document under new numbers. */
  reissue(delivery: string): Promise<DeliveryRow>;
  replay(transfer: string): Promise<Replayed>;
  reload(): Promise<Reloaded>;
  keys(): Promise<readonly Omit<ApiKeyRow, 'hash'>[]>;
}

export function operations(parts: Parts, hub: Hub, reload: () => Promise<Reloaded>): Operations {
  const { store } = parts;
  return {
    status: () => status(parts, hub),
    transfers: (query) => store.transfers(query),
    transfer: (id) => found('transfer', id, store.transfer(id)),
    part: (transfer, index) => part(store, transfer, index),
    bytes: (digest) => store.bytes(digest),
    messages: (query) => store.messages(query),
    documents: (query) => store.documents(query),
    document: (id) => found('document', id, store.document(id)),
    deliveries: (query) => store.deliveries(query),
    delivery: (id) => found('delivery', id, store.delivery(id)),
    findings: (query) => store.findings(query),
    events: (query) => store.events(query),
    lifecycles: (query) => store.lifecycles(query),
    resend: (id) => control(parts, hub, id, 'resend'),
    cancel: (id) => control(parts, hub, id, 'cancel'),
    reissue: (id) => writeAnew(parts, hub, id),
    replay: (id) => replay(parts, hub, id),
    reload,
    keys: async () => (await store.apiKeys()).map(({ hash: _hash, ...key }) => key),
  };
}

async function status(parts: Parts, hub: Hub): Promise<Status> {
  const receiving = new Set(hub.receiving());
  return {
    counts: await parts.store.counts(),
    connectors: parts.setup().connectors.map(({ id, name, role, mode }) => ({
      id,
      name,
      role,
      mode,
      receiving: receiving.has(id),
    })),
  };
}

async function found<T>(what: string, id: string, row: Promise<T | undefined>): Promise<T> {
  const value = await row;
  if (value === undefined) throw new HubError('not-found', `There is no ${what} ${id}.`);
  return value;
}

async function part(store: Store, transfer: string, index: number): Promise<PartRow> {
  const { parts } = await found('transfer', transfer, store.transfer(transfer));
  return found('part', `${index} of transfer ${transfer}`, Promise.resolve(parts[index]));
}

async function control(
  parts: Parts,
  hub: Hub,
  id: string,
  what: 'resend' | 'cancel',
): Promise<DeliveryRow> {
  const before = await found('delivery', id, parts.store.delivery(id));
  await parts.store[what](id, parts.clock.now());
  hub.wake('deliver', before.connector);
  return found('delivery', id, parts.store.delivery(id));
}

async function writeAnew(parts: Parts, hub: Hub, id: string): Promise<DeliveryRow> {
  const made = await reissue(parts, await found('delivery', id, parts.store.delivery(id)));
  const row = await found('delivery', made, parts.store.delivery(made));
  hub.wake('deliver', row.connector);
  return row;
}

async function replay(parts: Parts, hub: Hub, id: string): Promise<Replayed> {
  const transfer = await found('transfer', id, parts.store.transfer(id));
  const answers = await heldAnswers(parts, transfer);
  const replayed = await parts.store.replay(id, parts.clock.now(), answers);
  for (const { delivery } of answers) hub.wake('deliver', delivery.connector);
  if (replayed.recheck) hub.wake('check', id);
  else {
    hub.wake('release', id);
    hub.wake('route', id);
  }
  return replayed;
}
