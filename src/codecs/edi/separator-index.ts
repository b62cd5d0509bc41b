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

  /** How many separators lie in these segments, the last one included. */
  placesIn(first: number, last: number): number {
    return this.segmentPlaces[last + 1]! - this.segmentPlaces[first]!;
  }

  /** Scans on, up to this offset; a release character at the very end is left for the next time. */
  scan(to: number): void {
    this.#reserve(to - this.scanned);
    const { bytes, marks, places } = this;
    let used = this.used;
    let elements = this.#elements;
    let at = this.scanned;
    for (; at < to; at++) {
      const mark = marks[bytes[at]!]!;
      if (mark === 0) continue;
      if (mark <= separatesElements) {
        places[used++] = at ^ -(mark & separatesComponents);
        elements += mark >> 1;
      } else if (mark === endsSegment) {
        places[used] = at;
        this.#endSegment(used++, elements);
      } else {
        this.flags[this.segments]! |= mark;
        if (mark === releases) at++;
        else places[used++] = ~at;
      }
    }
    this.used = used;
    this.#elements = elements;
    this.scanned = at > to ? to - 1 : to;
  }

  #endSegment(place: number, elements: number): void {
    const segment = ++this.segments;
    this.segmentPlaces[segment] = place;
    this.elementsBefore[segment] = elements;
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

export function withRoom(table: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= table.length) return table;
  const larger = new Int32Array(Math.max(length, 2 * table.length));
  larger.set(table);
  return larger;
}
