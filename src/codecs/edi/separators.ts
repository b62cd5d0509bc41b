/** Where segments and tags end in a text, by the separators of one syntax. */
import type { Syntax } from '../../model/envelope.ts';

export const isBlank = (code: number): boolean => code <= 0x20;

export class Separators {
  readonly #terminator: string;
  readonly #terminatorCode: number;
  readonly #elementCode: number;
  readonly #componentCode: number;
  readonly #releaseCode: number;

  constructor(syntax: Syntax) {
    this.#terminator = syntax.terminator;
    this.#terminatorCode = syntax.terminator.charCodeAt(0);
    this.#elementCode = syntax.element.charCodeAt(0);
    this.#componentCode = syntax.component.charCodeAt(0);
    this.#releaseCode = syntax.release?.charCodeAt(0) ?? -1;
  }

  /** Line ends after segments are no segments. */
  get hasBlankTerminator(): boolean {
    return isBlank(this.#terminatorCode);
  }

  /** Past line ends and blanks after a terminator, unless they are separators themselves. */
  skipBlanks(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (!isBlank(code) || code === this.#terminatorCode || code === this.#elementCode) break;
    }
    return at;
  }

  trimEnd(text: string, start: number, end: number): number {
    let at = end;
    while (at > start && isBlank(text.charCodeAt(at - 1))) at--;
    return at;
  }

  /** The next terminator that is not released: an odd run of release characters releases it. */
  findTerminator(text: string, start: number): number {
    let at = text.indexOf(this.#terminator, start);
    while (at > start && text.charCodeAt(at - 1) === this.#releaseCode) {
      if (this.releasesBefore(text, start, at) % 2 === 0) break;
      at = text.indexOf(this.#terminator, at + 1);
    }
    return at;
  }

  /** How many release characters stand in a row before `at`, down to `start`. */
  releasesBefore(text: string, start: number, at: number): number {
    let run = at;
    while (run > start && text.charCodeAt(run - 1) === this.#releaseCode) run--;
    return at - run;
  }

  /** Where the tag ends; at most one character more than a tag may have is looked at. */
  tagEnd(text: string, start: number, end: number): number {
    const most = Math.min(end, start + 4);
    for (let at = start; at < most; at++) {
      const code = text.charCodeAt(at);
      if (code === this.#elementCode || code === this.#componentCode) return at;
    }
    return most;
  }
}
