/**
 * What is still to be told when a person lets held messages pass: nobody has acknowledged a group, or
 * an EDIFACT interchange, of which every message was held when its transfer was checked.
 */

import type { Connector } from '../model/connector.ts';
import type { HeldAnswer } from '../model/delivery.ts';
import { isError } from '../model/finding.ts';
import type { TransferRow } from '../model/rows.ts';
import { acknowledgements, planAcknowledgement } from './acknowledge.ts';
import { answeringOf } from './answering.ts';
import { messageTypeOf } from './check.ts';
import { decodePart } from './decode-part.ts';
import { Examination, type ExaminedGroup, type ExaminedInterchange } from './examine.ts';
import type { Parts } from './parts.ts';

/** Planned as agreed now; the store takes those that were not told before. */
export async function heldAnswers(
  parts: Parts,
  transfer: TransferRow,
): Promise<readonly HeldAnswer[]> {
  const connector = parts.setup().connector(transfer.connector);
  if (connector === undefined || transfer.state === 'received') return [];
  // Of what nothing has left, nothing was told: it is checked anew, and answered then.
  const told = await parts.store.deliveries({ limit: 1, after: undefined, transfer: transfer.id });
  const held = told.items.length === 0 ? new Set<number>() : await heldMessages(parts, transfer.id);
  if (held.size === 0) return [];
  const interchanges = await examine(parts, transfer, connector);
  return interchanges.flatMap((interchange) =>
    levelsOf(interchange, held).flatMap(({ group, passed }) =>
      planned(parts, transfer, passed, connector).map((delivery) => ({
        interchange: interchange.index,
        group,
        delivery,
      })),
    ),
  );
}

const PAGE = 500;

async function heldMessages(parts: Parts, transfer: string): Promise<ReadonlySet<number>> {
  const held = new Set<number>();
  let after: string | undefined;
  do {
    const page = await parts.store.messages({ limit: PAGE, after, transfer, state: 'held' });
    for (const { index } of page.items) held.add(index);
    after = page.next;
  } while (after !== undefined);
  return held;
}

async function examine(
  parts: Parts,
  transfer: TransferRow,
  connector: Connector,
): Promise<readonly ExaminedInterchange[]> {
  const { codecs, limits } = parts;
  const setup = parts.setup();
  const examination = new Examination({ setup, connector, limits, onMessage: () => {} });
  for (const { index, digest } of transfer.parts) {
    examination.beginPart(index);
    await decodePart({
      ...{ codecs, limits, bytes: parts.store.bytes(digest) },
      messageType: messageTypeOf(connector, transfer.headers['message-type']),
      take: (event) => examination.take(event),
    });
  }
  return examination.interchanges;
}

interface HeldLevel {
  /** Undefined: the whole interchange. */
  readonly group: number | undefined;
  readonly passed: ExaminedInterchange;
}

/** X12 answers group by group, EDIFACT an interchange at once. */
function levelsOf(
  interchange: ExaminedInterchange,
  held: ReadonlySet<number>,
): readonly HeldLevel[] {
  const isHeld = (group: ExaminedGroup): boolean =>
    group.outcomes.every((_, at) => held.has(group.from + at));
  const groups = interchange.groups.filter((group) => group.outcomes.length > 0);
  if (interchange.envelope.standard === 'edifact') {
    if (!groups.every(isHeld)) return [];
    return [{ group: undefined, passed: pass(interchange, groups) }];
  }
  return groups
    .filter((group) => group.envelope !== undefined && isHeld(group))
    .map((group) => ({ group: group.index, passed: pass(interchange, [group]) }));
}

/** A person lets them pass as they are: accepted, with what is wrong in them told. */
const pass = (
  interchange: ExaminedInterchange,
  groups: readonly ExaminedGroup[],
): ExaminedInterchange => ({
  ...interchange,
  state: 'accepted',
  findings: interchange.findings.filter((finding) => !isError(finding)),
  groups: groups.map((group) => ({
    ...group,
    findings: group.findings.filter((finding) => !isError(finding)),
    outcomes: group.outcomes.map((outcome) => ({ ...outcome, state: 'accepted' })),
  })),
});

/** A TA1 was told before, or refused what a person now takes. */
function planned(
  parts: Parts,
  transfer: TransferRow,
  interchange: ExaminedInterchange,
  authenticated: Connector,
): readonly HeldAnswer['delivery'][] {
  const partner = interchange.partner ?? authenticated;
  const { standard } = interchange.envelope;
  if (partner.ids[standard] === undefined) return [];
  const answering = { ...answeringOf(partner), ta1: 'never' as const };
  return acknowledgements(parts.setup().standards, interchange, answering).map((made) =>
    planAcknowledgement(parts, transfer.id, interchange, partner, made),
  );
}
