/** What is wrong inside a message, in CONTRL: UCS for each segment, UCD for its elements. */
import type { Finding } from '../../model/finding.ts';
import type { SegmentData } from '../../model/message.ts';
import { acknowledgedAs } from './error-codes.ts';
import { segment } from './segment-data.ts';

/** UCS may stand 999 times below a UCM, UCD 99 times below a UCS. */
const segmentNotesMax = 999;
const elementNotesMax = 99;
/** 0096 has six digits, 0098 and 0104 three, 0136 six. */
const segmentMax = 999_999;
const elementMax = 999;

/** `hasOccurrences`: syntax 4 says which repetition of an element is meant (0136). */
export function segmentNotes(
  errors: readonly Finding[],
  hasOccurrences: boolean,
): readonly SegmentData[] {
  return [...bySegment(errors)]
    .slice(0, segmentNotesMax)
    .flatMap((note) => noteSegments(note, hasOccurrences));
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
  (place.segment ?? 0) - (acknowledgedAs[code]?.isAbsent === true ? 1 : 0);

function noteSegments(
  { position, code, elements }: SegmentNote,
  hasOccurrences: boolean,
): readonly SegmentData[] {
  const details = elements
    .slice(0, elementNotesMax)
    .map((it) =>
      segment('UCD', acknowledgedAs[it.code]?.syntax ?? '18', elementPlace(it, hasOccurrences)),
    );
  return [segment('UCS', `${position}`, code), ...details];
}

/** S011. 0098 counts the tag as 1, so the first element is 2. */
export function elementPlace(
  { place }: Pick<Finding, 'place'>,
  hasOccurrences: boolean,
): readonly string[] {
  if (place.element === undefined) return [];
  const element = Math.min(place.element + 1, elementMax);
  const component = place.component === undefined ? '' : `${Math.min(place.component, elementMax)}`;
  const repeat = hasOccurrences && place.repeat !== undefined ? `${place.repeat}` : '';
  return [`${element}`, component, repeat];
}
