/** Collects the findings of one message, up to a bound; past it they are counted. */
import { standardsFindings } from '../model/catalogue/standards.ts';
import type { Finding, Place, Severity } from '../model/finding.ts';
import { findingsCut } from '../model/findings-cut.ts';
import { type CheckPolicy, changesWithVersion, type StandardsCode } from './policy.ts';

const valueCharactersMax = 200;

export class FindingList {
  readonly #policy: CheckPolicy;
  /** Another version is read than the message names: what versions differ in is no error. */
  readonly #isStandIn: boolean;
  readonly #findings: Finding[] = [];
  #more = 0;
  #worst: Severity = 'info';

  constructor(policy: CheckPolicy, isStandIn: boolean) {
    this.#policy = policy;
    this.#isStandIn = isStandIn;
  }

  /** True when a finding of this code would be kept: texts need not be made for others. */
  wants(code: StandardsCode): boolean {
    const severity = this.#severity(code);
    if (severity === 'ignore') return false;
    if (this.#findings.length < this.#policy.findingsMax) return true;
    this.#more += 1;
    if (severity === 'error' || (severity === 'warning' && this.#worst === 'info')) {
      this.#worst = severity;
    }
    return false;
  }

  /** Call `wants` first. `severity` is the most that this finding may be. */
  add(
    code: StandardsCode,
    place: Place,
    text: string,
    more: { readonly value?: string; readonly atMost?: Severity; readonly because?: Place } = {},
  ): Finding {
    const usual = this.#severity(code) as Severity;
    const severity = usual === 'error' && more.atMost !== undefined ? more.atMost : usual;
    const { fault } = standardsFindings[code];
    const { because } = more;
    const finding = { code, severity, fault, place, text, ...(because && { because }) };
    const whole = more.value === undefined ? finding : { ...finding, value: cut(more.value) };
    this.#findings.push(whole);
    return whole;
  }

  /** How many were only counted. */
  get more(): number {
    return this.#more;
  }

  /** Takes back a finding that a later segment explained. */
  retract(finding: Finding): void {
    const at = this.#findings.indexOf(finding);
    if (at >= 0) this.#findings.splice(at, 1);
  }

  /** In the order of the segments, then in the order found. */
  all(message: Place): readonly Finding[] {
    const findings = this.#findings;
    if (findings.length > 1) findings.sort(bySegment);
    if (this.#more === 0) return findings;
    const cut = { count: this.#more, severity: this.#worst };
    return [...findings, findingsCut(cut, message, 'this message')];
  }

  #severity(code: StandardsCode): Severity | 'ignore' {
    const told = this.#policy.severities?.[code];
    if (told !== undefined) return told;
    const { severity } = standardsFindings[code];
    const isUnsure = this.#isStandIn && changesWithVersion.has(code) && severity === 'error';
    return isUnsure ? 'warning' : severity;
  }
}

const bySegment = (one: Finding, other: Finding): number =>
  (one.place.segment ?? 0) - (other.place.segment ?? 0);

/** A short copy: a slice would keep the whole message's text alive. */
export const cut = (text: string): string =>
  Buffer.from(text.slice(0, valueCharactersMax), 'utf8').toString('utf8');

/** The value as a sentence quotes it. */
export const quoted = (value: string): string =>
  `'${cut(value.length > 60 ? `${value.slice(0, 60)}...` : value)}'`;
