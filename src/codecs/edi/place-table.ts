/**
 * Where values begin and end, found byte by byte: offsets of the byte before a segment, of each of its
 * separators, and of its end. The table is pooled: it grows with the separators of the largest message,
 * not with its bytes, and is used again.
 */
import type { Syntax } from '../../model/envelope.ts';
import { withRoom } from './segment-ends.ts';
import { holdsRelease, marks, marksOf } from './separator-marks.ts';

const blockBytes = 4096;
/** A table of more places is begun anew with the next message. */
const keptMax = 256 * 1024;

export class PlaceTable {
  /** Place 0 is none. */
  offsets = new Int32Array(1024);
  /** Places before this one are kept. */
  used = 1;
  /** The marks of all bytes that were last looked through, joined. */
  holds = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #marks: Uint8Array = new Uint8Array(256);

  useSyntax(syntax: Syntax): void {
    this.#marks = marksOf(syntax);
  }

  useBytes(bytes: Uint8Array): void {
    this.#bytes = bytes;
  }

  clear(): void {
    this.used = 1;
    if (this.offsets.length > keptMax) this.offsets = new Int32Array(1024);
  }

  markAt(place: number): number {
    return this.#marks[this.#bytes[this.offsets[place]!]!]!;
  }

  /**
   * Puts the places of a segment behind those that are kept, and tells the last of them. `counted`:
   * nothing separates in the last of so many elements.
   */
  find(start: number, end: number, counted: number): number {
    const first = this.used;
    this.holds = 0;
    let past = first + 1;
    if (end - start <= blockBytes) past = this.#findInBlock(past, start, end);
    else {
      for (let at = start; at < end; at += blockBytes) {
        past = this.#findInBlock(past, at, Math.min(at + blockBytes, end));
      }
    }
    this.offsets[first] = start - 1;
    if (holdsRelease(this.holds)) past = this.#dropReleased(first + 1, past);
    if (counted < past - first) past = this.#dropCounted(first + 1, past, counted);
    this.offsets[past] = end;
    return past;
  }

  /** Every byte is written and only separators are kept: branches would often be guessed wrong. */
  #findInBlock(first: number, from: number, to: number): number {
    const length = first + to - from + 1;
    if (length > this.offsets.length) this.offsets = withRoom(this.offsets, length);
    const { offsets } = this;
    const bytes = this.#bytes;
    const table = this.#marks;
    let place = first;
    let { holds } = this;
    for (let at = from; at < to; at++) {
      const mark = table[bytes[at]!]!;
      offsets[place] = at;
      place += mark & 1;
      holds |= mark;
    }
    this.holds = holds;
    return place;
  }

  /** Neither a release character nor what it releases separates anything. */
  #dropReleased(first: number, past: number): number {
    const { offsets } = this;
    let kept = first;
    for (let place = first; place < past; place++) {
      if (this.markAt(place) !== marks.release) offsets[kept++] = offsets[place]!;
      else if (place + 1 < past && offsets[place + 1] === offsets[place]! + 1) place++;
    }
    return kept;
  }

  #dropCounted(first: number, past: number, elements: number): number {
    let left = elements;
    let place = first;
    for (; place < past && left > 0; place++) if (this.markAt(place) === marks.elements) left--;
    return place;
  }
}
