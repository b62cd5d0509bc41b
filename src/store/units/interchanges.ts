/** Interchanges and their groups: recorded with the verdict, asked for repeats. */
import { partyIdText } from '../../model/envelope.ts';
import type { CheckedInterchange, Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { FunctionalGroupTable, InterchangeTable } from '../schema.ts';
import { first, run, statement, type Unit } from '../unit.ts';
import { recordFindings } from './journal.ts';

export type InterchangeKey = Parameters<Store['findDuplicate']>[0];

export function* recordInterchange(
  transfer: string,
  checked: CheckedInterchange,
  receivedAt: Instant,
  at: Instant,
): Unit<void> {
  const { envelope } = checked;
  yield* run(insertInterchange, {
    transfer,
    idx: checked.index,
    part: checked.part,
    standard: envelope.standard,
    sender: partyIdText(envelope.sender),
    receiver: partyIdText(envelope.receiver),
    control: envelope.control,
    envelope: JSON.stringify(envelope),
    end_byte: checked.end,
    state: checked.state,
    partner: checked.partner ?? null,
    messages: checked.messages,
    received_at: receivedAt,
  });
  yield* recordFindings(checked.findings, { transfer }, at);
  for (const group of checked.groups) {
    yield* run(insertGroup, {
      transfer,
      interchange: checked.index,
      idx: group.index,
      envelope: JSON.stringify(group.envelope),
      state: group.state,
      messages: group.messages,
      accepted: group.accepted,
    });
    yield* recordFindings(group.findings, { transfer }, at);
  }
}

/** The first one seen in the window. A rejected one was not taken: it may come again corrected. */
export function* firstSeen(
  key: InterchangeKey,
): Unit<{ transfer: string; index: number } | undefined> {
  return yield* first(seenBefore, key);
}

const seenBefore = statement((db, p: InterchangeKey) =>
  db
    .selectFrom('interchange')
    .select(['transfer', 'idx as index'])
    .where('standard', '=', p.standard)
    .where('sender', '=', p.sender)
    .where('receiver', '=', p.receiver)
    .where('control', '=', p.control)
    .where('received_at', '>=', p.since)
    .where('transfer', '<>', p.transfer)
    .where('state', '<>', 'rejected')
    .orderBy('received_at')
    .limit(1),
);

const insertInterchange = statement((db, p: InterchangeTable) =>
  db.insertInto('interchange').values({
    transfer: p.transfer,
    idx: p.idx,
    part: p.part,
    standard: p.standard,
    sender: p.sender,
    receiver: p.receiver,
    control: p.control,
    envelope: p.envelope,
    end_byte: p.end_byte,
    state: p.state,
    partner: p.partner,
    messages: p.messages,
    received_at: p.received_at,
  }),
);

const insertGroup = statement((db, p: FunctionalGroupTable) =>
  db.insertInto('functional_group').values({
    transfer: p.transfer,
    interchange: p.interchange,
    idx: p.idx,
    envelope: p.envelope,
    state: p.state,
    messages: p.messages,
    accepted: p.accepted,
  }),
);
