/**
 * Acknowledge: what was examined becomes a TA1 and 997s, a CONTRL or a cXML Response, as agreed. It
 * is an ordinary delivery, planned with the verdict. Never for an acknowledgement.
 */
import type { Connector } from '../model/connector.ts';
import type { NewDelivery } from '../model/delivery.ts';
import { isError } from '../model/finding.ts';
import type { ContentData, MessageType } from '../model/message.ts';
import type { TransferRow } from '../model/rows.ts';
import { isAcknowledgement } from '../standards/acknowledge/kinds.ts';
import { write997 } from '../standards/acknowledge/write-997.ts';
import { contrlType, writeContrl } from '../standards/acknowledge/write-contrl.ts';
import type { Standards } from '../standards/definition.ts';
import { contrlOutcome } from './contrl-outcome.ts';
import { cxmlAnswer } from './cxml-answer.ts';
import type { ExaminedGroup, ExaminedInterchange, MessageOutcome } from './examine.ts';
import { agreementFor } from './identity.ts';
import { interchangeAnswer, isInterchangeRefused } from './interchange-answer.ts';
import type { Parts } from './parts.ts';
import { planDelivery } from './write.ts';

/** An acknowledgement to be written, before it has an envelope. */
export interface Acknowledgement {
  readonly type: MessageType;
  readonly content: ContentData;
}

/** What is agreed on answering one interchange. */
export interface Answering {
  readonly ta1: Connector['ta1'];
  agrees(kind: '997' | 'CONTRL', outcome: MessageOutcome): boolean;
}

/** The deliveries that acknowledge one interchange, as its partner agreed. */
export function acknowledgementsFor(
  parts: Parts,
  transfer: TransferRow,
  interchange: ExaminedInterchange,
  authenticated: Connector,
): readonly NewDelivery[] {
  const partner = interchange.partner ?? authenticated;
  const { standard, isTest, syntax } = interchange.envelope;
  if (standard === 'cxml') return cxmlAnswer(parts, transfer, interchange, partner);
  // A carrier that has no id of its own cannot be addressed.
  if (partner.ids[standard] === undefined) return [];
  const answering: Answering = {
    ta1: partner.ta1,
    agrees: (kind, { type }) => agreementFor(partner.inbound, type)?.acknowledge === kind,
  };
  return acknowledgements(parts.setup().standards, interchange, answering).map(
    ({ type, content }) =>
      planDelivery(parts, {
        id: parts.makeId(),
        partner,
        type,
        content,
        kind: 'acknowledgement',
        isTest,
        agreement: undefined,
        like: syntax,
        document: undefined,
        transfer: transfer.id,
        reply: false,
      }),
  );
}

/** Pure: what is to be said of an interchange, where any of its messages is agreed to be answered. */
export function acknowledgements(
  standards: Standards,
  interchange: ExaminedInterchange,
  answering: Answering,
): readonly Acknowledgement[] {
  const { standard } = interchange.envelope;
  if (standard === 'x12') {
    const ofInterchange = interchangeAnswer(interchange, answering.ta1);
    if (ofInterchange.length > 0 && isInterchangeRefused(interchange)) return ofInterchange;
    return [...ofInterchange, ...functionalAnswers(standards, interchange, answering)];
  }
  return standard === 'edifact' ? contrlAnswer(interchange, answering) : [];
}

/** One 997 for each group. What is quarantined or held waits for a person. */
function functionalAnswers(
  standards: Standards,
  interchange: ExaminedInterchange,
  answering: Answering,
): readonly Acknowledgement[] {
  if (interchange.state === 'held' || isDuplicate(interchange)) return [];
  const agreed = (outcome: MessageOutcome): boolean => answering.agrees('997', outcome);
  return interchange.groups
    .filter((group) => group.envelope !== undefined && isAnswered(group.outcomes, agreed))
    .map((group) => functional(standards, interchange, group));
}

function contrlAnswer(
  interchange: ExaminedInterchange,
  answering: Answering,
): readonly Acknowledgement[] {
  const outcomes = interchange.groups.flatMap((group) => group.outcomes);
  const agreed = (outcome: MessageOutcome): boolean => answering.agrees('CONTRL', outcome);
  if (interchange.state === 'held' || !isAnswered(outcomes, agreed)) return [];
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
      findings: group.findings,
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
