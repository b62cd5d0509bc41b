/** What is said of characters: of those that cannot be read, and of those that are not allowed. */
import type { Syntax } from '../../model/envelope.ts';
import type { Place } from '../../model/finding.ts';
import type { Segments } from '../../model/message.ts';
import { findCharset } from './charset.ts';
import { cut, type Faults, fault } from './faults.ts';
import { inMessage, type OpenLevel, type OpenMessage } from './open-levels.ts';
import { disallowedOf, findDisallowed } from './repertoire.ts';

/** What is judged: a message, or the header of an interchange. */
export interface Characters {
  /** Its bytes, and where they begin in the part. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly segments: Segments;
  readonly syntax: Syntax;
  readonly isAscii: boolean;
}

interface Judged extends Characters {
  readonly faults: Faults;
  /** What all of its places have. */
  readonly place: Place;
}

/** Each at most once: the first byte that is no character, and the first that is not allowed. */
export function tellCharacters(level: OpenLevel | OpenMessage, characters: Characters): void {
  const { syntax, isAscii } = characters;
  const table = disallowedOf(syntax);
  if (isAscii && table === undefined) return;
  const { name: path, start, faults } = level;
  const place = 'segments' in level ? inMessage(level) : { path, start };
  const judged = { ...characters, faults, place };
  if (!isAscii) tellBadByte(judged);
  if (table !== undefined) tellDisallowed(judged, table);
}

/** The bytes must be of the interchange's charset. */
function tellBadByte(characters: Judged): void {
  const { bytes, start, syntax, faults } = characters;
  const bad = findCharset(syntax.charset)?.firstBad(bytes) ?? -1;
  if (bad < 0) return;
  const byte = bytes[bad]!.toString(16).toUpperCase().padStart(2, '0');
  const text = `The byte ${byte} is no character of ${syntax.charset}, which the interchange declares.`;
  faults.add(fault('character-bad', placeOf(characters, start + bad), text));
}

function tellDisallowed(characters: Judged, table: Uint8Array): void {
  const { bytes, start, syntax, faults } = characters;
  const found = findDisallowed(bytes, table);
  if (found === undefined) return;
  const value = String.fromCharCode(bytes[found.at]!);
  const others = found.count === 1 ? ' is' : ` and ${found.count - 1} others here are`;
  const text =
    `${JSON.stringify(value)}${others} not among the characters of ${syntax.charset}, which the ` +
    'interchange declares: ask the sender to declare UNOC, or to leave such characters out.';
  faults.add(
    fault('character-not-allowed', placeOf(characters, start + found.at), text, { value }),
  );
}

/** The segment and the element that a byte stands in; it may stand in a tag, or between segments. */
function placeOf({ segments, place }: Judged, at: number): Place {
  const range = { start: at, end: at + 1 };
  const segment = segmentAt(segments, at);
  if (segment === undefined) return { ...place, ...range };
  const tag = cut(segments.tag(segment), 40);
  const isHeader = place.message === undefined;
  const above = isHeader ? place.path : `${place.path} / ${tag}`;
  const counted = isHeader ? {} : { segment: segment + 1 };
  const element = elementAt(segments, segment, at);
  if (element === 0) return { ...place, ...counted, ...range, path: above, tag };
  const path = `${above} / ${tag}${String(element).padStart(2, '0')}`;
  return { ...place, ...counted, ...range, path, tag, element };
}

/** The last that begins at or before the byte. */
function segmentAt(segments: Segments, at: number): number | undefined {
  let low = 0;
  let past = segments.count;
  while (past - low > 1) {
    const middle = (low + past) >> 1;
    if (segments.start(middle) <= at) low = middle;
    else past = middle;
  }
  return segments.count > 0 && segments.start(low) <= at && at < segments.end(low)
    ? low
    : undefined;
}

/** The last element that begins at or before the byte; 0: the tag. */
function elementAt(segments: Segments, segment: number, at: number): number {
  let element = segments.elements(segment);
  while (element > 0 && segments.range(segment, element).start > at) element--;
  return element;
}
