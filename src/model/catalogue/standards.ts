/** Findings of the check against the standard: structure and elements. */
export const standardsFindings = {
  'version-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'No dictionary of this message set is installed, so only the envelope could be checked: a warning where nobody agreed on the message, an error where an agreement asks for it. Add the set below standards/, or ask the sender for an installed one.',
  },
  'version-stands-in': {
    severity: 'info',
    fault: 'hub',
    meaning:
      'The exact version is not installed; the message was checked with the nearest one, and what versions differ in (segments, lengths, uses) is at most a warning. Install the version for a full check.',
  },
  'segment-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning: 'The version has no such segment. The sender has to leave it out or correct its tag.',
  },
  'segment-not-in-message': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The segment exists, but this message has no place for it. The sender has to leave it out.',
  },
  'segment-unexpected': {
    severity: 'error',
    fault: 'partner',
    meaning: 'The message has this segment elsewhere, and no place could be found for this one.',
  },
  'segment-misplaced': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'The segment stands after segments that it should precede. It is read as if it stood in its place.',
  },
  'segment-missing': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A mandatory segment, or the one that begins a loop or group, is not there.',
  },
  'segment-repeats': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A segment occurs more often than its maximum use.',
  },
  'loop-repeats': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A loop or segment group occurs more often than it may.',
  },
  'hl-parent-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'HL02 names no earlier HL01, so the level belongs to nothing. It is read as a level of its own.',
  },
  'hl-number-twice': {
    severity: 'error',
    fault: 'partner',
    meaning: 'Two HL segments have the same HL01: which of them is a parent cannot be known.',
  },
  'hl-too-deep': {
    severity: 'error',
    fault: 'partner',
    meaning: 'HL levels are nested deeper than 32. What is deeper is read as a level of its own.',
  },
  'element-missing': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A mandatory element or component is empty.',
  },
  'element-required-by-another': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A relational note of the segment (paired, at least one, conditional, list) asks for an element that is empty.',
  },
  'element-excluded': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A relational note lets only one of several elements be used, and more are there.',
  },
  'element-too-many': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The segment has more elements than the version defines; often a separator that stands inside data.',
  },
  'component-too-many': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'An element has more components than the version defines; often a separator that stands inside data.',
  },
  'element-repeats': {
    severity: 'error',
    fault: 'partner',
    meaning: 'An element is repeated more often than the version lets it.',
  },
  'element-too-short': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A value is shorter than its element lets it be.',
  },
  'element-too-long': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A value is longer than its element lets it be (sign and decimal mark not counted).',
  },
  'element-character': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A value has a character that its type does not allow: a letter in a number, a control character.',
  },
  'element-number': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A numeric element holds something that is not a number.',
  },
  'element-decimal-mark': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A number has more than one decimal mark, or (EDIFACT) no digit before it. Ask the sender to write 0.5, not .5.',
  },
  'element-code': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'A code is not in the list of this version. It is read all the same; the mapping says whether it is understood.',
  },
  'element-date': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A date is none of the calendar, or not in the form its element or qualifier asks for.',
  },
  'element-time': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A time is none of the day, or not in the form its element or qualifier asks for.',
  },
  'rule-segment-missing': {
    severity: 'error',
    fault: 'partner',
    meaning:
      "A rule of the agreement (`rules:` of its mapping) asks for a segment or loop that is not there. The finding begins with the partner's own words.",
  },
  'rule-segment-required-by-another': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The condition of a rule of the agreement holds, and the segment or loop that it then asks for is not there.',
  },
  'rule-segment-not-used': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A segment or loop is there that a rule of the agreement does not use.',
  },
  'rule-segment-excluded': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The condition of a rule of the agreement holds, and a segment or loop is there that may then not be.',
  },
  'rule-segment-repeats': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A segment or loop occurs more often than a rule of the agreement allows.',
  },
  'rule-segment-too-few': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A segment or loop occurs less often than a rule of the agreement asks for.',
  },
  'rule-element-missing': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A rule of the agreement asks for an element that is empty.',
  },
  'rule-element-required-by-another': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The condition of a rule of the agreement holds, and the element that it then asks for is empty.',
  },
  'rule-element-not-used': {
    severity: 'error',
    fault: 'partner',
    meaning: 'An element has a value that a rule of the agreement does not use.',
  },
  'rule-element-excluded': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The condition of a rule of the agreement holds, and an element has a value that may then not be there.',
  },
  'rule-element-code': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A value is none of those that a rule of the agreement lists.',
  },
  'rule-element-too-short': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A value is shorter than a rule of the agreement allows.',
  },
  'rule-element-too-long': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A value is longer than a rule of the agreement allows.',
  },
  'findings-cut': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'There are more faults than are listed (limits.messageFindings, interchangeFindings and ' +
      'transferFindings of config/hub.yaml); the rest are counted here.',
  },
} as const;
