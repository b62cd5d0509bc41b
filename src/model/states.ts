/** States: ours (what we did) and theirs (what the other side said) are two axes. */
export type TransferState = 'received' | 'checked' | 'released' | 'quarantined';
export type MessageState = 'accepted' | 'rejected' | 'held' | 'released' | 'unrouted';
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'failed' | 'cancelled';
/** Theirs, of an outbound message. */
export type AnswerState = 'none' | 'awaited' | 'accepted' | 'rejected' | 'overdue';
export type DocumentState = 'new' | 'routed' | 'unrouted' | 'held';
