/** What is agreed on answering what a partner sends, and what is due by it. */
import type { AcknowledgePolicy } from '../model/acknowledge-policy.ts';
import type { Connector } from '../model/connector.ts';
import { isError } from '../model/finding.ts';
import type { ContentData, MessageType } from '../model/message.ts';
import { isAcknowledgement } from '../standards/acknowledge/kinds.ts';
import type { ExaminedInterchange, MessageOutcome } from './examine.ts';
import { agreementFor } from './identity.ts';

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

export const answeringOf = ({ ta1, inbound }: Connector): Answering => ({
  ta1,
  policyOf: (type) => agreementFor(inbound, type)?.acknowledge,
});

/** That of the first message which is answered so. What is held is not: nobody knows what it is. */
export function policyFor(
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

export const isClean = ({ state, findings }: MessageOutcome): boolean =>
  state !== 'rejected' && !findings.some(isError);

/** `isGood`: nothing is wrong with what is answered. */
export function isDue(
  { when }: AcknowledgePolicy,
  { envelope }: ExaminedInterchange,
  isGood: boolean,
): boolean {
  if (when === 'asked') return envelope.wantsAcknowledgement;
  return when === 'always' || !isGood;
}
