/** Findings of the EDI codecs: how one is made, and a list that stays bounded. */
import { codecFindings } from '../../model/catalogue/codec.ts';
import type { Finding, Place, Severity } from '../../model/finding.ts';

export type CodecFindingCode = keyof typeof codecFindings;

/** More findings than this on one level are only counted. */
const findingsMax = 100;
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
  readonly #findings: Finding[] = [];
  #more = 0;

  add(finding: Finding): void {
    if (this.#findings.length < findingsMax) this.#findings.push(finding);
    else this.#more++;
  }

  /** Stands before all others, however many there are. */
  addFirst(finding: Finding): void {
    this.#findings.unshift(finding);
  }

  /** No more are listed. */
  get isFull(): boolean {
    return this.#findings.length >= findingsMax;
  }

  /** Counts findings that would not be listed. */
  leaveOut(count: number): void {
    this.#more += count;
  }

  all(): readonly Finding[] {
    const last = this.#findings.at(-1);
    if (last === undefined || this.#more === 0) return this.#findings;
    return [...this.#findings, { ...last, text: `${this.#more} more findings are not listed.` }];
  }
}
