/** The 997s and 999s of an X12 interchange: one for each group that is agreed to be answered. */
import type { AcknowledgePolicy } from '../model/acknowledge-policy.ts';
import type { GroupEnvelope } from '../model/envelope.ts';
import { isError } from '../model/finding.ts';
import { type ContentData, type MessageType, messageKey } from '../model/message.ts';
import type { GroupOutcome } from '../standards/acknowledge/outcome.ts';
import { write997, write999 } from '../standards/acknowledge/write-functional.ts';
import type { Standards } from '../standards/definition.ts';
import { type Acknowledgement, type Answering, isClean, isDue, policyFor } from './answering.ts';
import type { ExaminedGroup, ExaminedInterchange, MessageOutcome } from './examine.ts';

/** What is quarantined or held waits for a person. */
export function functionalAnswers(
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
