/**
 * The segments of one message as offsets into one text: the only implementation of `Segments`.
 * Boundaries are found by the scanner; elements, components and repetitions of a segment are
 * indexed in one pass over its bytes when somebody first asks for them. All tables are pooled: they
 * grow with the largest message and are used again for the next.
 */
import type { Syntax } from '../../model/envelope.ts';
import type { Segments } from '../../model/message.ts';
import { type Charset, findCharset } from './charset.ts';

/** What a byte is in the syntax at hand. */
const data = 0;
const elementMark = 1;
const componentMark = 2;
const repetitionMark = 3;
const releaseMark = 4;

/** Indexed rows that are kept; beyond it the index starts anew, so that it stays bounded. */
const rowsMax = 1_000_000;
/** Separators of one segment that are indexed: no standard has a hundredth of it. */
export const separatorsMax = 100_000;

/** A row of an element: where it starts, and its first entry in the two tables of separators. */
const stride = 3;

export class SegmentTable implements Segments {
  count = 0;
  #text = '';
  #bytes: Uint8Array = new Uint8Array(0);
  #base = 0;
  #isPlain = true;
  readonly #marks = new Uint8Array(256);
  #release = '';
  #charset: Charset = findCharset('latin1')!;

  #starts = new Int32Array(256);
  #ends = new Int32Array(256);
  /** Row of the segment's tag, or -1 while it is not indexed; and how many elements follow it. */
  #firstRow = new Int32Array(256);
  #elementCount = new Int32Array(256);

  #rows = new Int32Array(stride * 1024);
  #rowsUsed = 0;
  #componentAt = new Int32Array(256);
  #componentsUsed = 0;
  #repeatAt = new Int32Array(256);
  #repeatsUsed = 0;

  useSyntax(syntax: Syntax): void {
    this.#marks.fill(data);
    this.#mark(syntax.release, releaseMark);
    this.#mark(syntax.repetition, repetitionMark);
    this.#mark(syntax.component, componentMark);
    this.#mark(syntax.element, elementMark);
    this.#release = syntax.release ?? '';
    this.#charset = findCharset(syntax.charset) ?? findCharset('latin1')!;
  }

  #mark(character: string | undefined, kind: number): void {
    if (character !== undefined && character !== '') this.#marks[character.charCodeAt(0)] = kind;
  }

  /**
   * Gives the text that offsets refer to: `text` is `bytes` as latin1, `base` is where they begin
   * in the part. Plain text is ASCII without a release character: its values are cut, nothing else.
   */
  useText(bytes: Uint8Array, text: string, base: number, isPlain: boolean): void {
    this.#bytes = bytes;
    this.#text = text;
    this.#base = base;
    this.#isPlain = isPlain;
  }

  clear(): void {
    this.count = 0;
    this.#forgetRows();
  }

  #forgetRows(): void {
    this.#firstRow.fill(-1, 0, this.count);
    this.#rowsUsed = 0;
    this.#componentsUsed = 0;
    this.#repeatsUsed = 0;
  }

  add(start: number, end: number): void {
    const segment = this.count++;
    if (segment === this.#starts.length) this.#growSegments();
    this.#starts[segment] = start;
    this.#ends[segment] = end;
    this.#firstRow[segment] = -1;
  }

  /** The text was cut at the front by `by` characters. */
  shift(by: number): void {
    this.#forgetRows();
    for (let segment = 0; segment < this.count; segment++) {
      this.#starts[segment]! -= by;
      this.#ends[segment]! -= by;
    }
  }

  #growSegments(): void {
    this.#starts = grown(this.#starts);
    this.#ends = grown(this.#ends);
    this.#firstRow = grown(this.#firstRow);
    this.#elementCount = grown(this.#elementCount);
  }

  tag(segment: number): string {
    return this.value(segment, 0, 1);
  }

  start(segment: number): number {
    return this.#base + (this.#starts[segment] ?? 0);
  }

  end(segment: number): number {
    return this.#base + (this.#ends[segment] ?? 0);
  }

  elements(segment: number): number {
    if (segment < 0 || segment >= this.count) return 0;
    if (this.#firstRow[segment]! < 0) this.#index(segment);
    return this.#elementCount[segment]!;
  }

  /** Row of an element, -1 where the segment has none. */
  #row(segment: number, element: number): number {
    if (element < 0 || element > this.elements(segment) || segment >= this.count) return -1;
    return segment < 0 ? -1 : this.#firstRow[segment]! + element * stride;
  }

  /** Without `component`: the whole element (or repeat) as written, separators of components included. */
  value(segment: number, element: number, component = 0, repeat = 1): string {
    const row = this.#row(segment, element);
    if (row < 0) return '';
    if (this.#isSimple(row)) {
      if (component > 1 || repeat > 1) return '';
      return this.#cut(this.#rows[row]!, this.#rows[row + stride]! - 1);
    }
    const { start, end } = this.#part(row, component, repeat);
    return this.#cut(start, end);
  }

  range(segment: number, element: number, component = 0, repeat = 1) {
    const row = this.#row(segment, element);
    const part =
      row < 0
        ? { start: this.#ends[segment] ?? 0, end: this.#ends[segment] ?? 0 }
        : this.#part(row, component, repeat);
    return { start: this.#base + part.start, end: this.#base + part.end };
  }

  repeats(segment: number, element: number): number {
    const row = this.#row(segment, element);
    if (row < 0) return 0;
    if (this.#rows[row + stride]! - 1 === this.#rows[row]!) return 0;
    return this.#rows[row + stride + 2]! - this.#rows[row + 2]! + 1;
  }

  components(segment: number, element: number, repeat = 1): number {
    const row = this.#row(segment, element);
    if (row < 0 || repeat > this.repeats(segment, element)) return 0;
    if (this.#isSimple(row)) return 1;
    const { start, end } = this.#part(row, 0, repeat);
    if (start === end) return 0;
    return this.#firstComponent(row, end) - this.#firstComponent(row, start) + 1;
  }

  /** Neither components nor repetitions. */
  #isSimple(row: number): boolean {
    const rows = this.#rows;
    return rows[row + 1] === rows[row + stride + 1] && rows[row + 2] === rows[row + stride + 2];
  }

  /** Offsets of a repeat (component 0) or of one component; an absent one is empty at the end. */
  #part(row: number, component: number, repeat: number): { start: number; end: number } {
    const whole = this.#repeat(row, repeat);
    if (component === 0) return whole;
    const first = this.#firstComponent(row, whole.start);
    const past = this.#firstComponent(row, whole.end);
    if (component > past - first + 1) return { start: whole.end, end: whole.end };
    const separator = first + component - 1;
    return {
      start: component === 1 ? whole.start : this.#componentAt[separator - 1]! + 1,
      end: separator < past ? this.#componentAt[separator]! : whole.end,
    };
  }

  #repeat(row: number, repeat: number): { start: number; end: number } {
    const first = this.#rows[row + 2]!;
    const past = this.#rows[row + stride + 2]!;
    const end = this.#rows[row + stride]! - 1;
    if (repeat < 1 || repeat > past - first + 1) return { start: end, end };
    const separator = first + repeat - 1;
    return {
      start: repeat === 1 ? this.#rows[row]! : this.#repeatAt[separator - 1]! + 1,
      end: separator < past ? this.#repeatAt[separator]! : end,
    };
  }

  /** The element's first separator of components at or after an offset (a binary search). */
  #firstComponent(row: number, offset: number): number {
    let low = this.#rows[row + 1]!;
    let high = this.#rows[row + stride + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#componentAt[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #cut(start: number, end: number): string {
    const raw = this.#text.slice(start, end);
    return this.#isPlain ? raw : this.#decode(raw);
  }

  /** Unescapes after the split (ISO 9735-1 §9), and only then decodes. */
  #decode(raw: string): string {
    const released = this.#release !== '' && raw.includes(this.#release);
    const text = released ? unrelease(raw, this.#release) : raw;
    return /[\x80-\xff]/.test(text) ? this.#charset.decode(text) : text;
  }

  #index(segment: number): void {
    if (this.#rowsUsed > rowsMax) this.#forgetRows();
    const first = this.#rowsUsed * stride;
    this.#firstRow[segment] = first;
    this.#scan(this.#starts[segment]!, this.#ends[segment]!);
    this.#elementCount[segment] = this.#rowsUsed - first / stride - 2;
  }

  #scan(start: number, end: number): void {
    const bytes = this.#bytes;
    const marks = this.#marks;
    this.#addRow(start);
    let separators = 0;
    for (let at = start; at < end; at++) {
      const mark = marks[bytes[at]!]!;
      if (mark === data) continue;
      if (mark === elementMark) this.#addRow(at + 1);
      else if (mark === componentMark) this.#addComponent(at);
      else if (mark === repetitionMark) this.#addRepeat(at);
      else at++;
      if (mark !== releaseMark && ++separators === separatorsMax) break;
    }
    this.#addRow(end + 1);
  }

  #addRow(start: number): void {
    const at = this.#rowsUsed++ * stride;
    if (at + stride > this.#rows.length) this.#rows = grown(this.#rows);
    this.#rows[at] = start;
    this.#rows[at + 1] = this.#componentsUsed;
    this.#rows[at + 2] = this.#repeatsUsed;
  }

  #addComponent(at: number): void {
    if (this.#componentsUsed === this.#componentAt.length) {
      this.#componentAt = grown(this.#componentAt);
    }
    this.#componentAt[this.#componentsUsed++] = at;
  }

  #addRepeat(at: number): void {
    if (this.#repeatsUsed === this.#repeatAt.length) this.#repeatAt = grown(this.#repeatAt);
    this.#repeatAt[this.#repeatsUsed++] = at;
  }
}

function grown(table: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(table.length * 2);
  larger.set(table);
  return larger;
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
