/** Findings past a bound are counted, and the count is a finding: nothing is cut without a word. */
import type { Finding, Place, Severity } from './finding.ts';

/** So many findings are told in full (`limits` of config/hub.yaml). */
export interface FindingLimits {
  readonly messageFindings: number;
  readonly interchangeFindings: number;
  readonly transferFindings: number;
}

export const defaultFindingLimits: FindingLimits = {
  messageFindings: 100,
  interchangeFindings: 1000,
  transferFindings: 10_000,
};

/** How many findings are not told, and the worst severity among them. */
export interface Cut {
  readonly count: number;
  readonly severity: Severity;
}

export const nothingCut: Cut = { count: 0, severity: 'info' };

const order: readonly Severity[] = ['info', 'warning', 'error'];

const worse = (one: Severity, other: Severity): Severity =>
  order.indexOf(one) < order.indexOf(other) ? other : one;

/** Counts findings that are left out; those that are counts themselves count for what they say. */
export const cutOf = (left: readonly Finding[], before: Cut = nothingCut): Cut =>
  left.reduce(
    (cut, finding) => ({
      count: cut.count + cutCount(finding),
      severity: worse(cut.severity, finding.severity),
    }),
    before,
  );

/** How many findings one stands for. */
export const cutCount = ({ code, value }: Finding): number =>
  code === 'findings-cut' ? Number(value ?? 1) : 1;

export const addCuts = (one: Cut, other: Cut): Cut => ({
  count: one.count + other.count,
  severity: worse(one.severity, other.severity),
});

/** The finding that says so; `of` names what they are about: `this message`. */
export const findingsCut = ({ count, severity }: Cut, place: Place, of: string): Finding => ({
  code: 'findings-cut',
  severity,
  fault: 'partner',
  place,
  text: `${count} more ${count === 1 ? 'fault of' : 'faults of'} ${of} ${count === 1 ? 'is' : 'are'} not listed.`,
  value: String(count),
});

/** The first findings, and one that counts the others; those that came with them are added up. */
export function boundFindings(
  findings: readonly Finding[],
  max: number,
  place: Place,
  of: string,
): readonly Finding[] {
  if (findings.length <= max) return findings;
  const listed = findings.filter(({ code }) => code !== 'findings-cut');
  const counts = findings.filter(({ code }) => code === 'findings-cut');
  if (listed.length <= max && counts.length < 2) return findings;
  const cut = cutOf([...listed.slice(max), ...counts]);
  return [...listed.slice(0, max), findingsCut(cut, place, of)];
}
