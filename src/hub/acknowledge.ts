/**
 * Acknowledge: what was examined becomes a TA1 and 997s, a CONTRL or a cXML Response, as agreed. It
 * is an ordinary delivery, planned with the verdict. Never for an acknowledgement.
 */
import type { Connector } from '../model/connector.ts';
import type { NewDelivery } from '../model/delivery.ts';
import type { TransferRow } from '../model/rows.ts';
import type { Standards } from '../standards/definition.ts';
import { type Acknowledgement, type Answering, answeringOf } from './answering.ts';
import { contrlAnswer } from './contrl-answer.ts';
import { cxmlAnswer } from './cxml-answer.ts';
import type { ExaminedInterchange } from './examine.ts';
import { functionalAnswers } from './functional-answers.ts';
import { interchangeAnswer, isInterchangeRefused } from './interchange-answer.ts';
import type { Parts } from './parts.ts';
import { planDelivery, type WritingParts } from './write.ts';

/** The deliveries that acknowledge one interchange, as its partner agreed. */
export function acknowledgementsFor(
  parts: Parts,
  transfer: TransferRow,
  interchange: ExaminedInterchange,
  authenticated: Connector,
): readonly NewDelivery[] {
  const partner = interchange.partner ?? authenticated;
  const { standard } = interchange.envelope;
  if (standard === 'cxml') return cxmlAnswer(parts, transfer, interchange, partner);
  // A carrier that has no id of its own cannot be addressed.
  if (partner.ids[standard] === undefined) return [];
  const { standards } = parts.setup();
  return acknowledgements(standards, interchange, answeringOf(partner)).map((made) =>
    planAcknowledgement(parts, transfer.id, interchange, partner, made),
  );
}

/** Goes back in the separators of what it answers; nobody's transfer where there is no hub. */
export function planAcknowledgement(
  parts: WritingParts & Pick<Parts, 'makeId'>,
  transfer: string | undefined,
  { envelope }: ExaminedInterchange,
  partner: Connector,
  { type, contents: [content, ...others] }: Acknowledgement,
): NewDelivery {
  return planDelivery(parts, {
    id: parts.makeId(),
    partner,
    type,
    content,
    others,
    kind: 'acknowledgement',
    isTest: envelope.isTest,
    agreement: undefined,
    like: envelope.syntax,
    document: undefined,
    transfer,
    reply: false,
  });
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
