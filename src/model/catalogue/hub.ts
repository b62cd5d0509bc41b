/** Findings of the walk: partners, agreements, duplicates, routes. */
export const hubFindings = {
  'sender-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning: "The envelope's sender belongs to no connector.",
  },
  'sender-not-allowed': {
    severity: 'error',
    fault: 'partner',
    meaning:
      "The envelope's sender is not the one who was authenticated, nor a partner that names it in via.",
  },
  'receiver-unknown': {
    severity: 'error',
    fault: 'partner',
    meaning: "The envelope's receiver is not one of our ids.",
  },
  'interchange-empty': {
    severity: 'error',
    fault: 'partner',
    meaning: 'An interchange holds no message. Ask the sender what they meant to send.',
  },
  'not-agreed': {
    severity: 'error',
    fault: 'partner',
    meaning: 'No inbound agreement of the connector names this message.',
  },
  duplicate: {
    severity: 'error',
    fault: 'partner',
    meaning:
      'An interchange with this sender, receiver and control number was received before, within ' +
      'duplicateDays; what is done with it stands in `duplicates` of the connector.',
  },
  'duplicate-group': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A group with this control number (GS06, UNG 0048), functional id and ids was received ' +
      'before, and the connector does not ignore that (`duplicates`).',
  },
  'duplicate-message': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A message of this kind with this control number (ST02, UNH 0062) was received before, and ' +
      'the connector does not ignore that (`duplicates`).',
  },
  'rejected-together': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A bad message rejects its whole group or interchange, because its agreement says so ' +
      '(`rejects` of `acknowledge`): the good ones are to be sent again with it.',
  },
  'check-failed': {
    severity: 'error',
    fault: 'hub',
    meaning:
      'The hub itself failed on a transfer: report it, and replay the transfer when it is mended.',
  },
  'transfer-too-large': {
    severity: 'error',
    fault: 'partner',
    meaning:
      'A transfer holds more interchanges, groups or messages than are checked at once: ask its ' +
      'sender to send it in parts.',
  },
  'contrl-impossible': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'A CONTRL is due, but the interchange lacks what one has to copy (UNB 0020, S002, S003, UNG 0048, ' +
      'UNH 0062, S009), or has it in a form that cannot be copied. Its sender has to be told by another way.',
  },
  'cannot-acknowledge': {
    severity: 'error',
    fault: 'hub',
    meaning:
      'The acknowledgement of a transfer cannot be written: what it must repeat (a control number, ' +
      'an id) cannot stand in its syntax. Nothing of the transfer goes on.',
  },
  declined: {
    severity: 'info',
    fault: 'hub',
    meaning: 'The partner does not want such documents (`declines` in its file): nothing is sent.',
  },
  'no-route': {
    severity: 'error',
    fault: 'hub',
    meaning: 'No destination was found for a document.',
  },
  'document-invalid': {
    severity: 'error',
    fault: 'mapping',
    meaning: 'A document does not satisfy its schema: the mapping leaves out or distorts a value.',
  },
  'release-failed': {
    severity: 'error',
    fault: 'hub',
    meaning: 'A message could not be read by its mapping; mend the mapping and replay.',
  },
  'cannot-write': {
    severity: 'error',
    fault: 'mapping',
    meaning: 'A document could not be written for a destination; mend and replay.',
  },
  'send-refused': {
    severity: 'error',
    fault: 'transport',
    meaning: 'The destination refused a delivery; it is a dead letter until resent or cancelled.',
  },
  'send-given-up': {
    severity: 'error',
    fault: 'transport',
    meaning:
      'A delivery failed as often as the connector allows; it is a dead letter until resent or cancelled.',
  },
  'send-unsure': {
    severity: 'error',
    fault: 'transport',
    meaning:
      'A delivery may have arrived, and its connector forbids repeating it: ask the counterparty, then resend or cancel it.',
  },
  'answer-rejects': {
    severity: 'error',
    fault: 'mapping',
    meaning:
      'A partner rejected a message of ours for a segment or element: which one it means, from which field of the document it came and which mapping line wrote it. Mend the mapping or the document, and send it anew.',
  },
  'answer-notes': {
    severity: 'warning',
    fault: 'mapping',
    meaning:
      'A partner took a message of ours and found a fault in it: the element, the field and the mapping line, as for answer-rejects.',
  },
  'response-rejects': {
    severity: 'error',
    fault: 'erp',
    meaning:
      'The application of a partner rejects a document of ours (824, APERAK): which, and what it says is wrong. Mend it where it was made, and send it anew.',
  },
  'response-notes': {
    severity: 'warning',
    fault: 'erp',
    meaning:
      'The application of a partner took a document of ours and found a fault in it (824, APERAK).',
  },
  'answer-unmatched': {
    severity: 'warning',
    fault: 'partner',
    meaning:
      'An acknowledgement answers something that was not sent to this connector: ask the counterparty what it answered.',
  },
} as const;
