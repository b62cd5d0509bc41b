/** What an agreement makes of a message's errors: whether it goes on, and what it takes along. */
import { standardsFindings } from '../model/catalogue/standards.ts';
import type { Agreement } from '../model/connector.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { ExaminedGroup, ExaminedInterchange, MessageOutcome } from './examine.ts';

/** Faults of envelopes, counts and sizes make the content itself doubtful; these do not. */
export const isTaken = (
  findings: readonly Finding[],
  agreement: Agreement | undefined,
): boolean => {
  const errors = findings.filter(isError);
  return (
    errors.length === 0 ||
    (agreement?.acknowledge.errors === 'acceptWithErrors' && errors.every(isOfContent))
  );
};

const isOfContent = ({ code }: Finding): boolean =>
  Object.hasOwn(standardsFindings, code) && code !== 'version-unknown';

/** A bad message whose agreement rejects more than itself. */
export interface Taint {
  readonly what: string;
  readonly rejects: 'group' | 'interchange';
}

/** Undefined where it rejects itself alone. */
export function taintOf(
  { type, control, state }: MessageOutcome,
  agreement: Agreement | undefined,
): Taint | undefined {
  const rejects = agreement?.acknowledge.rejects ?? 'message';
  if (state !== 'rejected' || rejects === 'message') return undefined;
  return { what: `${type.name} ${control}`.trim().slice(0, 60), rejects };
}

/** The finding that overrules the good messages of an interchange, where there are any. */
export function takenAlong({
  taint,
  envelope,
  groups,
}: Pick<ExaminedInterchange, 'taint' | 'envelope' | 'groups'>): readonly Finding[] {
  const path = `interchange ${envelope.control}`.slice(0, 100);
  const isAnyGood = groups.some(hasGood);
  return taint !== undefined && isAnyGood ? [overruling(taint, path, envelope.start)] : [];
}

export function groupTakenAlong(group: ExaminedGroup): readonly Finding[] {
  const { taint, envelope } = group;
  if (taint === undefined || envelope === undefined || !hasGood(group)) return [];
  return [overruling(taint, `group ${envelope.control}`.slice(0, 100), envelope.start)];
}

const hasGood = ({ outcomes }: ExaminedGroup): boolean =>
  outcomes.some(({ state }) => state === 'accepted');

const overruling = ({ what, rejects }: Taint, path: string, start: number): Finding => ({
  code: 'rejected-together',
  severity: 'error',
  fault: 'partner',
  place: { path, start },
  text:
    `${what} is rejected, and by agreement the whole ${rejects} with it ` +
    `("rejects: ${rejects}"): ask the sender to mend it and to send all of it again.`,
  value: what,
});
