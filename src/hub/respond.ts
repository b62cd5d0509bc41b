/**
 * Respond: what was acknowledged as good by its syntax may still fail as business. A partner who agreed
 * to hear of it (824 or APERAK under `outbound:`) is told so by an application response, a document like
 * any other that goes back to where the message came from. Once for a message, and never about an
 * acknowledgement or another application response, so that two hubs cannot answer each other for ever.
 */
import type { ApplicationResponse } from '../documents/application-response.ts';
import type { Document } from '../documents/document.ts';
import type { Agreement, Connector } from '../model/connector.ts';
import type { ClaimedDelivery, Settlement } from '../model/delivery.ts';
import { isHubError } from '../model/errors.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { AcceptedMessage, NewDocument, NewResponse } from '../model/store.ts';
import type { SendOutcome } from '../model/transport.ts';
import { localTime } from '../model/zoned.ts';
import { typeOf } from './check.ts';
import type { Parts, Setup } from './parts.ts';
import { documentNumber, lifecycleReferences, orderNumberOf } from './references.ts';
import { responseFindings } from './response-findings.ts';

const KIND = 'applicationResponse';

/** What failed, and why; the document as far as it could be read. */
export interface Failed {
  readonly document: Document | undefined;
  readonly findings: readonly Finding[];
}

/** Undefined where nobody agreed to it, or where the fault is not in what the partner sent. */
export function responseTo(
  parts: Parts,
  accepted: AcceptedMessage,
  { document, findings }: Failed,
): NewDocument | undefined {
  const setup = parts.setup();
  const partner = setup.connector(accepted.partner ?? accepted.connector);
  // What the hub itself could not do says nothing of the message.
  const told = findings.filter((finding) => isError(finding) && finding.fault !== 'hub');
  if (partner === undefined || document === undefined || told.length === 0) return undefined;
  if (document.document === KIND || !wantsResponse(setup, partner, accepted)) return undefined;
  const id = parts.makeId();
  const response = responseOf(parts, partner, accepted, { id, document, findings: told });
  return {
    id,
    kind: KIND,
    number: id,
    partner: partner.id,
    isTest: accepted.isTest || accepted.envelope?.isTest === true || partner.mode === 'test',
    body: JSON.stringify(response),
    made: { connector: setup.digest(partner.id), answers: accepted.message },
    references: lifecycleReferences(response, partner.id),
  };
}

function wantsResponse(setup: Setup, partner: Connector, { message }: AcceptedMessage): boolean {
  if (partner.role !== 'partner' || partner.declines?.includes(KIND) === true) return false;
  return responseAgreement(setup, partner, message) !== undefined;
}

/** The agreement in the standard of what is answered, where there are several. */
export function responseAgreement(
  setup: Setup,
  partner: Connector,
  answered: string,
): Agreement | undefined {
  const those = partner.outbound.filter((agreement) => writesResponses(setup, agreement));
  return those.find(({ message }) => answered.startsWith(`${message.standard}/`)) ?? those[0];
}

/** A mapping that cannot be compiled was told when it was loaded; it must not hold up what is at hand. */
function writesResponses({ mappings }: Setup, { mapping }: Agreement): boolean {
  try {
    return mappings.get(mapping).documents.includes(KIND);
  } catch (error) {
    if (!isHubError(error)) throw error;
    return false;
  }
}

function responseOf(
  parts: Parts,
  partner: Connector,
  accepted: AcceptedMessage,
  { id, document, findings }: Failed & { readonly id: string; readonly document: Document },
): ApplicationResponse {
  const now = localTime(parts.clock.now(), partner.zone).text;
  const number = documentNumber(document);
  return {
    document: KIND,
    number: id,
    issueDate: now.slice(0, 10),
    issueTime: now.slice(11),
    responses: [
      {
        response: 'rejected',
        ...(number === ''
          ? { type: 'message', number: accepted.control }
          : { type: document.document, number }),
        ...originOf(accepted),
        findings: [...responseFindings(findings, document, !isSegmented(accepted))],
      },
    ],
  };
}

/** Only X12 names what it answers by group and place. */
const isSegmented = ({ message }: AcceptedMessage): boolean => message.startsWith('x12/');

function originOf(accepted: AcceptedMessage): Readonly<Record<string, string>> {
  const { control, group, message } = accepted;
  if (!isSegmented(accepted) || group === undefined) return { control };
  const [, date, time] = /^(\d{8})\s*(\d{4})/.exec(group.preparedAt) ?? [];
  return {
    message: typeOf(message)?.name ?? message,
    control,
    version: group.version,
    ...(/^\d{1,9}$/.test(group.control) ? { group: String(Number(group.control)) } : {}),
    ...(date === undefined ? {} : { groupDate: date.replace(/^(....)(..)/, '$1-$2-') }),
    ...(time === undefined ? {} : { groupTime: time.replace(/^(..)/, '$1:') }),
  };
}

/** What is told where our ERP refused for good what a partner's document says. */
export async function responseToRefusal(
  parts: Parts,
  delivery: ClaimedDelivery,
  outcome: SendOutcome,
  settlement: Settlement,
): Promise<NewResponse | undefined> {
  const words = refusal(outcome, settlement);
  const setup = parts.setup();
  if (words === undefined || setup.connector(delivery.partner)?.role !== 'erp') return undefined;
  const row = await parts.store.delivery(delivery.id);
  const document = await parts.store.document(row?.document ?? '');
  if (document === undefined || document.isOurs) return undefined;
  const { transfer, messageIndex } = document;
  const body = JSON.parse(document.body) as Document;
  const accepted = await parts.store.message(transfer, messageIndex);
  if (accepted === undefined || (await isAnswered(parts, body, document.partner))) return undefined;
  const text = `The application refused it: ${words}`;
  const place = { path: document.kind };
  const failed = {
    document: body,
    findings: [{ code: 'send-refused', severity: 'error', fault: 'erp', place, text }] as const,
  };
  const response = responseTo(parts, accepted, failed);
  if (response === undefined) return undefined;
  return { transfer, index: messageIndex, connector: document.connector, document: response };
}

/** An order response says it better: a general response never takes the place of the specific one. */
async function isAnswered(
  parts: Parts,
  document: Document,
  partner: string | undefined,
): Promise<boolean> {
  const order = document.document === 'order' ? orderNumberOf(document) : undefined;
  if (order === undefined || partner === undefined) return false;
  const asked = { limit: 1, after: undefined, partner, order };
  const [lifecycle] = (await parts.store.lifecycles(asked)).items;
  return lifecycle?.documents.some(({ kind }) => kind === 'orderResponse') === true;
}

/** Their words; undefined where they did not refuse, or refused us and not what is in it. */
function refusal(outcome: SendOutcome, settlement: Settlement): string | undefined {
  if (settlement.state === 'failed') {
    return !outcome.ok && outcome.refusesContent === true ? outcome.text : undefined;
  }
  if (settlement.state !== 'sent' || settlement.answer?.verdict !== 'rejected') return undefined;
  return `${settlement.answer.code} ${settlement.answer.text}`.trim();
}
