/**
 * Writes the EDIFACT CONTRL of one interchange in syntax 3 (ISO 9735, CONTRL D:3). A level is
 * acknowledged with all that is below it, unless that says otherwise; there is no "with errors".
 */
import { type Finding, isError } from '../../model/finding.ts';
import type { ContentData, ElementData, MessageType, SegmentData } from '../../model/message.ts';
import { acknowledgedAs } from './error-codes.ts';
import type { AcknowledgeOptions, InterchangeOutcome, MessageOutcome } from './outcome.ts';
import { segment } from './segment-data.ts';

/** 0083. */
const rejected = '4';
const acknowledged = '7';
const received = '8';

/** UCS may stand 999 times below a UCM, UCD 99 times below a UCS. */
const segmentNotesMax = 999;
const elementNotesMax = 99;
/** 0096 has six digits, 0098 and 0104 three. */
const segmentMax = 999_999;
const elementMax = 999;

export interface ContrlOptions extends AcknowledgeOptions {
  /** Only says that the interchange has arrived (action 8): its content is not judged yet. */
  readonly receiptOnly?: boolean;
}

/**
 * Without UNH and UNT: the codec adds them. Undefined where the interchange lacks what CONTRL must
 * copy (0020, S002, S003): its sender has to be told by another way.
 */
export function writeContrl(
  interchange: InterchangeOutcome,
  options: ContrlOptions = {},
): ContentData | undefined {
  const { control, sender, receiver, isRejected } = interchange;
  if (control === '' || sender.id === '' || receiver.id === '') return undefined;
  if (options.receiptOnly === true) return content([responseHeader(interchange, received)]);
  if (isRejected) return content([responseHeader(interchange, rejected)]);
  const segments = [responseHeader(interchange, acknowledged)];
  for (const message of interchange.messages) {
    if (message.state === 'rejected') segments.push(...rejection(message));
    else if (options.omitAccepted !== true) segments.push(acceptance(message));
  }
  return content(segments);
}

const content = (segments: readonly SegmentData[]): ContentData => ({ form: 'segments', segments });

/** UCI. A rejection has a reason: 18 where none has a code. */
function responseHeader(interchange: InterchangeOutcome, action: string): SegmentData {
  const { control, sender, receiver, findings } = interchange;
  const reason = action === rejected ? levelError(findings) : [];
  const parties = [sender, receiver].map(({ id, qualifier }) => [id, qualifier]);
  return segment('UCI', control, ...parties, action, ...reason);
}

/**
 * 0085, and 0013 and S011 where the fault is in a service segment: the first that has a code, for
 * each level carries one error only.
 */
function levelError(findings: readonly Finding[]): readonly ElementData[] {
  for (const finding of findings.filter(isError)) {
    const code = acknowledgedAs[finding.code]?.syntax;
    if (code === undefined) continue;
    return isOfService(finding) ? [code, finding.place.tag ?? '', elementPlace(finding)] : [code];
  }
  return ['18'];
}

/** Faults of header and trailer are told by UCI and UCM themselves, others by UCS and UCD. */
const isOfService = ({ place }: Finding): boolean => serviceTags.has(place.tag ?? '');
const serviceTags: ReadonlySet<string> = new Set(['UNB', 'UNG', 'UNH', 'UNT', 'UNE', 'UNZ']);

const acceptance = ({ control, type }: MessageOutcome): SegmentData =>
  segment('UCM', control, messageIdentifier(type), acknowledged);

/** UCM with its own error, or with UCS and UCD below it: each level carries one error only. */
function rejection({ control, type, findings }: MessageOutcome): readonly SegmentData[] {
  const errors = findings.filter(isError);
  const ofBody = errors.filter((it) => !isOfService(it));
  const notes = [...bySegment(ofBody)].slice(0, segmentNotesMax).flatMap(segmentNotes);
  const reason = notes.length > 0 ? [] : levelError(errors);
  return [segment('UCM', control, messageIdentifier(type), rejected, ...reason), ...notes];
}

/** S009: 0065, 0052, 0054, 0051, 0057. */
function messageIdentifier({ name, version, association }: MessageType): readonly string[] {
  return [name, version.slice(0, 1), version.slice(1), 'UN', association ?? ''];
}

interface SegmentNote {
  readonly position: number;
  readonly code: string;
  readonly elements: readonly Finding[];
}

/** UCS 0085 and the UCD of the same segment exclude each other, so they are notes of their own. */
function bySegment(errors: readonly Finding[]): Iterable<SegmentNote> {
  const notes = new Map<string, SegmentNote & { readonly elements: Finding[] }>();
  for (const finding of errors) {
    const told = acknowledgedAs[finding.code];
    const position = positionOf(finding);
    if (told?.syntax === undefined || position < 1 || position > segmentMax) continue;
    const ofElement = finding.place.element !== undefined && told.ofSegment !== true;
    const code = ofElement ? '' : told.syntax;
    const key = `${position} ${code}`;
    const note = notes.get(key) ?? { position, code, elements: [] };
    if (ofElement) note.elements.push(finding);
    notes.set(key, note);
  }
  return notes.values();
}

/** 0096 of a missing segment is the one before the place where it should be. */
const positionOf = ({ code, place }: Finding): number =>
  (place.segment ?? 0) - (code === 'segment-missing' ? 1 : 0);

function segmentNotes({ position, code, elements }: SegmentNote): readonly SegmentData[] {
  const details = elements.slice(0, elementNotesMax).map(elementNote);
  return [segment('UCS', `${position}`, code), ...details];
}

const elementNote = (finding: Finding): SegmentData =>
  segment('UCD', acknowledgedAs[finding.code]?.syntax ?? '18', elementPlace(finding));

/** S011. 0098 counts the tag as 1, so the first element is 2. */
function elementPlace({ place }: Finding): readonly string[] {
  if (place.element === undefined) return [];
  const element = Math.min(place.element + 1, elementMax);
  const component = place.component === undefined ? '' : `${Math.min(place.component, elementMax)}`;
  return [`${element}`, component];
}
