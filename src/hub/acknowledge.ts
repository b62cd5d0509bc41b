/**
 * Acknowledge: what was examined becomes a 997 for each group, a CONTRL for each interchange or a
 * cXML Response. It is an ordinary delivery, planned with the verdict. Never for an acknowledgement.
 */
import { cxmlResponse } from '../codecs/cxml/response.ts';
import type { Connector } from '../model/connector.ts';
import type { NewDelivery } from '../model/delivery.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { ContentData, MessageType } from '../model/message.ts';
import type { TransferRow } from '../model/rows.ts';
import { isAcknowledgement } from '../standards/acknowledge/kinds.ts';
import { write997 } from '../standards/acknowledge/write-997.ts';
import { contrlType, writeContrl } from '../standards/acknowledge/write-contrl.ts';
import type { Standards } from '../standards/definition.ts';
import { contrlOutcome } from './contrl-outcome.ts';
import type { ExaminedGroup, ExaminedInterchange, MessageOutcome } from './examine.ts';
import { agreementFor } from './identity.ts';
import type { Parts } from './parts.ts';
import { planDelivery, type WritingParts } from './write.ts';

/** An acknowledgement to be written, before it has an envelope. */
export interface Acknowledgement {
  readonly type: MessageType;
  readonly content: ContentData;
}

/** The deliveries that acknowledge one interchange, as its partner agreed. */
export function acknowledgementsFor(
  parts: Parts,
  transfer: TransferRow,
  interchange: ExaminedInterchange,
  authenticated: Connector,
): readonly NewDelivery[] {
  const partner = interchange.partner ?? authenticated;
  if (interchange.envelope.standard === 'cxml') {
    const { isTest } = interchange.envelope;
    return asksResponse(interchange, partner)
      ? [response(parts, transfer, partner, { isTest, status: cxmlStatus(interchange) })]
      : [];
  }
  if (interchange.quarantined || interchange.state === 'held') return [];
  const agreed = (kind: string) => (outcome: MessageOutcome) =>
    agreementFor(partner.inbound, outcome.type)?.acknowledge === kind;
  return acknowledgements(parts.setup().standards, interchange, agreed).map(({ type, content }) =>
    planDelivery(parts, {
      id: parts.makeId(),
      partner,
      type,
      content,
      kind: 'acknowledgement',
      isTest: interchange.envelope.isTest,
      agreement: undefined,
      like: interchange.envelope.syntax,
      document: undefined,
      transfer: transfer.id,
      reply: false,
    }),
  );
}

/** The answer to cXML of which not even the envelope could be read. */
export function cxmlRefusal(
  parts: Parts,
  transfer: TransferRow,
  authenticated: Connector,
  finding: Finding | undefined,
): NewDelivery {
  const isTest = authenticated.mode === 'test';
  return response(parts, transfer, authenticated, { isTest, status: badRequest(finding) });
}

type Agreed = (kind: '997' | 'CONTRL') => (outcome: MessageOutcome) => boolean;

/** Pure: what is to be said of an interchange, where any of its messages is agreed to be answered. */
export function acknowledgements(
  standards: Standards,
  interchange: ExaminedInterchange,
  agreed: Agreed,
): readonly Acknowledgement[] {
  if (interchange.envelope.standard === 'x12') {
    return interchange.groups
      .filter((group) => group.envelope !== undefined && isAnswered(group.outcomes, agreed('997')))
      .filter(() => !isDuplicate(interchange))
      .map((group) => functional(standards, interchange, group));
  }
  if (interchange.envelope.standard !== 'edifact') return [];
  const outcomes = interchange.groups.flatMap((group) => group.outcomes);
  if (!isAnswered(outcomes, agreed('CONTRL'))) return [];
  const content = writeContrl(contrlOutcome(interchange));
  const type = contrlType(interchange.envelope.syntax.version);
  return content === undefined ? [] : [{ type, content }];
}

/** Held messages are not answered yet: nobody knows what they are. */
const isAnswered = (
  outcomes: readonly MessageOutcome[],
  agreed: (outcome: MessageOutcome) => boolean,
): boolean =>
  outcomes.some(
    (outcome) => !isAcknowledgement(outcome.type) && outcome.state !== 'held' && agreed(outcome),
  );

/** A 997 has no code for it, and the first one's stands; TA1 025 is the answer for this. */
const isDuplicate = (interchange: ExaminedInterchange): boolean =>
  interchange.findings.some((finding) => finding.code === 'duplicate');

/** Version of the 997: that of the group it answers, where it is installed. */
function functional(
  standards: Standards,
  interchange: ExaminedInterchange,
  group: ExaminedGroup,
): Acknowledgement {
  const version = group.envelope?.version.slice(0, 6) ?? '004010';
  const type = { standard: 'x12', version, name: '997' };
  const content = write997(
    {
      functionalId: group.envelope?.functionalId ?? '',
      control: group.envelope?.control ?? '',
      counted: group.counted,
      messages: judged(group, interchange),
      findings: [...group.findings, ...interchange.findings],
    },
    { standards },
  );
  const found = standards.find(type)?.definition.type;
  return { type: found ?? { ...type, version: '004010' }, content };
}

/** A fault of the group or interchange rejects all its messages. */
function judged(group: ExaminedGroup, interchange: ExaminedInterchange): readonly MessageOutcome[] {
  const bad = group.findings.some(isError) || interchange.state === 'rejected';
  return bad
    ? group.outcomes.map((outcome) => ({ ...outcome, state: 'rejected' }))
    : group.outcomes;
}

/** A document that could not be read is refused at once: nobody can know what it asks. */
const asksResponse = (interchange: ExaminedInterchange, partner: Connector): boolean =>
  interchange.messages === 0 ||
  interchange.groups.some((group) =>
    group.outcomes.some(
      ({ type }) =>
        !isAcknowledgement(type) &&
        (agreementFor(partner.inbound, type)?.acknowledge ?? 'response') === 'response',
    ),
  );

/** The cXML Response goes back in the exchange that brought the request. */
function response(
  parts: WritingParts & Pick<Parts, 'makeId'>,
  transfer: TransferRow,
  partner: Connector,
  answer: { readonly isTest: boolean; readonly status: CxmlVerdict },
): NewDelivery {
  const id = parts.makeId();
  const { code, text, message } = answer.status;
  const timestamp = parts.clock.now().replace('Z', '+00:00');
  const bytes = cxmlResponse({
    code,
    text,
    ...(message === undefined ? {} : { message }),
    payloadId: `${id}@tradelane`,
    timestamp,
  });
  return {
    id,
    partner: partner.id,
    connector: partner.id,
    transport: 'reply',
    isTest: answer.isTest,
    kind: 'acknowledgement',
    serial: false,
    messageType: 'cxml/1.2/Response',
    contentType: 'text/xml; charset=UTF-8',
    document: undefined,
    transfer: transfer.id,
    numbers: [],
    write: () => ({
      bytes,
      fileName: `${partner.id}-Response-${id}.xml`,
      messages: [],
      findings: [],
    }),
  };
}

interface CxmlVerdict {
  readonly code: string;
  readonly text: string;
  readonly message?: string;
}

const badRequest = (finding: Finding | undefined): CxmlVerdict => ({
  code: '400',
  text: 'Bad Request',
  ...(finding === undefined ? {} : { message: finding.text }),
});

/** cXML 1.2, Status: 200 taken, 201 waits for a person, 4xx refused for good. */
function cxmlStatus(interchange: ExaminedInterchange): CxmlVerdict {
  const outcomes = interchange.groups.flatMap((group) => group.outcomes);
  const errors = [
    ...interchange.findings,
    ...outcomes.flatMap((outcome) => outcome.findings),
  ].filter(isError);
  const message = errors[0]?.text;
  if (interchange.quarantined)
    return {
      code: '403',
      text: 'Forbidden',
      message: 'The From or To credential is not known here.',
    };
  if (outcomes.length === 0) return badRequest(errors[0]);
  if (interchange.state === 'rejected' || outcomes.some(({ state }) => state === 'rejected')) {
    return { code: '406', text: 'Not Acceptable', ...(message === undefined ? {} : { message }) };
  }
  if (outcomes.some(({ state }) => state === 'held')) return { code: '201', text: 'Accepted' };
  return { code: '200', text: 'OK' };
}
