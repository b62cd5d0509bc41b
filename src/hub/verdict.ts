/** From what was examined to what is recorded: pure functions of one finished pass. */
import { isError } from '../model/finding.ts';
import type { TransferRow } from '../model/rows.ts';
import type { CheckedGroup, CheckedInterchange, Verdict } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import type { Examination, ExaminedGroup, ExaminedInterchange } from './examine.ts';
import { toldOf } from './finding-budget.ts';

/** Ranges of messages that the end of their interchange or group overrules. */
export function overrule(interchange: ExaminedInterchange): Verdict['overruled'] {
  const { from, messages, state } = interchange;
  if (state !== 'accepted') return [{ from, to: from + messages, state }];
  return interchange.groups.flatMap((group) => {
    const isBad = group.findings.some(isError);
    if (!isBad && group.isHeld !== true) return [];
    const [from, to] = [group.from, group.from + group.outcomes.length];
    return [{ from, to, state: isBad ? ('rejected' as const) : ('held' as const) }];
  });
}

export function checkedInterchange(
  interchange: ExaminedInterchange,
  isTest: boolean,
): CheckedInterchange {
  const { index, part, envelope, end, state, partner, messages } = interchange;
  const told = toldOf(interchange);
  return {
    index,
    part,
    envelope,
    end,
    state: state === 'accepted' && isAllHeld(interchange.groups) ? 'held' : state,
    isTest,
    partner: partner?.id,
    messages,
    findings: told.own,
    groups: interchange.groups.flatMap((group) => {
      if (group.envelope === undefined) return [];
      const accepted = group.outcomes.filter((outcome) => outcome.state === 'accepted').length;
      const bad = state === 'rejected' || group.findings.some(isError);
      return [
        {
          index: group.index,
          envelope: group.envelope,
          state: bad ? 'rejected' : groupState(group, accepted, state === 'held'),
          messages: group.outcomes.length,
          accepted: bad || state === 'held' ? 0 : accepted,
          findings: told.groups[group.index] ?? [],
        },
      ];
    }),
  };
}

/** Held: it waits for a person, and nobody has acknowledged it. */
function groupState(
  group: ExaminedGroup,
  accepted: number,
  isWithAll: boolean,
): CheckedGroup['state'] {
  if (isWithAll || group.isHeld === true || isAllHeld([group])) return 'held';
  return accepted === group.outcomes.length ? 'accepted' : 'partly';
}

const isAllHeld = (groups: readonly ExaminedGroup[]): boolean =>
  groups.length > 0 &&
  groups.every(
    ({ outcomes }) => outcomes.length > 0 && outcomes.every(({ state }) => state === 'held'),
  );

/** One sentence for the list of quarantined transfers: its first error. */
export function reasonOf(examination: Examination): string {
  const all = [
    ...examination.findings,
    ...examination.interchanges.flatMap((interchange) => [
      ...interchange.findings,
      ...interchange.groups.flatMap((group) => [
        ...group.findings,
        ...group.outcomes.flatMap((outcome) => outcome.findings),
      ]),
    ]),
  ];
  return all.find(isError)?.text ?? 'There is no message in it.';
}

/** The verdict on a transfer whose connector's file was removed: it waits for a person. */
export function connectorGone(transfer: TransferRow, at: Instant): Verdict {
  const text =
    `There is no connector "${transfer.connector}" any more: put connectors/${transfer.connector}` +
    '.yaml back, reload, and replay this transfer.';
  return quarantine(transfer, at, 'sender-unknown', text);
}

/** The verdict on a transfer of more parts than the hub keeps in mind at once. */
export const tooMuch = (transfer: TransferRow, at: Instant, why: string): Verdict =>
  quarantine(transfer, at, 'transfer-too-large', why);

/** The verdict on a transfer that the hub itself failed on. */
export const checkFailed = (transfer: TransferRow, at: Instant, why: string): Verdict =>
  quarantine(
    transfer,
    at,
    'check-failed',
    `${why} Please report it with this file; replay the transfer when the hub is mended.`,
  );

/** The verdict on a transfer whose acknowledgement nobody can write: nothing of it goes on. */
export const cannotAcknowledge = (transfer: TransferRow, at: Instant, why: string): Verdict =>
  quarantine(
    transfer,
    at,
    'cannot-acknowledge',
    `No acknowledgement can be written for it: ${why} Mend that and replay the transfer, or ask ` +
      'its sender to send it again with other control numbers.',
  );

function quarantine(
  transfer: TransferRow,
  at: Instant,
  code: 'sender-unknown' | 'check-failed' | 'cannot-acknowledge' | 'transfer-too-large',
  text: string,
): Verdict {
  const place = { path: 'transfer' };
  return {
    transfer: transfer.id,
    at,
    state: 'quarantined',
    reason: text,
    isTest: transfer.isTest,
    interchanges: [],
    messages: [],
    overruled: [],
    numbers: [],
    findings: [{ code, severity: 'error', fault: 'hub', place, text }],
    acknowledgements: [],
    answers: [],
  };
}
