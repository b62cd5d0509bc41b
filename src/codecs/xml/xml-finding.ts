/** An XML fault as a finding. */
import { findingCatalogue } from '../../model/catalogue.ts';
import type { Finding } from '../../model/finding.ts';
import type { XmlFault } from './fault.ts';

/** `hide` cuts the path where elements below may hold a secret. */
export function xmlFinding(fault: XmlFault, hide: (path: string) => string): Finding {
  const { severity, fault: whose } = findingCatalogue[fault.code];
  return {
    code: fault.code,
    severity,
    fault: whose,
    place: { path: hide(fault.path) || 'file', start: fault.at, end: fault.at },
    text: fault.text,
  };
}
