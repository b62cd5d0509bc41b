/** Writes the X12 functional acknowledgement of one functional group (997, one AK1 to AK9). */
import { type Finding, isError } from '../../model/finding.ts';
import type { ContentData, SegmentData } from '../../model/message.ts';
import type { Standards } from '../definition.ts';
import { elementNumber } from './element-number.ts';
import { type AcknowledgedAs, acknowledgedAs } from './error-codes.ts';
import type { AcknowledgeOptions, GroupOutcome, MessageOutcome } from './outcome.ts';
import { segment } from './segment-data.ts';

/** AK4 may stand 99 times below one AK3. */
const elementNotesMax = 99;
/** AK502 to AK506, AK905 to AK909. */
const codesMax = 5;
/** AK302 has six digits; AK903 and its like too. */
const positionMax = 999_999;

/** AK401 is a composite from then on. */
const componentsSince = '003050';

/** `standards` lets AK402 name the data element. Without ST and SE: the codec adds them. */
export function write997(
  group: GroupOutcome,
  options: AcknowledgeOptions & { readonly standards?: Standards } = {},
): ContentData {
  const segments: SegmentData[] = [segment('AK1', group.functionalId, group.control)];
  const tally = { received: 0, accepted: 0, noted: 0 };
  for (const message of group.messages) {
    const errors = message.findings.filter(isError);
    tally.received += 1;
    if (message.state !== 'rejected') tally.accepted += 1;
    if (errors.length > 0) tally.noted += 1;
    if (options.omitAccepted === true && isClean(message, errors)) continue;
    segments.push(...setResponse(message, errors, options));
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
  { standards, detail }: AcknowledgeOptions & { readonly standards?: Standards },
): readonly SegmentData[] {
  const runs = detail === 'verdict' ? [] : [...bySegment(errors)];
  const notes = runs.flatMap((its) => segmentNotes(message, its, standards));
  const verdict = message.state === 'rejected' ? 'R' : errors.length > 0 ? 'E' : 'A';
  const codes = distinct(errors, 'ak5');
  // A rejection says why: what has no code of its own is an error of the set.
  const said = verdict === 'R' && codes.length === 0 ? ['5'] : codes;
  return [
    segment('AK2', message.type.name, message.control),
    ...notes,
    segment('AK5', verdict, ...said),
  ];
}

/** Findings that have a segment, in runs of the same segment and the same kind of note. */
function bySegment(errors: readonly Finding[]): Iterable<readonly Finding[]> {
  const runs = new Map<string, Finding[]>();
  for (const finding of errors) {
    const { segment: position = 0 } = finding.place;
    const { ak3, ak4 } = acknowledgedAs[finding.code] ?? {};
    if (position < 1 || position > positionMax || (ak3 === undefined && ak4 === undefined))
      continue;
    const key = `${position} ${ak3 ?? ''}`;
    const run = runs.get(key) ?? [];
    run.push(finding);
    runs.set(key, run);
  }
  return runs.values();
}

/** AK3, and the AK4 of a segment whose elements are wrong. */
function segmentNotes(
  message: MessageOutcome,
  findings: readonly Finding[],
  standards: Standards | undefined,
): readonly SegmentData[] {
  const [first] = findings as [Finding];
  const { tag = '', segment: position = 0 } = first.place;
  const { ak3 } = acknowledgedAs[first.code] as AcknowledgedAs;
  const note = segment('AK3', segmentId(tag), `${position}`, '', ak3 ?? '8');
  if (ak3 !== undefined) return [note];
  const details = findings.filter((it) => it.place.element !== undefined).slice(0, elementNotesMax);
  return [note, ...details.map((it) => elementNote(message, it, standards))];
}

/** AK301 has two or three characters, whatever was received. */
function segmentId(tag: string): string {
  const letters = tag.replace(/[^0-9A-Z]/g, '').slice(0, 3);
  return letters.length < 2 ? 'ZZZ' : letters;
}

function elementNote(
  message: MessageOutcome,
  finding: Finding,
  standards: Standards | undefined,
): SegmentData {
  const { element = 0, component } = finding.place;
  const { ak4 = '' } = acknowledgedAs[finding.code] as AcknowledgedAs;
  const number = elementNumber(message.type, finding.place, standards);
  const hasComponents = component !== undefined && message.type.version >= componentsSince;
  const position = hasComponents ? [`${element}`, `${component}`] : [`${element}`];
  return segment('AK4', position, number, ak4, ak4 === '6' ? '' : copyOf(finding.value));
}

/** AK404: 99 characters, and nothing that could be a separator of ours. */
function copyOf(value: string | undefined): string {
  const copy = (value ?? '').slice(0, 99);
  return /^[A-Za-z0-9 .,;!?@#$%&()_+=/'"-]+$/.test(copy) ? copy : '';
}

function groupTrailer(
  group: GroupOutcome,
  tally: { readonly received: number; readonly accepted: number; readonly noted: number },
): SegmentData {
  const counted = Math.min(group.counted ?? tally.received, positionMax);
  const codes = distinct(group.findings.filter(isError), 'ak9');
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

const distinct = (errors: readonly Finding[], level: 'ak5' | 'ak9'): readonly string[] =>
  [...new Set(errors.map((it) => acknowledgedAs[it.code]?.[level] ?? ''))]
    .filter((it) => it !== '')
    .slice(0, codesMax);
