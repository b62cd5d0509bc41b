/** What a partner simulator tells whoever watches it. */
export interface PartnerEvent {
  /** `acme`, `nordwind`, `globex`. */
  readonly partner: string;
  /**
   * sent, received: a message went out, came in. acknowledged, refused: what the hub said of what
   * the partner sent. repeat: the same again. fault: what was received is not as it must be.
   */
  readonly what: 'sent' | 'received' | 'acknowledged' | 'refused' | 'repeat' | 'fault';
  /** `850`, `ORDRSP`, `InvoiceDetailRequest`. */
  readonly message: string;
  /** The number a person knows it by: of the order, the invoice, the interchange. */
  readonly number: string;
  readonly text: string;
  readonly file?: string;
}

/** The same, before it is known whose it is and in which file it was. */
export type DeskEvent = Omit<PartnerEvent, 'partner' | 'file'>;
