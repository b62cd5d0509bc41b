/** How strictly messages from and to a partner are judged: as the partner's file tolerates it. */
import type { Connector } from '../model/connector.ts';
import { type CheckPolicy, defaultPolicy } from '../standards/policy.ts';

export const policyOf = (partner: Connector | undefined): CheckPolicy =>
  partner?.tolerance === undefined
    ? defaultPolicy
    : { ...defaultPolicy, severities: partner.tolerance };
