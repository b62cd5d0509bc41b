/** Findings of what an envelope says: its dates, ids, codes and control numbers. */
export const envelopeFindings = {
  'envelope-date': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'A date of the envelope (ISA09, GS04, UNB and UNG S004) is none of the calendar, or years away from the day it came.',
  },
  'envelope-time': {
    severity: 'warning',
    fault: 'partner',
    meaning: 'A time of the envelope (ISA10, GS05, UNB and UNG S004) is none of the day.',
  },
  'envelope-code': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'A code of the envelope (a qualifier, ISA11, ISA12, ISA14, GS01, GS07, GS08) is not in its list.',
  },
  'envelope-usage': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The envelope does not say whether it is a test (ISA15 is none of P, T and I): nothing of it is taken.',
  },
  'envelope-id': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'An id of the envelope is not padded as its place asks: blanks in front, or no blanks to its width.',
  },
  'envelope-control': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A control number has not the form it must have (ISA13 nine digits, GS06 one to nine, neither of them zero).',
  },
  'group-kind': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'GS01 is not the functional group of the sets in it, or UNG 0038 not the type of its messages: they are read by their own ST01 or UNH all the same.',
  },
  'levels-mixed': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'Some messages of an EDIFACT interchange stand in functional groups and others in none, so that what UNZ counts is not clear.',
  },
  'group-number-twice': {
    severity: 'error',
    fault: 'partner',
    meaning: 'Two groups of one interchange have the same control number (GS06, UNG 0048).',
  },
  'message-number-twice': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'Two messages of one group, or of one interchange without groups, have the same control number (ST02, UNH 0062).',
  },
} as const;
