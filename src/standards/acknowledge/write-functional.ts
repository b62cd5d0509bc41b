/**
 * Writes the X12 functional acknowledgement of one functional group (997 or 999, one AK1 to AK9).
 * Without ST and SE: the codec adds them.
 */
import { type Finding, isError } from '../../model/finding.ts';
import type { ContentData, SegmentData } from '../../model/message.ts';
import type { Standards } from '../definition.ts';
import { acknowledgedAs } from './error-codes.ts';
import { type FunctionalForm, form997, form999 } from './functional-forms.ts';
import { segmentNotes } from './functional-notes.ts';
import type { AcknowledgeOptions, GroupOutcome, MessageOutcome } from './outcome.ts';
import { segment } from './segment-data.ts';

/** AK502 to AK506, AK905 to AK909. */
const codesMax = 5;
/** AK903 and its like have six digits. */
const countMax = 999_999;

/** `standards` lets AK402 name the data element. */
export type FunctionalOptions = AcknowledgeOptions & { readonly standards?: Standards };

export const write997 = (group: GroupOutcome, options: FunctionalOptions = {}): ContentData =>
  writeFunctional(group, form997, options);

/** As ASC X12 005010X231 asks for it: what the partner's own rules break has codes of its own. */
export const write999 = (group: GroupOutcome, options: FunctionalOptions = {}): ContentData =>
  writeFunctional(group, form999, options);

function writeFunctional(
  group: GroupOutcome,
  form: FunctionalForm,
  options: FunctionalOptions,
): ContentData {
  const { functionalId, control, version = '' } = group;
  const guide = form.namesGuides ? version : '';
  const segments: SegmentData[] = [segment('AK1', functionalId, control, guide)];
  const tally = { received: 0, accepted: 0, noted: 0 };
  for (const message of group.messages) {
    const errors = message.findings.filter(isError);
    tally.received += 1;
    if (message.state !== 'rejected') tally.accepted += 1;
    if (errors.length > 0) tally.noted += 1;
    if (options.omitAccepted === true && isClean(message, errors)) continue;
    segments.push(...setResponse(message, errors, form, options));
  }
  segments.push(groupTrailer(group, tally));
  return { form: 'segments', segments };
}

const isClean = (message: MessageOutcome, errors: readonly Finding[]): boolean =>
  message.state !== 'rejected' && errors.length === 0;

/** AK2, its notes, AK5. */
function setResponse(
  message: MessageOutcome,
  errors: readonly Finding[],
  form: FunctionalForm,
  { standards, detail }: FunctionalOptions,
): readonly SegmentData[] {
  const { type, control, convention = '' } = message;
  const notes = detail === 'verdict' ? [] : segmentNotes(type, errors, form, standards);
  const verdict = message.state === 'rejected' ? 'R' : errors.length > 0 ? 'E' : 'A';
  const codes = distinct(errors.map(form.setCode));
  // A rejection says why: what has no code of its own is an error of the set. What is overruled
  // has none: AK9 tells what is wrong.
  const isUnsaid = verdict === 'R' && codes.length === 0 && message.isOverruled !== true;
  const said = isUnsaid ? ['5'] : codes;
  return [
    segment('AK2', type.name, control, form.namesGuides ? convention : ''),
    ...notes,
    segment(form.tags.set, verdict, ...said),
  ];
}

function groupTrailer(
  group: GroupOutcome,
  tally: { readonly received: number; readonly accepted: number; readonly noted: number },
): SegmentData {
  const counted = Math.min(group.counted ?? tally.received, countMax);
  const codes = distinct(
    group.findings.filter(isError).map(({ code }) => acknowledgedAs[code]?.ak9),
  );
  const numbers = [counted, tally.received, tally.accepted].map(String);
  return segment('AK9', groupVerdict(tally, codes.length > 0), ...numbers, ...codes);
}

function groupVerdict(
  { received, accepted, noted }: { received: number; accepted: number; noted: number },
  hasFaults: boolean,
): string {
  if (accepted === 0 && (received > 0 || hasFaults)) return 'R';
  if (accepted < received) return 'P';
  return noted > 0 || hasFaults ? 'E' : 'A';
}

const distinct = (codes: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(codes)].filter((it) => it !== undefined).slice(0, codesMax);
