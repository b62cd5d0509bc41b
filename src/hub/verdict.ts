/** From what was examined to what is recorded: pure functions of one finished pass. */
import type { Connector } from '../model/connector.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { TransferRow } from '../model/rows.ts';
import type { CheckedInterchange, Verdict } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import type { Examination, ExaminedInterchange } from './examine.ts';
import { toldOf } from './finding-budget.ts';

/** Ranges of messages that the end of their interchange or group overrules. */
export function overrule(interchange: ExaminedInterchange): Verdict['overruled'] {
  const { from, messages, state } = interchange;
  if (state !== 'accepted') return [{ from, to: from + messages, state }];
  return interchange.groups
    .filter((group) => group.findings.some(isError))
    .map((group) => ({
      from: group.from,
      to: group.from + group.outcomes.length,
      state: 'rejected' as const,
    }));
}

export function checkedInterchange(interchange: ExaminedInterchange): CheckedInterchange {
  const { index, part, envelope, end, state, partner, messages } = interchange;
  const told = toldOf(interchange);
  return {
    index,
    part,
    envelope,
    end,
    state,
    partner: partner?.id,
    messages,
    findings: told.own,
    groups: interchange.groups.flatMap((group) => {
      if (group.envelope === undefined) return [];
      const accepted = group.outcomes.filter((outcome) => outcome.state === 'accepted').length;
      const bad = state !== 'accepted' || group.findings.some(isError);
      return [
        {
          index: group.index,
          envelope: group.envelope,
          state: bad ? 'rejected' : accepted === group.outcomes.length ? 'accepted' : 'partly',
          messages: group.outcomes.length,
          accepted: bad ? 0 : accepted,
          findings: told.groups[group.index] ?? [],
        },
      ];
    }),
  };
}

export function duplicateFinding(
  interchange: ExaminedInterchange,
  partner: Connector,
  transfer: string,
): Finding {
  const { envelope } = interchange;
  const what = partner.duplicates === 'hold' ? 'held for you' : 'refused';
  return {
    code: 'duplicate',
    severity: 'error',
    fault: 'partner',
    place: { path: `interchange ${envelope.control}`.slice(0, 100), start: envelope.start },
    text:
      `${partner.name} sent interchange ${envelope.control} before (transfer ${transfer}); ` +
      `this one is ${what}. If it is new business, replay it after setting "duplicates: accept".`,
    value: envelope.control.slice(0, 200),
  };
}

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
    findings: [{ code, severity: 'error', fault: 'hub', place, text }],
    acknowledgements: [],
    answers: [],
  };
}
