/**
 * Acknowledge: what was examined becomes a TA1 and 997s, a CONTRL or a cXML Response, as agreed. It
 * is an ordinary delivery, planned with the verdict. Never for an acknowledgement.
 */
import type { AcknowledgePolicy } from '../model/acknowledge-policy.ts';
import type { Connector } from '../model/connector.ts';
import type { NewDelivery } from '../model/delivery.ts';
import type { GroupEnvelope } from '../model/envelope.ts';
import { type Finding, isError } from '../model/finding.ts';
import { type ContentData, type MessageType, messageKey } from '../model/message.ts';
import type { TransferRow } from '../model/rows.ts';
import { contrlGap } from '../standards/acknowledge/contrl-gap.ts';
import { isAcknowledgement } from '../standards/acknowledge/kinds.ts';
import type { GroupOutcome } from '../standards/acknowledge/outcome.ts';
import { contrlType, writeContrl } from '../standards/acknowledge/write-contrl.ts';
import { write997, write999 } from '../standards/acknowledge/write-functional.ts';
import type { Standards } from '../standards/definition.ts';
import { contrlOutcome } from './contrl-outcome.ts';
import { cxmlAnswer } from './cxml-answer.ts';
import type { ExaminedGroup, ExaminedInterchange, MessageOutcome } from './examine.ts';
import { agreementFor } from './identity.ts';
import { interchangeAnswer, isInterchangeRefused } from './interchange-answer.ts';
import type { Parts } from './parts.ts';
import { planDelivery } from './write.ts';

/** An acknowledgement to be written, before it has an envelope: messages of one type. */
export interface Acknowledgement {
  readonly type: MessageType;
  readonly contents: readonly [ContentData, ...ContentData[]];
}

/** What is agreed on answering one interchange. */
export interface Answering {
  readonly ta1: Connector['ta1'];
  policyOf(type: MessageType): AcknowledgePolicy | undefined;
}

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

/** Goes back in the separators of what it answers. */
export function planAcknowledgement(
  parts: Parts,
  transfer: string,
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

export const answeringOf = ({ ta1, inbound }: Connector): Answering => ({
  ta1,
  policyOf: (type) => agreementFor(inbound, type)?.acknowledge,
});

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

/** One for each group. What is quarantined or held waits for a person. */
function functionalAnswers(
  standards: Standards,
  interchange: ExaminedInterchange,
  answering: Answering,
): readonly Acknowledgement[] {
  if (interchange.state === 'held' || isDuplicate(interchange)) return [];
  const made = interchange.groups.flatMap((group) => {
    if (group.envelope === undefined) return [];
    const judged = judgedGroup(group, interchange);
    const policy = policyFor(judged.messages, answering, ['997', '999']);
    const isGood = judged.messages.every(isClean) && judged.findings.every((it) => !isError(it));
    if (policy === undefined || !isDue(policy, interchange, isGood)) return [];
    return [{ ...functional(standards, group.envelope, judged, policy), per: policy.per }];
  });
  return bundled(made);
}

/** A 997 has no code for it, and the first one's stands; TA1 025 is the answer for this. */
const isDuplicate = (interchange: ExaminedInterchange): boolean =>
  interchange.findings.some((finding) => finding.code === 'duplicate' && isError(finding));

/** Those that are to go together go with the first of their type. */
function bundled(
  made: readonly (Acknowledgement & Pick<AcknowledgePolicy, 'per'>)[],
): readonly Acknowledgement[] {
  const bundles = new Map<string, [ContentData, ...ContentData[]]>();
  return made.flatMap(({ type, contents, per }) => {
    const key = messageKey(type);
    const bundle = per === 'interchange' ? bundles.get(key) : undefined;
    if (bundle !== undefined) {
      bundle.push(...contents);
      return [];
    }
    const own: [ContentData, ...ContentData[]] = [...contents];
    if (per === 'interchange') bundles.set(key, own);
    return [{ type, contents: own }];
  });
}

function contrlAnswer(
  interchange: ExaminedInterchange,
  answering: Answering,
): readonly Acknowledgement[] {
  const policy = contrlPolicy(interchange, answering);
  if (policy === undefined) return [];
  const content = writeContrl(contrlOutcome(interchange), { detail: policy.detail });
  const type = contrlType(interchange.envelope.syntax.version);
  return content === undefined ? [] : [{ type, contents: [content] }];
}

/** Undefined: none is due. */
function contrlPolicy(
  interchange: ExaminedInterchange,
  answering: Answering,
): AcknowledgePolicy | undefined {
  const outcomes = interchange.groups.flatMap((group) => group.outcomes);
  const policy = policyFor(outcomes, answering, ['CONTRL']);
  const levels = [interchange, ...interchange.groups];
  const isGood = outcomes.every(isClean) && levels.every(({ findings }) => !findings.some(isError));
  if (interchange.state === 'held' || policy === undefined) return undefined;
  return isDue(policy, interchange, isGood) ? policy : undefined;
}

/** What keeps a CONTRL that is due from being written: somebody has to tell its sender. */
export function unanswerable(
  interchange: ExaminedInterchange,
  answering: Answering,
): readonly Finding[] {
  const { standard, control, start } = interchange.envelope;
  if (standard !== 'edifact' || contrlPolicy(interchange, answering) === undefined) return [];
  const gap = contrlGap(contrlOutcome(interchange));
  if (gap === undefined) return [];
  const place = { path: `UNB ${control.slice(0, 40)}`.trimEnd(), start };
  const text = `No CONTRL can answer this interchange: ${gap} Tell its sender by another way.`;
  return [{ code: 'contrl-impossible', severity: 'warning', fault: 'partner', place, text }];
}

/** That of the first message which is answered so. What is held is not: nobody knows what it is. */
function policyFor(
  outcomes: readonly MessageOutcome[],
  answering: Answering,
  kinds: readonly string[],
): AcknowledgePolicy | undefined {
  for (const { type, state } of outcomes) {
    if (state === 'held' || isAcknowledgement(type)) continue;
    const policy = answering.policyOf(type);
    if (kinds.includes(policy?.with ?? '')) return policy;
  }
  return undefined;
}

const isClean = ({ state, findings }: MessageOutcome): boolean =>
  state !== 'rejected' && !findings.some(isError);

function isDue(
  { when }: AcknowledgePolicy,
  { envelope }: ExaminedInterchange,
  isGood: boolean,
): boolean {
  if (when === 'asked') return envelope.wantsAcknowledgement;
  return when === 'always' || !isGood;
}

/** In the version of the group that it answers, where it is installed. */
function functional(
  standards: Standards,
  { version, functionalId, control }: GroupEnvelope,
  judged: Pick<GroupOutcome, 'messages' | 'findings' | 'counted'>,
  { detail, with: name = '997' }: AcknowledgePolicy,
): Acknowledgement {
  const write = name === '999' ? write999 : write997;
  const content = write({ functionalId, control, version, ...judged }, { standards, detail });
  const type = functionalType(standards, name, version.slice(0, 6));
  return { type, contents: [content] };
}

/** 999 begins with 005010, where ASC X12 X231A1 is its guide. */
function functionalType(standards: Standards, name: string, version: string): MessageType {
  const wanted = { standard: 'x12', version, name };
  const nearest = standards.find(wanted)?.definition.type ?? { ...wanted, version: '004010' };
  if (name !== '999') return nearest;
  if (nearest.version === version && version !== '005010') return nearest;
  return { ...wanted, version: '005010', association: 'X231A1' };
}

/** A fault of the group or interchange rejects all its messages. */
function judgedGroup(
  { counted, findings, outcomes }: ExaminedGroup,
  { state }: ExaminedInterchange,
) {
  const isBad = findings.some(isError) || state === 'rejected';
  const messages = isBad ? outcomes.map(overruled) : outcomes;
  return { counted, findings, messages };
}

const overruled = (outcome: MessageOutcome) => ({
  ...outcome,
  state: 'rejected' as const,
  isOverruled: outcome.state !== 'rejected',
});
