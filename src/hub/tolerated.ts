/** What the codecs found, as strictly as the partner's file asks. */
import { findingCatalogue } from '../model/catalogue.ts';
import type { Connector } from '../model/connector.ts';
import type { Finding, Severity } from '../model/finding.ts';

const ranks: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/**
 * Findings with the severities that the partner tolerates, without those it ignores. What the codec
 * told more mildly than its catalogue, because it was sure what is meant, is never made worse.
 */
export function tolerated(
  findings: readonly Finding[],
  partner: Connector | undefined,
): readonly Finding[] {
  const told = partner?.tolerance;
  if (told === undefined || findings.length === 0) return findings;
  return findings.flatMap((finding) => {
    const severity = told[finding.code];
    if (severity === undefined || severity === finding.severity) return [finding];
    if (severity === 'ignore') return [];
    const usual = findingCatalogue[finding.code].severity;
    const isMild = ranks[finding.severity] < ranks[usual];
    return [
      isMild && ranks[severity] > ranks[finding.severity] ? finding : { ...finding, severity },
    ];
  });
}
