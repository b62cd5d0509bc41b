/** How strictly messages from and to a partner are judged: as the partner's file tolerates it. */
import type { Connector } from '../model/connector.ts';
import type { FindingLimits } from '../model/findings-cut.ts';
import { type CheckPolicy, defaultPolicy } from '../standards/policy.ts';

export function policyOf(
  partner: Connector | undefined,
  limits?: Pick<FindingLimits, 'messageFindings'>,
): CheckPolicy {
  const findingsMax = limits?.messageFindings ?? defaultPolicy.findingsMax;
  const severities = partner?.tolerance;
  return severities === undefined ? { findingsMax } : { findingsMax, severities };
}
