/**
 * Release: accepted messages become canonical documents, in small transactions. The checkpoint is
 * each message's own state, so a crash resumes there and doing a message again changes nothing.
 */
import type { Document } from '../documents/document.ts';
import { validateDocument } from '../documents/registry.ts';
import type { MappingContext } from '../mappings/mapping.ts';
import type { Answer } from '../model/answer.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { Message, MessageType } from '../model/message.ts';
import type { AcceptedMessage, NewDocument, Release } from '../model/store.ts';
import { checkMessage } from '../standards/check.ts';
import type { PlacedNode } from '../standards/definition.ts';
import { typeOf } from './check.ts';
import { contextConnector } from './context.ts';
import { dispatch } from './dispatch.ts';
import { foldLeftBehind } from './fold.ts';
import { agreementFor } from './identity.ts';
import { codecOf, type Parts } from './parts.ts';
import { readResponses } from './read-responses.ts';
import { documentNumber, lifecycleReferences, orderNumberOf } from './references.ts';
import { responseTo } from './respond.ts';
import { named } from './route.ts';
import { tolerated } from './tolerated.ts';

const BATCH = 50;

/**
 * Releases what is left of a transfer and wakes its routing. What a connector with `order: serial`
 * sent is released and routed in the order of its arrival: an 860 never overtakes its 850.
 */
export async function release(parts: Parts, transfer: string): Promise<void> {
  const row = await parts.store.transfer(transfer);
  // Nothing leaves before the verdict.
  if (row === undefined || row.state !== 'checked') return;
  const isSerial = parts.setup().connector(row.connector)?.order === 'serial';
  if (!isSerial) {
    await releaseAll(parts, transfer);
    parts.queue.wake('route', transfer);
    return;
  }
  // Only the first in line; whoever is released before wakes the next.
  if ((await parts.store.firstUnreleased(row.connector)) !== transfer) return;
  await releaseAll(parts, transfer);
  await dispatch(parts, transfer);
  const next = await parts.store.firstUnreleased(row.connector);
  if (next !== undefined) parts.queue.wake('release', next);
}

async function releaseAll(parts: Parts, transfer: string): Promise<void> {
  for (;;) {
    const batch = await parts.store.acceptedMessages(transfer, BATCH);
    const messages: Release['messages'][number][] = [];
    for (const message of batch) messages.push(await releaseOne(parts, message));
    const last = batch.length < BATCH;
    parts.faultPoint('release');
    await parts.store.release({ transfer, at: parts.clock.now(), messages, last });
    parts.faultPoint('release');
    if (last) return;
  }
}

async function releaseOne(
  parts: Parts,
  accepted: AcceptedMessage,
): Promise<Release['messages'][number]> {
  const read = await whole(parts, accepted).then(
    (bytes) => readMessage(parts, accepted, () => decodeAgain(parts, accepted, bytes)),
    unread,
  );
  return released(parts, accepted, read);
}

/** What a mapping read; without a document there is a finding that says why. */
export interface Read {
  readonly document: Document | undefined;
  readonly findings: readonly Finding[];
  /** As far as it could be read, where it is not to be used. */
  readonly faulty?: Document;
}

interface Decoded {
  readonly message: Message;
  readonly placed: PlacedNode | undefined;
}

/** A message mapped, and held to its document's schema. Never throws. */
export function readMessage(parts: Parts, accepted: AcceptedMessage, decode: () => Decoded): Read {
  try {
    const name = mappingOf(parts, accepted);
    if (name === undefined) throw notAgreed(accepted);
    const mapping = parts.setup().mappings.get(name);
    const { message, placed } = decode();
    const read = mapping.read(message, placed, contextOf(parts, accepted));
    const partner = parts.setup().connector(accepted.partner ?? accepted.connector);
    const told = tolerated(read.findings, partner);
    const faults = told.some(isError) ? [] : schemaFindings(read.document);
    const findings = [...told, ...faults];
    if (!findings.some(isError)) return { document: read.document, findings };
    return { document: undefined, findings, faulty: read.document };
  } catch (error) {
    return unread(error);
  }
}

const unread = (error: unknown): Read => ({ document: undefined, findings: [broken(error)] });

/** What is to be stored of a message that was read. */
export async function released(
  parts: Parts,
  accepted: AcceptedMessage,
  read: Read,
): Promise<Release['messages'][number]> {
  const { index } = accepted;
  const findings = foldLeftBehind(read.findings, accepted.message);
  if (read.document === undefined) {
    const failed = { document: read.faulty, findings };
    const response = responseTo(parts, accepted, failed);
    return { index, state: 'held', findings, document: undefined, response };
  }
  try {
    const document = await newDocument(parts, accepted, read.document);
    const answers = answersIn(parts, accepted, read.document);
    return { index, state: 'released', findings, document, answers };
  } catch (error) {
    return { index, state: 'held', findings: [broken(error)], document: undefined };
  }
}

/** What a partner's application response says of what we sent. */
function answersIn(parts: Parts, accepted: AcceptedMessage, document: Document): readonly Answer[] {
  const partner = parts.setup().connector(accepted.partner ?? accepted.connector);
  const isTheirs = document.document === 'applicationResponse' && partner?.role === 'partner';
  return isTheirs ? readResponses(document, accepted, partner) : [];
}

/** From its own bytes. */
function decodeAgain(parts: Parts, accepted: AcceptedMessage, bytes: Uint8Array): Decoded {
  const codec = codecOf(parts.codecs, accepted.message);
  if (codec === undefined || accepted.envelope === undefined) throw notAgreed(accepted);
  const type = messageType(accepted);
  const place = { type, control: accepted.control, index: accepted.index, start: accepted.start };
  const message = codec.message(bytes, place, accepted.envelope.syntax, parts.limits);
  const definition = parts.setup().standards.find(type)?.definition;
  return {
    message,
    placed: definition === undefined ? undefined : checkMessage(message, definition).root,
  };
}

const notAgreed = ({ message }: AcceptedMessage): Error =>
  new Error(`there is no inbound agreement for ${message}.`);

/** As agreed now, so that a replay follows a mended agreement; else as agreed at the check. */
function mappingOf(parts: Parts, accepted: AcceptedMessage): string | undefined {
  const partner = parts.setup().connector(accepted.partner ?? accepted.connector);
  const agreement = agreementFor(partner?.inbound ?? [], messageType(accepted));
  return agreement?.mapping ?? accepted.mapping;
}

function messageType(accepted: AcceptedMessage): MessageType {
  const type = typeOf(accepted.message);
  if (type === undefined) throw new Error(`"${accepted.message}" is no message key`);
  return accepted.association === undefined ? type : { ...type, association: accepted.association };
}

async function whole(parts: Parts, { digest, start, end }: AcceptedMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of parts.store.bytes(digest, { start, end })) chunks.push(chunk);
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}

/** The time is the arrival's, so that the result can be made again. */
function contextOf(parts: Parts, accepted: AcceptedMessage): MappingContext {
  const setup = parts.setup();
  const connector = setup.connector(accepted.connector);
  const partner = setup.connector(accepted.partner ?? accepted.connector);
  const agreement = agreementFor(partner?.inbound ?? [], messageType(accepted));
  return {
    ...(accepted.envelope === undefined ? {} : { envelope: accepted.envelope }),
    ...(accepted.group === undefined ? {} : { group: accepted.group }),
    ...(connector === undefined ? {} : { connector: contextConnector(setup, connector) }),
    ...(partner === undefined ? {} : { partner: contextConnector(setup, partner) }),
    agreement: agreement?.values ?? {},
    now: accepted.receivedAt,
    zone: partner?.zone ?? 'UTC',
  };
}

async function newDocument(
  parts: Parts,
  accepted: AcceptedMessage,
  document: Document,
): Promise<NewDocument> {
  const setup = parts.setup();
  const sender = setup.connector(accepted.partner ?? accepted.connector);
  const partner = sender?.role === 'erp' ? named(setup, document)?.id : accepted.partner;
  const name = mappingOf(parts, accepted);
  const mapping = name === undefined ? undefined : setup.mappings.get(name);
  return {
    id: parts.makeId(),
    kind: document.document,
    number: documentNumber(document),
    partner,
    isTest: await isTestTraffic(parts, accepted, document, partner),
    body: JSON.stringify(document),
    made: { ...mapping?.digests, connector: setup.digest(accepted.connector) },
    references: partner === undefined ? [] : lifecycleReferences(document, partner),
  };
}

/** As its envelope, who sent it and who brought it say, or as the order that it answers was. */
async function isTestTraffic(
  parts: Parts,
  { envelope, partner, connector }: AcceptedMessage,
  document: Document,
  of: string | undefined,
): Promise<boolean> {
  const brought = [partner, connector].map((id) => parts.setup().connector(id ?? ''));
  if (envelope?.isTest === true || brought.some((one) => one?.mode === 'test')) return true;
  const number = document.document === 'order' ? undefined : orderNumberOf(document);
  if (number === undefined || of === undefined) return false;
  const order = await parts.store.findDocument('order', number, of);
  return order?.isTest === true;
}

function schemaFindings(document: Document): readonly Finding[] {
  return validateDocument(document).map(({ path, text }) => ({
    code: 'document-invalid' as const,
    severity: 'error' as const,
    fault: 'mapping' as const,
    place: { path },
    text: `The ${document.document} is not as its schema says: ${path} ${text}.`,
  }));
}

function broken(error: unknown): Finding {
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: 'release-failed',
    severity: 'error',
    fault: 'hub',
    place: { path: 'message' },
    text: `The message could not be read by its mapping: ${text} Mend it and replay the transfer.`,
  };
}
