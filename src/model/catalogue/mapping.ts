/** Findings of the mapping language. */
export const mappingFindings = {
  unmapped: {
    severity: 'info',
    fault: 'mapping',
    meaning:
      'A value of the message is not read by any rule. Add a rule to the mapping, or write ignore at its place.',
  },
  'code-unknown': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'A code is not in the table of its place. Add it to the code table if the partner is right.',
  },
  'value-bad': {
    severity: 'warning',
    fault: 'partner',
    meaning: 'A value cannot be what its field is: no date, no number. It is left unmapped.',
  },
  'count-differs': {
    severity: 'warning',
    fault: 'partner',
    meaning: 'A count in the message is not the number of entries that were read.',
  },
  'sum-differs': {
    severity: 'warning',
    fault: 'partner',
    meaning: 'A sum in the message is not the sum of the values that were read.',
  },
  'copy-differs': {
    severity: 'warning',
    fault: 'partner',
    meaning: 'A value that is repeated in the message differs from where it stands first.',
  },
  'key-duplicate': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'Two entries have the same key (two parties with one role); the second is left unmapped.',
  },
  'required-missing': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A value or segment that this partner agreed to send is missing.',
  },
  'not-allowed': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A value or segment that this partner agreed not to send is there.',
  },
  'document-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The message does not say, by an agreed code, which kind of document it is; it is read as the first kind.',
  },
  'lookup-missing': {
    severity: 'warning',
    fault: 'mapping',
    meaning:
      'A look-up table of the installation has no row for a value. Add the row that the finding names.',
  },
  'lookup-ambiguous': {
    severity: 'warning',
    fault: 'mapping',
    meaning:
      'A look-up table has several rows for a value, with different answers. Add a column to the question, or remove a row.',
  },
  lost: {
    severity: 'warning',
    fault: 'mapping',
    meaning:
      'A value of the document has no place in the message. Add a rule to the mapping if the partner wants it.',
  },
  'code-missing': {
    severity: 'error',
    fault: 'mapping',
    meaning:
      'A value of the document has no code in the table of its place. Add a row to the code table.',
  },
  'does-not-fit': {
    severity: 'error',
    fault: 'erp',
    meaning:
      'A value of the document is too long or of the wrong form for its place in the message.',
  },
  'no-room': {
    severity: 'error',
    fault: 'erp',
    meaning: 'The document has more entries than the message has places for.',
  },
  shadowed: {
    severity: 'error',
    fault: 'mapping',
    meaning:
      'A written segment would be read by a more specific rule, into another field. Put the value into that field of the document.',
  },
  'mandatory-empty': {
    severity: 'error',
    fault: 'erp',
    meaning: 'The standard demands a value or segment here, and the document has nothing for it.',
  },
} as const;

/** Told in reading a message: a partner's tolerance may make them errors, which hold the message. */
export const readingCodes = [
  'code-unknown',
  'value-bad',
  'count-differs',
  'sum-differs',
  'copy-differs',
  'key-duplicate',
  'lookup-missing',
  'lookup-ambiguous',
] as const satisfies readonly (keyof typeof mappingFindings)[];
