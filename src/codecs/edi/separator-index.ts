/**
 * Where the separators of a text are, found in one pass over its bytes. `places` holds the offset
 * of each; those of components and repetitions are stored as their complement, which is negative.
 * Place 0 stands for the beginning, so that every element lies between two places. The tables
 * are pooled: they grow with the largest message and are used again.
 */
import type { Syntax } from '../../model/envelope.ts';

/** What a byte is; nothing is 0. */
const separatesComponents = 1;
const separatesElements = 2;
const endsSegment = 4;
export const repeats = 8;
export const releases = 16;

export class SeparatorIndex {
  places = new Int32Array(1024);
  /** Place of the terminator before a segment; that of the segment itself is the next entry. */
  segmentPlaces = new Int32Array(256);
  /** Elements in all segments before this one. */
  elementsBefore = new Int32Array(256);
  /** Of each segment: whether it holds repetition separators or release characters. */
  flags = new Uint8Array(256);
  bytes: Uint8Array = new Uint8Array(0);
  /** How many whole segments were found. */
  segments = 0;
  /** Up to where the text was scanned. */
  scanned = 0;
  /** How many places are used. */
  used = 1;
  readonly marks = new Uint8Array(256);
  #elements = 0;

  useSyntax(syntax: Syntax): void {
    this.marks.fill(0);
    this.#mark(syntax.release, releases);
    this.#mark(syntax.repetition, repeats);
    this.#mark(syntax.component, separatesComponents);
    this.#mark(syntax.element, separatesElements);
    this.#mark(syntax.terminator, endsSegment);
  }

  #mark(character: string | undefined, mark: number): void {
    if (character !== undefined && character !== '') this.marks[character.charCodeAt(0)] = mark;
  }

  /** Forgets everything; scanning begins at this offset of the bytes. */
  begin(bytes: Uint8Array, at: number): void {
    this.bytes = bytes;
    this.flags.fill(0, 0, this.segments + 1);
    this.segmentPlaces[0] = 0;
    this.elementsBefore[0] = 0;
    this.#elements = 0;
    this.used = 1;
    this.segments = 0;
    this.scanned = at;
  }

  /** Offset of the terminator of a segment. */
  endOf(segment: number): number {
    return this.places[this.segmentPlaces[segment + 1]!]!;
  }

  /** Offset of the first separator of a segment: where its tag ends. */
  tagEndOf(segment: number): number {
    const place = this.places[this.segmentPlaces[segment]! + 1]!;
    return place < 0 ? ~place : place;
  }

  /** How many separators were found behind the last terminator. */
  get openPlaces(): number {
    return this.used - this.segmentPlaces[this.segments]!;
  }

  /** How many separators lie in these segments, the last one included. */
  placesIn(first: number, last: number): number {
    return this.segmentPlaces[last + 1]! - this.segmentPlaces[first]!;
  }

  /**
   * Scans on, up to this offset; a release character at the very end is left for the next time.
   * Two plain passes, over the bytes and over what they found, are faster than one that does all.
   */
  scan(to: number): void {
    this.#reserve(to - this.scanned);
    const past = findMarked(this.bytes, this.marks, this.places, this.used, this.scanned, to);
    this.scanned = to;
    this.#sortOut(past, to);
  }

  /** Signs the places just found, drops released ones, and ends segments. */
  #sortOut(past: number, to: number): void {
    const { bytes, marks, places } = this;
    let used = this.used;
    let elements = this.#elements;
    for (let place = used; place < past; place++) {
      const offset = places[place]!;
      const mark = marks[bytes[offset]!]!;
      if (mark <= separatesElements) {
        places[used++] = offset ^ -(mark & separatesComponents);
        elements += mark >> 1;
      } else if (mark === endsSegment) {
        places[used] = offset;
        this.#endSegment(used++, elements);
      } else {
        this.flags[this.segments]! |= mark;
        if (mark === repeats) places[used++] = ~offset;
        else if (offset + 1 === to) this.scanned = offset;
        else if (place + 1 < past && places[place + 1] === offset + 1) place++;
      }
    }
    this.used = used;
    this.#elements = elements;
  }

  #endSegment(place: number, elements: number): void {
    const segment = ++this.segments;
    this.segmentPlaces[segment] = place;
    this.elementsBefore[segment] = elements;
  }

  /** Where an element ends (the tag is element 0); undefined where the segment has fewer. */
  elementEnd(segment: number, element: number): number | undefined {
    const past = this.segmentPlaces[segment + 1]!;
    let left = element;
    for (let place = this.segmentPlaces[segment]! + 1; place <= past; place++) {
      if (this.places[place]! >= 0 && left-- === 0) return this.places[place]!;
    }
    return undefined;
  }

  /**
   * Ends a segment at another terminator than the first that was found, because nothing separates
   * inside the last of so many elements. Later segments are forgotten.
   */
  endAnew(segment: number, elements: number, at: number): void {
    this.flags.fill(0, segment + 1, this.segments + 1);
    this.segments = segment;
    this.#elements = this.elementsBefore[segment]! + elements;
    this.used = this.segmentPlaces[segment]! + 1;
    for (let left = elements; left > 0; this.used++) if (this.places[this.used]! >= 0) left--;
    this.close(at);
    this.scanned = at + 1;
  }

  /** Ends the last segment here, although no terminator does. */
  close(at: number): void {
    this.#reserve(1);
    this.scanned = at;
    this.places[this.used] = at;
    this.#endSegment(this.used++, this.#elements);
  }

  #reserve(more: number): void {
    this.places = withRoom(this.places, this.used + more);
    const length = this.segments + more + 2;
    if (length <= this.flags.length) return;
    this.segmentPlaces = withRoom(this.segmentPlaces, length);
    this.elementsBefore = withRoom(this.elementsBefore, length);
    const flags = new Uint8Array(this.segmentPlaces.length);
    flags.set(this.flags);
    this.flags = flags;
  }
}

/** Puts the offsets of all bytes that have a mark into `places`, from `used` on. */
function findMarked(
  bytes: Uint8Array,
  marks: Uint8Array,
  places: Int32Array,
  used: number,
  from: number,
  to: number,
): number {
  let past = used;
  for (let at = from; at < to; at++) {
    if (marks[bytes[at]!] !== 0) places[past++] = at;
  }
  return past;
}

export function withRoom(table: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= table.length) return table;
  const larger = new Int32Array(Math.max(length, 2 * table.length));
  larger.set(table);
  return larger;
}
