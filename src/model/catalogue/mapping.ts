/** Findings of the mapping language. */
export const mappingFindings = {
  unmapped: {
    severity: 'info',
    fault: 'mapping',
    meaning: 'A value of the message is not read by any rule.',
  },
  lost: {
    severity: 'warning',
    fault: 'mapping',
    meaning: 'A value of the document has no place in the message.',
  },
} as const;
