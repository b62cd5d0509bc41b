/** Findings of the check against the standard: structure and elements. */
export const standardsFindings = {
  'version-unknown': { severity: 'error', fault: 'partner', meaning: 'No dictionary of this version or message is installed.' },
} as const;
