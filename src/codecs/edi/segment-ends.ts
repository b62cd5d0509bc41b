/**
 * Where the segments of a text end. Terminators are few, and a search for one of them is the fastest
 * way through a text; what lies between them is looked at when a segment is asked for. The table is
 * pooled: it grows with the largest message and is used again.
 */
import type { Syntax } from '../../model/envelope.ts';
import { marks, marksOf } from './separator-marks.ts';

/** More than any offset or count: an integer, unlike Infinity, keeps the loops to integers. */
const most = 0x7fffffff;

export class SegmentEnds {
  bytes: Uint8Array = new Uint8Array(0);
  /** How many whole segments were found. */
  segments = 0;
  /** Up to where the text was searched. */
  scanned = 0;
  #text = '';
  #terminator = '';
  /** Code of the release character; -1: there is none. */
  #release = -1;
  /** Where the next terminator stands, released or not; before `scanned` it is not known. */
  #next = -1;
  #ends = new Int32Array(256);
  /** Segments whose last element is counted: how many elements they have. */
  readonly #counted = new Map<number, number>();

  useSyntax(syntax: Syntax): void {
    this.#terminator = syntax.terminator;
    this.#release = marksOf(syntax).indexOf(marks.release);
  }

  /** Forgets everything; searching begins at this offset. `text` is the bytes as latin1. */
  begin(bytes: Uint8Array, text: string, at: number): void {
    this.bytes = bytes;
    this.#text = text;
    this.#next = -1;
    this.segments = 0;
    this.scanned = at;
    this.#counted.clear();
  }

  /** Offset of the terminator of a segment. */
  endOf(segment: number): number {
    return this.#ends[segment]!;
  }

  /** How many elements a segment has, where that is known without looking at its separators. */
  elementsOf(segment: number): number {
    return this.#counted.size === 0 ? most : (this.#counted.get(segment) ?? most);
  }

  /** Searches on, up to this offset; a release character at its end is left for the next time. */
  scan(to: number): void {
    let at = this.#next < this.scanned ? this.#find(this.scanned) : this.#next;
    while (at < to) {
      if (this.bytes[at - 1] !== this.#release || !this.#isReleased(at)) this.#add(at);
      at = this.#find(at + 1);
    }
    this.#next = at;
    this.scanned = this.#isReleased(to) ? to - 1 : to;
  }

  #find(from: number): number {
    const at = this.#terminator === '' ? -1 : this.#text.indexOf(this.#terminator, from);
    return at < 0 ? most : at;
  }

  /**
   * An odd number of release characters stands before it (ISO 9735-1 §9). What the search before
   * this one ended with releases nothing.
   */
  #isReleased(at: number): boolean {
    let from = at;
    while (from > this.scanned && this.bytes[from - 1] === this.#release) from--;
    return ((at - from) & 1) === 1;
  }

  #add(end: number): void {
    if (this.segments === this.#ends.length) {
      this.#ends = withRoom(this.#ends, this.segments + 1);
    }
    this.#ends[this.segments++] = end;
  }

  /**
   * Ends a segment at another terminator than the first that was found, because nothing separates
   * inside the last of so many elements. Later segments are forgotten.
   */
  endAnew(segment: number, elements: number, at: number): void {
    this.segments = segment;
    this.#counted.set(segment, elements);
    this.close(at);
    this.scanned = at + 1;
    this.#next = -1;
  }

  /** Ends the last segment here, although no terminator does. */
  close(at: number): void {
    this.#add(at);
    this.scanned = at;
  }
}

export function withRoom(table: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= table.length) return table;
  const larger = new Int32Array(Math.max(length, 2 * table.length));
  larger.set(table);
  return larger;
}
