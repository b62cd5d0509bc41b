/** Findings of the walk: partners, agreements, duplicates, routes. */
export const hubFindings = {
  'sender-unknown': { severity: 'error', fault: 'partner', meaning: "The envelope's sender belongs to no connector." },
  'sender-not-allowed': { severity: 'error', fault: 'partner', meaning: "The envelope's sender is not the one who was authenticated, nor a partner that names it in via." },
  'receiver-unknown': { severity: 'error', fault: 'partner', meaning: "The envelope's receiver is not one of our ids." },
  'not-agreed': { severity: 'error', fault: 'partner', meaning: 'No inbound agreement of the connector names this message.' },
  'duplicate': { severity: 'error', fault: 'partner', meaning: 'An interchange with this sender, receiver and control number was received before.' },
  'no-route': { severity: 'error', fault: 'hub', meaning: 'No destination was found for a document.' },
} as const;
