/** What an agreement makes of a message's errors: whether it goes on, and what it takes along. */
import { standardsFindings } from '../model/catalogue/standards.ts';
import type { Agreement } from '../model/connector.ts';
import { type Finding, isError } from '../model/finding.ts';
import type { MessageOutcome } from './examine.ts';

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

/** The finding that overrules good messages, where there are any. */
export function takenAlong(
  { taint }: { readonly taint: Taint | undefined },
  place: Finding['place'],
  groups: readonly { readonly outcomes: readonly MessageOutcome[] }[],
): readonly Finding[] {
  const isAnyGood = groups.some(({ outcomes }) => outcomes.some((it) => it.state === 'accepted'));
  if (taint === undefined || !isAnyGood) return [];
  const { what, rejects } = taint;
  return [
    {
      code: 'rejected-together',
      severity: 'error',
      fault: 'partner',
      place,
      text:
        `${what} is rejected, and by agreement the whole ${rejects} with it ` +
        `("rejects: ${rejects}"): ask the sender to mend it and to send all of it again.`,
      value: what,
    },
  ];
}
