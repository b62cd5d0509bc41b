/**
 * Route and write: each new document of a transfer gets its deliveries, or a visible reason why
 * it has none. Payloads, outbound messages and deliveries are stored in one unit.
 */
import type { Document } from '../documents/document.ts';
import type { Dispatch, NewDelivery } from '../model/delivery.ts';
import { HubError } from '../model/errors.ts';
import { type Finding, isError } from '../model/finding.ts';
import { messageKey } from '../model/message.ts';
import type { DocumentRow } from '../model/rows.ts';
import { contextConnector } from './context.ts';
import { foldLeftBehind } from './fold.ts';
import type { Parts, Setup } from './parts.ts';
import { proofread } from './proofread.ts';
import { orderNumberOf } from './references.ts';
import { backTo, type Destination, type Routing, route } from './route.ts';
import { type Outgoing, planDelivery } from './write.ts';

const BATCH = 50;

/** Routes what a transfer's release made, and wakes the deliveries. */
export async function dispatch(parts: Parts, transfer: string): Promise<void> {
  for (;;) {
    const documents = await parts.store.newDocuments(transfer, BATCH);
    if (documents.length === 0) return;
    const dispatches: Dispatch[] = [];
    for (const row of documents) {
      dispatches.push(await dispatchOne(parts, row, () => JSON.parse(row.body)));
    }
    await store(parts, dispatches);
    const connectors = dispatches.flatMap(({ deliveries }) =>
      deliveries.map((made) => made.connector),
    );
    for (const connector of new Set(connectors)) parts.queue.wake('deliver', connector);
    if (documents.length < BATCH) return;
  }
}

/** All in one unit; where one cannot be encoded, each by itself, and that one is held. */
async function store(parts: Parts, dispatches: readonly Dispatch[]): Promise<void> {
  try {
    await parts.store.dispatch(dispatches);
  } catch (error) {
    if (!(error instanceof HubError) || error.retry !== 'permanent') throw error;
    if (dispatches.length === 1 && dispatches[0] !== undefined) {
      await parts.store.dispatch([held(dispatches[0], [cannotWrite(error)])]);
      return;
    }
    for (const one of dispatches) await store(parts, [one]);
  }
}

const held = (dispatched: Dispatch, findings: readonly Finding[]): Dispatch => ({
  ...dispatched,
  state: 'held',
  findings: [...dispatched.findings, ...findings],
  deliveries: [],
});

/** What is to be known of a document to find its destinations. */
export type Routed = Pick<
  DocumentRow,
  'id' | 'partner' | 'isTest' | 'isOurs' | 'made' | 'transfer' | 'connector' | 'at'
>;

/** Routes one document and writes it for each destination. Never throws. */
export async function dispatchOne(
  parts: Parts,
  row: Routed,
  read: () => Document,
): Promise<Dispatch> {
  const empty = { document: row.id, at: parts.clock.now(), findings: [], deliveries: [] };
  try {
    const document = read();
    const routing = destinationsOf(parts.setup(), row, document);
    if (routing.destinations.length === 0) {
      const state = routing.isDeclined === true ? 'routed' : 'unrouted';
      return { ...empty, state, findings: routing.findings };
    }
    const written = await Promise.all(
      routing.destinations.map((destination) => writeOne(parts, row, document, destination)),
    );
    const findings = written.flatMap((one) => one.findings);
    if (findings.some(isError)) return { ...empty, state: 'held', findings };
    const deliveries = written.flatMap((one) => (one.delivery === undefined ? [] : [one.delivery]));
    return { ...empty, state: 'routed', findings, deliveries };
  } catch (error) {
    return { ...empty, state: 'held', findings: [cannotWrite(error)] };
  }
}

/** Throws Error where the connector that brought the document is gone. */
export function destinationsOf(setup: Setup, row: Routed, document: Document): Routing {
  const from = setup.connector(row.connector);
  if (from === undefined) throw new Error(`There is no connector "${row.connector}" any more.`);
  const sender = setup.connector(row.partner ?? '') ?? from;
  if (row.isOurs) return backTo(setup, sender, document, row.made['answers'] ?? '');
  return route(setup, document, from.role === 'erp' ? from : sender, row.isTest);
}

/** No delivery where an error stands in its way. */
export async function writeOne(
  parts: Parts,
  row: Routed,
  document: Document,
  { partner, agreement }: Destination,
): Promise<{ readonly findings: readonly Finding[]; readonly delivery?: NewDelivery }> {
  const setup = parts.setup();
  const mapping = setup.mappings.get(agreement.mapping);
  const trader = setup.connector(row.partner ?? '') ?? partner;
  const order = await orderOf(parts, document, row.partner);
  const written = mapping.write(document, {
    connector: contextConnector(setup, partner),
    partner: contextConnector(setup, trader),
    agreement: agreement.values,
    ...(order === undefined ? {} : { order }),
    now: row.at,
    zone: partner.zone,
  });
  const { content } = written;
  const findings = foldLeftBehind(written.findings, messageKey(agreement.message));
  if (findings.some(isError)) return { findings };
  const outgoing: Outgoing = {
    id: parts.makeId(),
    partner,
    type: agreement.message,
    content,
    kind: 'document',
    isTest: row.isTest || (agreement.mode ?? partner.mode) === 'test',
    agreement,
    like: undefined,
    document: row.id,
    transfer: row.transfer,
    reply: false,
  };
  const delivery = planDelivery(parts, outgoing);
  const faults = proofread(parts, outgoing, delivery);
  return faults.length > 0 ? { findings: [...findings, ...faults] } : { findings, delivery };
}

/** The order that a response, shipment or invoice is about, as it came in. */
async function orderOf(
  parts: Parts,
  document: Document,
  partner: string | undefined,
): Promise<Document | undefined> {
  const number = document.document === 'order' ? undefined : orderNumberOf(document);
  if (number === undefined) return undefined;
  const found = await parts.store.findDocument('order', number, partner);
  return found === undefined ? undefined : (JSON.parse(found.body) as Document);
}

function cannotWrite(error: unknown): Finding {
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: 'cannot-write',
    severity: 'error',
    fault: 'mapping',
    place: { path: 'document' },
    text: `The document could not be written: ${text} Mend it and replay the transfer.`,
  };
}
