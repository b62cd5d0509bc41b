/** What was examined of an EDIFACT interchange, as its CONTRL reports it. */
import type { GroupEnvelope, PartyId } from '../model/envelope.ts';
import { isError } from '../model/finding.ts';
import type { GroupReport, InterchangeOutcome } from '../standards/acknowledge/outcome.ts';
import type { ExaminedGroup, ExaminedInterchange } from './examine.ts';

/** Pure. What is quarantined is refused with the reason, where anybody asks. */
export function contrlOutcome(interchange: ExaminedInterchange): InterchangeOutcome {
  const { envelope, state, quarantined, groups, findings } = interchange;
  const { control, sender, receiver, syntax } = envelope;
  return {
    ...{ control, sender, receiver, findings },
    syntax: syntax.version,
    isRejected: state === 'rejected' || quarantined,
    messages: groups.flatMap((group) => (group.envelope === undefined ? group.outcomes : [])),
    groups: groups.flatMap((group) =>
      group.envelope === undefined ? [] : [groupReport(group, group.envelope)],
    ),
  };
}

const groupReport = (group: ExaminedGroup, envelope: GroupEnvelope): GroupReport => ({
  control: envelope.control,
  sender: partyOf(envelope.sender, envelope.senderQualifier),
  receiver: partyOf(envelope.receiver, envelope.receiverQualifier),
  isRejected: group.findings.some(isError),
  messages: group.outcomes,
  findings: group.findings,
});

const partyOf = (id: string, qualifier = ''): PartyId => ({ id, qualifier });
