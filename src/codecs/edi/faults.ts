/** Findings of the EDI codecs: how one is made, and a list that stays bounded. */
import { codecFindings } from '../../model/catalogue/codec.ts';
import type { Finding, Place, Severity } from '../../model/finding.ts';
import { addCuts, cutOf, findingsCut, nothingCut } from '../../model/findings-cut.ts';

export type CodecFindingCode = keyof typeof codecFindings;

const valueCharactersMax = 200;

/** A finding with its catalogue's severity, unless another is given. */
export function fault(
  code: CodecFindingCode,
  place: Place,
  text: string,
  more: { readonly value?: string; readonly severity?: Severity } = {},
): Finding {
  const kind = codecFindings[code];
  const finding = {
    code,
    severity: more.severity ?? kind.severity,
    fault: kind.fault,
    place,
    text,
  };
  return more.value === undefined ? finding : { ...finding, value: cut(more.value) };
}

/** Text as it may stand in a finding: short, and a copy, because a slice would pin its parent. */
export function cut(text: string, charactersMax = valueCharactersMax): string {
  const short = text.length > charactersMax ? `${text.slice(0, charactersMax)}...` : text;
  return Buffer.from(short, 'utf8').toString('utf8');
}

/** Findings of one level, in order; past a bound they are counted, and the count is said. */
export class Faults {
  readonly #max: number;
  readonly #findings: Finding[] = [];
  #cut = nothingCut;

  constructor(max: number) {
    this.#max = max;
  }

  add(finding: Finding): void {
    if (this.isFull) this.#cut = cutOf([finding], this.#cut);
    else this.#findings.push(finding);
  }

  /** Stands before all others, however many there are. */
  addFirst(finding: Finding): void {
    this.#findings.unshift(finding);
  }

  /** No more are listed. */
  get isFull(): boolean {
    return this.#findings.length >= this.#max;
  }

  /** Counts errors that would not be listed. */
  leaveOut(count: number): void {
    this.#cut = addCuts(this.#cut, { count, severity: 'error' });
  }

  all(): readonly Finding[] {
    const last = this.#findings.at(-1);
    if (last === undefined || this.#cut.count === 0) return this.#findings;
    const { path, message, start } = last.place;
    const place = {
      path,
      ...(message === undefined ? {} : { message }),
      ...(start === undefined ? {} : { start }),
    };
    return [...this.#findings, findingsCut(this.#cut, place, path)];
  }
}
