/** Findings of the codecs: bytes, envelopes, trailers. */
export const codecFindings = {
  'empty-file': {
    severity: 'error',
    fault: 'partner',
    meaning: 'The file holds no bytes, or only blanks.',
  },
  'format-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning: 'The bytes are of no format the hub reads.',
  },
  'envelope-damaged': {
    severity: 'error',
    fault: 'partner',
    meaning: 'An envelope segment cannot be read as its standard says.',
  },
  truncated: {
    severity: 'error',
    fault: 'partner',
    meaning: 'The bytes end inside an interchange: a trailer is missing.',
  },
  'bytes-outside': {
    severity: 'warning',
    fault: 'partner',
    meaning: 'There are bytes before, between or after the interchanges.',
  },
  'trailer-missing': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A message, group or interchange has no trailer.',
  },
  'header-missing': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'Segments stand where their message or group has no header (ST, GS, UNH), and the trailer ' +
      'counts it: nothing of them is read. Ask the sender for the whole interchange.',
  },
  'control-differs': {
    severity: 'error',
    fault: 'partner',
    meaning: 'Header and trailer have different control numbers.',
  },
  'count-wrong': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A trailer counts other than what is there.',
  },
  'message-too-large': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A message is larger than limits.messageBytes.',
  },
  'segment-bad': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A segment has no tag or one that cannot be.',
  },
  'character-bad': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A character is not of the declared character set.',
  },
  'character-not-allowed': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'A character can be read, but the declared character set does not allow it: a small letter in UNOA, an @ in UNOB. It is told once a message, with how many there are; an error under the policy strict.',
  },
  'charset-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'UNB S001 names a character set or encoding that the hub does not read. Ask the sender for UNOA to UNOK, UNOW, UNOX (ISO-2022-JP) or UNOY.',
  },
  'syntax-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning: 'UNB S001 names a syntax version other than 1 to 4. It is read as version 3.',
  },
  'not-well-formed': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The XML or JSON breaks the rules of its syntax at the place given. Ask the sender for a correct file.',
  },
  'encoding-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The file declares a character encoding that the hub does not read. Ask the sender for UTF-8.',
  },
  'doctype-refused': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The DOCTYPE has an internal subset, which can hide or multiply content. Ask the sender to leave it out.',
  },
  'tree-too-large': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The file is nested too deep, or has too many elements or attributes (limits.treeDepth, treeNodes, attributes).',
  },
  'root-unexpected': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'The outermost value is not what messages of this format are: no cXML element, no JSON object or array of objects.',
  },
  'member-twice': {
    severity: 'error',
    fault: 'partner',
    meaning: 'A JSON object has the same member twice: which one counts cannot be known.',
  },
  'message-type-unknown': {
    severity: 'error',
    fault: 'transport',
    meaning:
      'The bytes do not say which message they are, and neither did the transport or an agreement. Name the message in the connector.',
  },
} as const;

/** Those whose severity a partner's tolerance may change: what was meant can be read all the same. */
export const tolerable = [
  'character-not-allowed',
  'character-bad',
  'charset-unknown',
  'syntax-unknown',
  'control-differs',
  'count-wrong',
] as const satisfies readonly (keyof typeof codecFindings)[];
export type TolerableCode = (typeof tolerable)[number];
