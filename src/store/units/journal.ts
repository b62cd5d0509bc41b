/** Events and findings: written in the unit that changes what they tell of. */
import type { Finding } from '../../model/finding.ts';
import type { Instant } from '../../model/time.ts';
import { run, statement, type Unit } from '../unit.ts';

/** Records one change of one state: `delivery.sent`, of which, when, in words. */
export function* event(at: Instant, what: string, subject: string, text = ''): Unit<void> {
  yield* run(insertEvent, { at, what, subject, text });
}

/** What findings are about. */
export interface About {
  readonly transfer?: string | undefined;
  readonly messageIndex?: number;
  readonly document?: string | undefined;
  readonly delivery?: string;
}

export function* recordFindings(
  findings: readonly Finding[],
  about: About,
  at: Instant,
): Unit<void> {
  for (const { place, value, ...finding } of findings) {
    yield* run(insertFinding, {
      ...finding,
      transfer: about.transfer ?? null,
      messageIndex: about.messageIndex ?? null,
      document: about.document ?? null,
      delivery: about.delivery ?? null,
      place: JSON.stringify(place),
      value: value ?? null,
      at,
    });
  }
}

const insertEvent = statement(
  (db, p: { at: Instant; what: string; subject: string; text: string }) =>
    db.insertInto('event').values({ at: p.at, what: p.what, subject: p.subject, text: p.text }),
);

type NewFinding = Omit<Finding, 'place' | 'value'> & {
  readonly transfer: string | null;
  readonly messageIndex: number | null;
  readonly document: string | null;
  readonly delivery: string | null;
  readonly place: string;
  readonly value: string | null;
  readonly at: Instant;
};

const insertFinding = statement((db, p: NewFinding) =>
  db.insertInto('finding').values({
    transfer: p.transfer,
    message_index: p.messageIndex,
    document: p.document,
    delivery: p.delivery,
    code: p.code,
    severity: p.severity,
    fault: p.fault,
    place: p.place,
    text: p.text,
    value: p.value,
    at: p.at,
  }),
);
