/** Interchanges and their groups, recorded with the verdict. */
import { partyIdText } from '../../model/envelope.ts';
import type { CheckedInterchange } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { FunctionalGroupTable, InterchangeTable } from '../schema.ts';
import { run, statement, type Unit } from '../unit.ts';
import { recordFindings } from './journal.ts';

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
    is_test: checked.isTest ? 1 : 0,
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
    is_test: p.is_test,
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
