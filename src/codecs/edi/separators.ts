/** Where segments and tags end in a text, by the separators of one syntax. */
import type { Syntax } from '../../model/envelope.ts';
import { marksOf } from './separator-marks.ts';

/** Separators of one segment: a bound on what is remembered of it, above all real data. */
export const separatorsMax = 1_000_000;

export const isBlank = (code: number): boolean => code <= 0x20;

export class Separators {
  readonly #terminatorCode: number;
  readonly #elementCode: number;
  readonly #componentCode: number;
  /** First two characters of the tags that open or close a level, as one number. */
  readonly #special: ReadonlySet<number>;
  readonly marks: Uint8Array;
  readonly #isSpecialInitial = new Uint8Array(256);

  constructor(syntax: Syntax, specialTags: Iterable<string>) {
    this.marks = marksOf(syntax);
    const tags = [...specialTags];
    this.#special = new Set(tags.map((tag) => (tag.charCodeAt(0) << 8) | tag.charCodeAt(1)));
    for (const tag of tags) this.#isSpecialInitial[tag.charCodeAt(0)] = 1;
    this.#terminatorCode = syntax.terminator.charCodeAt(0);
    this.#elementCode = syntax.element.charCodeAt(0);
    this.#componentCode = syntax.component.charCodeAt(0);
  }

  /** Line ends after segments are no segments. */
  get hasBlankTerminator(): boolean {
    return isBlank(this.#terminatorCode);
  }

  isTerminator(bytes: Uint8Array, at: number): boolean {
    return bytes[at] === this.#terminatorCode;
  }

  /** How many terminators follow each other here. */
  countTerminators(bytes: Uint8Array, from: number, past: number): number {
    let at = from;
    while (at < past && bytes[at] === this.#terminatorCode) at++;
    return at - from;
  }

  /** Past line ends and blanks after a terminator, unless they are separators themselves. */
  skipBlanks(bytes: Uint8Array, from: number, past = bytes.length): number {
    let at = from;
    for (; at < past; at++) {
      const code = bytes[at]!;
      if (!isBlank(code) || code === this.#terminatorCode || code === this.#elementCode) break;
    }
    return at;
  }

  /** Separators may be blanks themselves (ISO 9735 level B): they belong to the segment. */
  trimEnd(bytes: Uint8Array, start: number, end: number): number {
    let at = end;
    while (at > start && isBlank(bytes[at - 1]!) && !this.#isSeparator(bytes[at - 1]!)) at--;
    return at;
  }

  #isSeparator(code: number): boolean {
    return code === this.#elementCode || code === this.#componentCode;
  }

  /** Holds more separators than are remembered of a segment. */
  isCrowded(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start <= separatorsMax) return false;
    let count = 0;
    for (let at = start; at < end; at++) count += this.marks[bytes[at]!]! & 1;
    return count > separatorsMax;
  }

  /** Where the tag of a segment ends; after four characters at most, which are too many for one. */
  tagEnd(bytes: Uint8Array, start: number, end: number): number {
    const most = Math.min(end, start + 4);
    let at = start;
    while (at < most && (this.marks[bytes[at]!]! & 1) === 0) at++;
    return at;
  }

  /** A tag of two or three characters that neither opens nor closes a level, and its end. */
  isOrdinary(bytes: Uint8Array, start: number): boolean {
    const first = bytes[start]!;
    const second = bytes[start + 1]!;
    if (this.#isSpecialInitial[first] === 1 && this.#special.has((first << 8) | second)) {
      return false;
    }
    const third = bytes[start + 2]!;
    const after = isTagCode[third] === 1 ? bytes[start + 3] : third;
    const isTag = (isTagCode[first]! & isTagCode[second]!) === 1;
    if (!isTag) return false;
    return (
      after === this.#elementCode || after === this.#componentCode || after === this.#terminatorCode
    );
  }
}

/** Capital letters and digits. */
const isTagCode = Uint8Array.from({ length: 256 }, (_, code) =>
  (code >= 65 && code <= 90) || (code >= 48 && code <= 57) ? 1 : 0,
);
