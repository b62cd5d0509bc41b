/**
 * The segments of one message: the only implementation of `Segments`. A segment is looked through
 * when something in it is first asked for, and where its separators are is kept for as long as the
 * message is; values are cut from the text. The table is used again for the next message, so it is
 * only valid while a handler runs.
 */
import type { Syntax } from '../../model/envelope.ts';
import type { Segments } from '../../model/message.ts';
import { type Charset, findCharset } from './charset.ts';
import { PlaceTable } from './place-table.ts';
import { type SegmentEnds, withRoom } from './segment-ends.ts';
import {
  holdsComponents,
  holdsRelease,
  holdsRepetitions,
  isSimple,
  marks,
} from './separator-marks.ts';
import { wordOf } from './short-words.ts';

/**
 * The record of a segment: its first byte, its number among the ends, and once it was looked through
 * its first place (until then 0), its last place, and the marks of its separators, joined.
 */
const recordLength = 5;

export class SegmentTable implements Segments {
  count = 0;
  mayRepeat = false;
  readonly #ends: SegmentEnds;
  #bytes: Uint8Array = new Uint8Array(0);
  #text = '';
  #base = 0;
  #isAscii = true;
  #release = '';
  #charset: Charset = findCharset('latin1')!;
  #records = new Int32Array(recordLength * 128);
  readonly #places = new PlaceTable();

  /** The segment that was last asked for; how many elements it has, -1: there is no such segment. */
  #segment = -1;
  #elements = -1;
  #first = 0;
  /** Every separator in it is one of elements. */
  #isFlat = false;
  /** It is plain, and without repetitions and control characters. */
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
    this.#places.useSyntax(syntax);
    this.#charset = findCharset(syntax.charset) ?? findCharset('latin1')!;
  }

  /** What offsets refer to: the bytes as latin1, and where they begin in the part. */
  useText(bytes: Uint8Array, text: string, base: number, isAscii: boolean): void {
    this.#bytes = bytes;
    this.#places.useBytes(bytes);
    this.#text = text;
    this.#base = base;
    this.#isAscii = isAscii;
  }

  clear(): void {
    this.count = 0;
    this.#segment = -1;
    this.#places.clear();
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
    return this.#between(this.#first, this.#first + 1);
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
      return this.#between(place, place + 1);
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
    return this.#between(from, to);
  }

  simpleLength(segment: number, element: number, component = 0): number {
    if (segment !== this.#segment) this.#select(segment);
    if (!this.#isSimple) return -1;
    if (element > this.#elements) return 0;
    if (this.#isFlat) {
      return component > 1 ? 0 : this.#lengthOf(this.#first + element, this.#first + element + 1);
    }
    const from = this.#elementPlaces[element]! + Math.max(component - 1, 0);
    const past = this.#elementPlaces[element + 1]!;
    if (from >= past) return 0;
    return component === 0 && past - from > 1 ? -1 : this.#lengthOf(from, from + 1);
  }

  /** Nobody looks these values up: making them anew costs less than finding or keeping them. */
  visit(onValue: (value: string) => void): void {
    const text = this.#text;
    const places = this.#places;
    for (let record = 0; record < this.count * recordLength; record += recordLength) {
      const last = this.#find(record);
      const { offsets } = places;
      const isPlain = this.#isAscii && !holdsRelease(places.holds);
      let from = this.#records[record]!;
      for (let place = places.used + 1; place <= last; place++) {
        const to = offsets[place]!;
        const raw = text.slice(from, to);
        onValue(isPlain ? raw : this.#decode(raw));
        from = to + 1;
      }
    }
  }

  components(segment: number, element: number, repeat = 1): number {
    if (segment !== this.#segment) this.#select(segment);
    if (element < 0 || element > this.#elements) return 0;
    if (this.#isFlat && repeat === 1) {
      const place = this.#first + element;
      return this.#lengthOf(place, place + 1) === 0 ? 0 : 1;
    }
    let from = this.#placeOf(element);
    let to = this.#placeOf(element + 1);
    if (this.#hasRepeats || repeat > 1) {
      this.#findRepeat(element, repeat);
      from = this.#repeatFrom;
      to = this.#repeatTo;
    }
    if (to - from !== 1) return to - from;
    return this.#lengthOf(from, to) === 0 ? 0 : 1;
  }

  repeats(segment: number, element: number): number {
    if (segment !== this.#segment) this.#select(segment);
    if (element < 0 || element > this.#elements) return 0;
    const from = this.#placeOf(element);
    const to = this.#placeOf(element + 1);
    if (this.#lengthOf(from, to) === 0) return 0;
    let count = 1;
    for (let place = from + 1; this.#hasRepeats && place < to; place++) {
      if (this.#places.markAt(place) === marks.repetitions) count++;
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
    const { offsets } = this.#places;
    const end = this.#base + offsets[to]!;
    return { start: from < to ? this.#base + offsets[from]! + 1 : end, end };
  }

  #has(segment: number): boolean {
    return segment >= 0 && segment < this.count;
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
    while (place < past && this.#places.markAt(place) !== marks.repetitions) place++;
    return Math.min(place, past);
  }

  #lengthOf(from: number, to: number): number {
    const { offsets } = this.#places;
    return offsets[to]! - offsets[from]! - 1;
  }

  /** The value between two places. */
  #between(from: number, to: number): string {
    const { offsets } = this.#places;
    const raw = wordOf(this.#bytes, this.#text, offsets[from]! + 1, offsets[to]!);
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
    const last = this.#find(record);
    this.#records[record + 2] = this.#places.used;
    this.#records[record + 3] = last;
    this.#records[record + 4] = this.#places.holds;
    this.#places.used = last + 1;
  }

  #find(record: number): number {
    const number = this.#records[record + 1]!;
    const counted = this.#ends.elementsOf(number);
    return this.#places.find(this.#records[record]!, this.#ends.endOf(number), counted);
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
      if (this.#places.markAt(place) === marks.elements) element++;
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
