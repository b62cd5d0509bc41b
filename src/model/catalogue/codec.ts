/** Findings of the codecs: bytes, envelopes, trailers. */
export const codecFindings = {
  'empty-file': { severity: 'error', fault: 'partner', meaning: 'The file holds no bytes, or only blanks.' },
  'format-unknown': { severity: 'error', fault: 'partner', meaning: 'The bytes are of no format the hub reads.' },
  'envelope-damaged': { severity: 'error', fault: 'partner', meaning: 'An envelope segment cannot be read as its standard says.' },
  'truncated': { severity: 'error', fault: 'partner', meaning: 'The bytes end inside an interchange: a trailer is missing.' },
  'bytes-outside': { severity: 'warning', fault: 'partner', meaning: 'There are bytes before, between or after the interchanges.' },
  'trailer-missing': { severity: 'error', fault: 'partner', meaning: 'A message, group or interchange has no trailer.' },
  'control-differs': { severity: 'error', fault: 'partner', meaning: 'Header and trailer have different control numbers.' },
  'count-wrong': { severity: 'error', fault: 'partner', meaning: 'A trailer counts other than what is there.' },
  'message-too-large': { severity: 'error', fault: 'partner', meaning: 'A message is larger than limits.messageBytes.' },
  'segment-bad': { severity: 'error', fault: 'partner', meaning: 'A segment has no tag or one that cannot be.' },
  'character-bad': { severity: 'error', fault: 'partner', meaning: 'A character is not of the declared character set.' },
} as const;
