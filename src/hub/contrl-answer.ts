/** The CONTRL of an EDIFACT interchange, where it is due and can be written. */
import type { AcknowledgePolicy } from '../model/acknowledge-policy.ts';
import { type Finding, isError } from '../model/finding.ts';
import { contrlGap } from '../standards/acknowledge/contrl-gap.ts';
import { contrlType, writeContrl } from '../standards/acknowledge/write-contrl.ts';
import { type Acknowledgement, type Answering, isClean, isDue, policyFor } from './answering.ts';
import { contrlOutcome } from './contrl-outcome.ts';
import type { ExaminedInterchange, MessageOutcome } from './examine.ts';

export function contrlAnswer(
  interchange: ExaminedInterchange,
  answering: Answering,
): readonly Acknowledgement[] {
  const policy = contrlPolicy(interchange, answering);
  if (policy === undefined) return [];
  const content = writeContrl(contrlOutcome(interchange), { detail: policy.detail });
  const type = contrlType(interchange.envelope.syntax.version);
  return content === undefined ? [] : [{ type, contents: [content] }];
}

/** An interchange without messages is answered where everything is. */
const noMessage: readonly MessageOutcome[] = [
  {
    ...{ type: { standard: 'edifact', version: '', name: '' }, control: '' },
    ...{ state: 'rejected', findings: [] },
  },
];

/** Undefined: none is due. */
function contrlPolicy(
  interchange: ExaminedInterchange,
  answering: Answering,
): AcknowledgePolicy | undefined {
  const outcomes = interchange.groups.flatMap((group) => group.outcomes);
  const policy = policyFor(outcomes.length === 0 ? noMessage : outcomes, answering, ['CONTRL']);
  const levels = [interchange, ...interchange.groups];
  const isGood = outcomes.every(isClean) && levels.every(({ findings }) => !findings.some(isError));
  if (interchange.state === 'held' || policy === undefined) return undefined;
  return isDue(policy, interchange, isGood) ? policy : undefined;
}

/** What keeps a CONTRL that is due from being written: somebody has to tell its sender. */
export function unanswerable(
  interchange: ExaminedInterchange,
  answering: Answering,
): readonly Finding[] {
  const { standard, control, start } = interchange.envelope;
  if (standard !== 'edifact' || contrlPolicy(interchange, answering) === undefined) return [];
  const gap = contrlGap(contrlOutcome(interchange));
  if (gap === undefined) return [];
  const place = { path: `UNB ${control.slice(0, 40)}`.trimEnd(), start };
  const text = `No CONTRL can answer this interchange: ${gap} Tell its sender by another way.`;
  return [{ code: 'contrl-impossible', severity: 'warning', fault: 'partner', place, text }];
}
