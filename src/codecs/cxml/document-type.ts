/** Which DTD file declares which message, and the DOCTYPE that names it. */

/** The version written where the agreement names none. */
const currentVersion = '1.2.063';

const files: Readonly<Record<string, readonly string[]>> = {
  Fulfill: [
    'ComponentConsumptionRequest',
    'ConfirmationRequest',
    'OrderStatusRequest',
    'ProductReplenishmentMessage',
    'ReceiptRequest',
    'SalesOrderRequest',
    'ServiceEntryRequest',
    'ShipNoticeRequest',
    'TimeCardInfoRequest',
    'TimeCardRequest',
  ],
  InvoiceDetail: ['InvoiceDetailRequest'],
  Quote: ['QuoteMessage', 'QuoteRequest'],
  Logistics: ['TransportRequest'],
  Contract: ['ContractRequest', 'ContractStatusUpdateRequest'],
  PaymentRemittance: [
    'PaymentBatchRequest',
    'PaymentProposalRequest',
    'PaymentReceiptConfirmationRequest',
    'PaymentRemittanceRequest',
    'PaymentRemittanceStatusUpdateRequest',
  ],
};

/** `syntaxVersion` of the form `1.2.nnn` is the DTD version agreed; others mean the current one. */
export function cxmlDoctype(messageName: string, syntaxVersion: string): string {
  const version = /^1\.2\.\d{3}$/.test(syntaxVersion) ? syntaxVersion : currentVersion;
  const file = Object.keys(files).find((name) => files[name]?.includes(messageName)) ?? 'cXML';
  return `<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/${version}/${file}.dtd">`;
}
