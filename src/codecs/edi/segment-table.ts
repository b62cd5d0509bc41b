/**
 * The segments of one message over an index of separators: the only implementation of `Segments`.
 * Values are cut from the text when they are asked for. It remembers where the elements of the
 * segment are that was last asked for. The table is used again for the next message, so it is only
 * valid while a handler runs.
 */
import type { Syntax } from '../../model/envelope.ts';
import type { Segments } from '../../model/message.ts';
import { type Charset, findCharset } from './charset.ts';
import { releases, repeats, type SeparatorIndex, withRoom } from './separator-index.ts';

/** The record of a segment: its first byte, and its number in the index. */
const recordLength = 2;

export class SegmentTable implements Segments {
  count = 0;
  mayRepeat = false;
  readonly #index: SeparatorIndex;
  #text = '';
  #base = 0;
  #isAscii = true;
  #release = '';
  #charset: Charset = findCharset('latin1')!;
  #records = new Int32Array(recordLength * 128);

  /** The segment that was last asked for. */
  #segment = -1;
  #start = 0;
  #firstPlace = 0;
  #elements = -1;
  /** Every separator in it is one of elements. */
  #isFlat = false;
  #hasRepeats = false;
  #isPlain = true;
  #places: Int32Array;
  /** Places in front of its elements and at its end, where it is not flat. */
  #elementPlaces = new Int32Array(64);
  /** The repeat that was last asked for, and the places around it. */
  #repeatElement = -1;
  #repeat = 0;
  #repeatFrom = 0;
  #repeatTo = 0;

  constructor(index: SeparatorIndex) {
    this.#index = index;
    this.#places = index.places;
  }

  useSyntax(syntax: Syntax): void {
    this.#release = syntax.release ?? '';
    this.mayRepeat = syntax.repetition !== undefined;
    this.#charset = findCharset(syntax.charset) ?? findCharset('latin1')!;
  }

  /** What offsets refer to: the indexed bytes as latin1, and where they begin in the part. */
  useText(text: string, base: number, isAscii: boolean): void {
    this.#text = text;
    this.#base = base;
    this.#isAscii = isAscii;
  }

  clear(): void {
    this.count = 0;
    this.#segment = -1;
  }

  /** Adds a segment of the index, whose first byte (after blanks) is at `start`. */
  add(segment: number, start: number): void {
    const at = this.count++ * recordLength;
    if (at === this.#records.length) this.#records = withRoom(this.#records, 2 * at);
    this.#records[at] = start;
    this.#records[at + 1] = segment;
  }

  tag(segment: number): string {
    return this.value(segment, 0, 1);
  }

  start(segment: number): number {
    if (segment !== this.#segment) this.#select(segment);
    return this.#base + this.#start;
  }

  end(segment: number): number {
    if (segment !== this.#segment) this.#select(segment);
    if (this.#elements < 0) return this.#base;
    return this.#base + this.#index.endOf(this.#records[segment * recordLength + 1]!);
  }

  elements(segment: number): number {
    if (segment !== this.#segment) this.#select(segment);
    return Math.max(this.#elements, 0);
  }

  /** Without `component`: the whole element or repeat, its separators of components included. */
  value(segment: number, element: number, component = 0, repeat = 1): string {
    if (segment !== this.#segment) this.#select(segment);
    if (this.#isFlat && element > 0 && element <= this.#elements) {
      if (component > 1 || repeat > 1) return '';
      const place = this.#firstPlace + element;
      const flat = this.#text.slice(this.#places[place]! + 1, this.#places[place + 1]!);
      return this.#isPlain ? flat : this.#decode(flat);
    }
    if (element < 0 || element > this.#elements) return '';
    let from = this.#placeOf(element);
    let to = this.#placeOf(element + 1);
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
    const raw = this.#text.slice(this.#after(from), this.#offset(to));
    return this.#isPlain ? raw : this.#decode(raw);
  }

  components(segment: number, element: number, repeat = 1): number {
    if (segment !== this.#segment) this.#select(segment);
    if (this.#isFlat && element > 0 && element <= this.#elements && repeat === 1) {
      const place = this.#firstPlace + element;
      return this.#places[place]! + 1 === this.#places[place + 1]! ? 0 : 1;
    }
    if (element < 0 || element > this.#elements) return 0;
    let from = this.#placeOf(element);
    let to = this.#placeOf(element + 1);
    if (this.#hasRepeats || repeat > 1) {
      this.#findRepeat(element, repeat);
      from = this.#repeatFrom;
      to = this.#repeatTo;
    }
    if (to - from !== 1) return to - from;
    return this.#after(from) === this.#offset(to) ? 0 : 1;
  }

  repeats(segment: number, element: number): number {
    if (segment !== this.#segment) this.#select(segment);
    if (element < 0 || element > this.#elements) return 0;
    const from = this.#placeOf(element);
    const to = this.#placeOf(element + 1);
    if (this.#after(from) === this.#offset(to)) return 0;
    let count = 1;
    for (let place = from + 1; this.#hasRepeats && place < to; place++) {
      if (this.#isRepetition(place)) count++;
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
    const end = this.#base + this.#offset(to);
    return { start: from < to ? this.#base + this.#after(from) : end, end };
  }

  #offset(place: number): number {
    const offset = this.#places[place]!;
    return offset ^ (offset >> 31);
  }

  /** The first byte after a place; blanks after a terminator are not of the tag. */
  #after(place: number): number {
    return place === this.#firstPlace ? this.#start : this.#offset(place) + 1;
  }

  #isRepetition(place: number): boolean {
    const { bytes, marks } = this.#index;
    return marks[bytes[this.#offset(place)]!] === repeats;
  }

  /** Place in front of an element; behind the last one stands the segment's end. */
  #placeOf(element: number): number {
    return this.#isFlat ? this.#firstPlace + element : this.#elementPlaces[element]!;
  }

  /** Lists the places that separate elements: the others are negative. */
  #listElements(past: number): void {
    const places = this.#places;
    if (this.#elements + 2 > this.#elementPlaces.length) {
      this.#elementPlaces = withRoom(this.#elementPlaces, this.#elements + 2);
    }
    const list = this.#elementPlaces;
    let element = 0;
    list[element++] = this.#firstPlace;
    for (let place = this.#firstPlace + 1; place <= past; place++) {
      if (places[place]! >= 0) list[element++] = place;
    }
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
    while (place < past && !this.#isRepetition(place)) place++;
    return Math.min(place, past);
  }

  /** Unescapes after the split (ISO 9735-1 §9), and only then decodes. */
  #decode(raw: string): string {
    const released = this.#release !== '' && raw.includes(this.#release);
    const text = released ? unrelease(raw, this.#release) : raw;
    return this.#isAscii || !/[\x80-\xff]/.test(text) ? text : this.#charset.decode(text);
  }

  #select(segment: number): void {
    const index = this.#index;
    this.#segment = segment;
    this.#places = index.places;
    this.#elements = -1;
    this.#isFlat = false;
    this.#start = 0;
    this.#hasRepeats = false;
    this.#repeatElement = -1;
    if (!(segment >= 0 && segment < this.count)) return;
    const number = this.#records[segment * recordLength + 1]!;
    const flags = index.flags[number]!;
    this.#start = this.#records[segment * recordLength]!;
    this.#firstPlace = index.segmentPlaces[number]!;
    this.#elements = index.elementsBefore[number + 1]! - index.elementsBefore[number]!;
    this.#isFlat = index.placesIn(number, number) === this.#elements + 1;
    this.#hasRepeats = (flags & repeats) !== 0;
    this.#isPlain = this.#isAscii && (flags & releases) === 0;
    if (!this.#isFlat) this.#listElements(index.segmentPlaces[number + 1]!);
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
