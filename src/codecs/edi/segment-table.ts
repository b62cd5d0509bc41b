/**
 * The segments of one message: the only implementation of `Segments`. A segment is looked through
 * when something in it is first asked for, and where its separators are is kept for as long as the
 * message is; values are cut from the text. The table is used again for the next message, so it is
 * only valid while a handler runs.
 */
import type { Syntax } from '../../model/envelope.ts';
import type { Segments } from '../../model/message.ts';
import { type Charset, findCharset } from './charset.ts';
import { type SegmentEnds, withRoom } from './segment-ends.ts';
import {
  holdsComponents,
  holdsRelease,
  holdsRepetitions,
  isSimple,
  marks,
  marksOf,
} from './separator-marks.ts';
import { wordOf } from './short-words.ts';

/**
 * The record of a segment: its first byte, its number among the ends, and once it was looked through
 * its first place (until then 0), its last place, and the marks of its separators, joined.
 */
const recordLength = 5;
/** A table of more places is begun anew with the next message. */
const placesKept = 256 * 1024;
const blockBytes = 4096;

export class SegmentTable implements Segments {
  count = 0;
  mayRepeat = false;
  readonly #ends: SegmentEnds;
  #bytes: Uint8Array = new Uint8Array(0);
  #text = '';
  #base = 0;
  #isAscii = true;
  #release = '';
  #marks: Uint8Array = new Uint8Array(256);
  #charset: Charset = findCharset('latin1')!;
  #records = new Int32Array(recordLength * 128);
  /**
   * Offsets around the values of segments: of the byte before the tag, of each separator, and of the
   * end. Place 0 is none.
   */
  #places = new Int32Array(1024);
  #used = 1;

  /** The segment that was last asked for; how many elements it has, -1: there is no such segment. */
  #segment = -1;
  #elements = -1;
  #first = 0;
  /** Every separator in it is one of elements. */
  #isFlat = false;
  /** The marks of the segment that is being looked through, joined. */
  #holds = 0;
  /** It is flat, plain, and without control characters. */
  #isSimple = false;
  #hasRepeats = false;
  #isPlain = true;
  /** Places in front of its elements and at its end, where it is not flat. */
  #elementPlaces = new Int32Array(64);
  /** The repeat that was last asked for, and the places around it. */
  #repeatElement = -1;
  #repeat = 0;
  #repeatFrom = 0;
  #repeatTo = 0;

  constructor(ends: SegmentEnds) {
    this.#ends = ends;
  }

  useSyntax(syntax: Syntax): void {
    this.#release = syntax.release ?? '';
    this.mayRepeat = syntax.repetition !== undefined;
    this.#marks = marksOf(syntax);
    this.#charset = findCharset(syntax.charset) ?? findCharset('latin1')!;
  }

  /** What offsets refer to: the bytes as latin1, and where they begin in the part. */
  useText(bytes: Uint8Array, text: string, base: number, isAscii: boolean): void {
    this.#bytes = bytes;
    this.#text = text;
    this.#base = base;
    this.#isAscii = isAscii;
  }

  clear(): void {
    this.count = 0;
    this.#segment = -1;
    this.#used = 1;
    if (this.#places.length > placesKept) this.#places = new Int32Array(1024);
  }

  /** Adds one of the segments whose ends were found; its first byte (after blanks) is at `start`. */
  add(segment: number, start: number): void {
    const at = this.count++ * recordLength;
    if (at === this.#records.length) this.#records = withRoom(this.#records, 2 * at);
    this.#records[at] = start;
    this.#records[at + 1] = segment;
    this.#records[at + 2] = 0;
  }

  tag(segment: number): string {
    if (segment !== this.#segment) this.#select(segment);
    if (this.#elements < 0) return '';
    return this.#cut(this.#places[this.#first]! + 1, this.#places[this.#first + 1]!);
  }

  start(segment: number): number {
    return this.#has(segment) ? this.#base + this.#records[segment * recordLength]! : this.#base;
  }

  end(segment: number): number {
    if (!this.#has(segment)) return this.#base;
    return this.#base + this.#ends.endOf(this.#records[segment * recordLength + 1]!);
  }

  elements(segment: number): number {
    if (segment !== this.#segment) this.#select(segment);
    return Math.max(this.#elements, 0);
  }

  /** Without `component`: the whole element or repeat, its separators of components included. */
  value(segment: number, element: number, component = 0, repeat = 1): string {
    if (segment !== this.#segment) this.#select(segment);
    if (element < 0 || element > this.#elements) return '';
    if (this.#isFlat) {
      if (component > 1 || repeat > 1) return '';
      const place = this.#first + element;
      return this.#cut(this.#places[place]! + 1, this.#places[place + 1]!);
    }
    let from = this.#elementPlaces[element]!;
    let to = this.#elementPlaces[element + 1]!;
    if (this.#hasRepeats || repeat > 1) {
      this.#findRepeat(element, repeat);
      from = this.#repeatFrom;
      to = this.#repeatTo;
    }
    if (component > 0) {
      from += component - 1;
      if (from >= to) return '';
      to = from + 1;
    }
    return this.#cut(this.#places[from]! + 1, this.#places[to]!);
  }

  simpleLength(segment: number, element: number): number {
    if (segment !== this.#segment) this.#select(segment);
    if (!this.#isSimple) return -1;
    if (element > this.#elements) return 0;
    const place = this.#first + element;
    return this.#places[place + 1]! - this.#places[place]! - 1;
  }

  /** Nobody looks these values up: making them anew costs less than finding or keeping them. */
  visit(segment: number, onValue: (value: string) => void): void {
    if (!this.#has(segment)) return;
    const at = segment * recordLength;
    const past = this.#lookThrough(at);
    const isPlain = this.#isAscii && !holdsRelease(this.#holds);
    const places = this.#places;
    const text = this.#text;
    let from = this.#records[at]!;
    for (let place = this.#used + 1; place <= past; place++) {
      const to = places[place]!;
      const raw = text.slice(from, to);
      onValue(isPlain ? raw : this.#decode(raw));
      from = to + 1;
    }
  }

  components(segment: number, element: number, repeat = 1): number {
    if (segment !== this.#segment) this.#select(segment);
    if (element < 0 || element > this.#elements) return 0;
    if (this.#isFlat && repeat === 1) {
      const place = this.#first + element;
      return this.#places[place]! + 1 === this.#places[place + 1]! ? 0 : 1;
    }
    let from = this.#placeOf(element);
    let to = this.#placeOf(element + 1);
    if (this.#hasRepeats || repeat > 1) {
      this.#findRepeat(element, repeat);
      from = this.#repeatFrom;
      to = this.#repeatTo;
    }
    if (to - from !== 1) return to - from;
    return this.#places[from]! + 1 === this.#places[to]! ? 0 : 1;
  }

  repeats(segment: number, element: number): number {
    if (segment !== this.#segment) this.#select(segment);
    if (element < 0 || element > this.#elements) return 0;
    const from = this.#placeOf(element);
    const to = this.#placeOf(element + 1);
    if (this.#places[from]! + 1 === this.#places[to]!) return 0;
    let count = 1;
    for (let place = from + 1; this.#hasRepeats && place < to; place++) {
      if (this.#markAt(place) === marks.repetitions) count++;
    }
    return count;
  }

  range(segment: number, element: number, component = 0, repeat = 1) {
    if (segment !== this.#segment) this.#select(segment);
    if (element < 0 || element > this.#elements) {
      const at = this.end(segment);
      return { start: at, end: at };
    }
    this.#findRepeat(element, repeat);
    const from = this.#repeatFrom + Math.max(component - 1, 0);
    const to = component === 0 ? this.#repeatTo : Math.min(from + 1, this.#repeatTo);
    const end = this.#base + this.#places[to]!;
    return { start: from < to ? this.#base + this.#places[from]! + 1 : end, end };
  }

  #has(segment: number): boolean {
    return segment >= 0 && segment < this.count;
  }

  #markAt(place: number): number {
    return this.#marks[this.#bytes[this.#places[place]!]!]!;
  }

  /** Place in front of an element; behind the last one stands the segment's end. */
  #placeOf(element: number): number {
    return this.#isFlat ? this.#first + element : this.#elementPlaces[element]!;
  }

  /** Sets the places around a repeat; those of an absent one are both the element's end. */
  #findRepeat(element: number, repeat: number): void {
    const past = this.#placeOf(element + 1);
    if (element !== this.#repeatElement || repeat < this.#repeat) {
      this.#repeatElement = element;
      this.#repeat = 1;
      this.#repeatFrom = this.#placeOf(element);
      this.#repeatTo = this.#repeatEnd(this.#repeatFrom, past);
    }
    for (; this.#repeat < repeat && this.#repeatFrom < past; this.#repeat++) {
      this.#repeatFrom = this.#repeatTo;
      this.#repeatTo = this.#repeatEnd(this.#repeatFrom, past);
    }
  }

  #repeatEnd(from: number, past: number): number {
    let place = from + 1;
    while (place < past && this.#markAt(place) !== marks.repetitions) place++;
    return Math.min(place, past);
  }

  #cut(from: number, to: number): string {
    const raw = wordOf(this.#bytes, this.#text, from, to);
    return this.#isPlain ? raw : this.#decode(raw);
  }

  /** Unescapes after the split (ISO 9735-1 §9), and only then decodes. */
  #decode(raw: string): string {
    const released = this.#release !== '' && raw.includes(this.#release);
    const text = released ? unrelease(raw, this.#release) : raw;
    return this.#isAscii || !/[\x80-\xff]/.test(text) ? text : this.#charset.decode(text);
  }

  #select(segment: number): void {
    this.#segment = segment;
    this.#elements = -1;
    this.#repeatElement = -1;
    if (!this.#has(segment)) return;
    const at = segment * recordLength;
    if (this.#records[at + 2] === 0) this.#keepPlaces(at);
    const last = this.#records[at + 3]!;
    const holds = this.#records[at + 4]!;
    this.#first = this.#records[at + 2]!;
    this.#hasRepeats = holdsRepetitions(holds);
    this.#isFlat = !this.#hasRepeats && !holdsComponents(holds);
    this.#isPlain = this.#isAscii && !holdsRelease(holds);
    this.#isSimple = this.#isAscii && isSimple(holds);
    this.#elements = this.#isFlat ? last - this.#first - 1 : this.#listElements(last);
  }

  #keepPlaces(record: number): void {
    const last = this.#lookThrough(record);
    this.#records[record + 2] = this.#used;
    this.#records[record + 3] = last;
    this.#records[record + 4] = this.#holds;
    this.#used = last + 1;
  }

  /**
   * Puts the places of a segment behind those that are kept, and tells the last of them. It goes by
   * blocks, so that the table grows with the separators and not with the bytes.
   */
  #lookThrough(record: number): number {
    const start = this.#records[record]!;
    const number = this.#records[record + 1]!;
    const end = this.#ends.endOf(number);
    const first = this.#used;
    let past = first + 1;
    let at = start;
    this.#holds = 0;
    do {
      past = this.#findInBlock(past, at, Math.min(at + blockBytes, end));
      at += blockBytes;
    } while (at < end);
    this.#places[first] = start - 1;
    if (holdsRelease(this.#holds)) past = this.#dropReleased(first, past);
    const counted = this.#ends.elementsOf(number);
    if (counted < past - first) past = this.#dropCounted(first, past, counted);
    this.#places[past] = end;
    return past;
  }

  #reserve(length: number): void {
    if (length > this.#places.length) this.#places = withRoom(this.#places, length);
  }

  /** Every byte is written and only marked ones are kept: branches would often be guessed wrong. */
  #findInBlock(used: number, from: number, to: number): number {
    this.#reserve(used + to - from + 1);
    const bytes = this.#bytes;
    const table = this.#marks;
    const places = this.#places;
    let place = used;
    let holds = this.#holds;
    for (let at = from; at < to; at++) {
      const mark = table[bytes[at]!]!;
      places[place] = at;
      place += mark & 1;
      holds |= mark;
    }
    this.#holds = holds;
    return place;
  }

  /** Neither a release character nor what it releases separates anything. */
  #dropReleased(first: number, past: number): number {
    const places = this.#places;
    let kept = first + 1;
    for (let place = first + 1; place < past; place++) {
      const isRelease = this.#markAt(place) === marks.release;
      if (!isRelease) places[kept++] = places[place]!;
      else if (place + 1 < past && places[place + 1] === places[place]! + 1) place++;
    }
    return kept;
  }

  /** Nothing separates in counted data, the last of so many elements. */
  #dropCounted(first: number, past: number, elements: number): number {
    let left = elements;
    let place = first + 1;
    for (; place < past && left > 0; place++) if (this.#markAt(place) === marks.elements) left--;
    return place;
  }

  /** Lists the places that separate elements, and tells how many elements they are. */
  #listElements(last: number): number {
    const first = this.#first;
    if (last - first >= this.#elementPlaces.length) {
      this.#elementPlaces = withRoom(this.#elementPlaces, last - first + 1);
    }
    const list = this.#elementPlaces;
    list[0] = first;
    let element = 1;
    for (let place = first + 1; place < last; place++) {
      list[element] = place;
      if (this.#markAt(place) === marks.elements) element++;
    }
    list[element] = last;
    return element - 1;
  }
}

/** `10?+10=20??` is `10+10=20?`. A release character at the end releases nothing and is dropped. */
function unrelease(raw: string, release: string): string {
  let text = '';
  let from = 0;
  for (let at = raw.indexOf(release); at >= 0; at = raw.indexOf(release, at + 2)) {
    text += raw.slice(from, at);
    from = at + 1;
  }
  return text + raw.slice(from);
}
