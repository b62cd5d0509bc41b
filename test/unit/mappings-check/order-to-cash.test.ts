import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DtdValidator, XmlDocument, XmlDtd } from 'libxml2-wasm';
import { codecs } from '../../../src/codecs/index.ts';
import type { Document } from '../../../src/documents/document.ts';
import { validateDocument } from '../../../src/documents/registry.ts';
import { throughBytes } from '../../../src/mappings/check/through-bytes.ts';
import type { MappingContext } from '../../../src/mappings/mapping.ts';
import { defaultDecodeLimits } from '../../../src/model/codec.ts';
import { isError } from '../../../src/model/finding.ts';
import type { ContentData, MessageType } from '../../../src/model/message.ts';
import { openDatabase } from '../../../src/sandbox/erp/database.ts';
import type { Order, Remittance } from '../../../src/sandbox/erp/forms.ts';
import { type Step, takeStep } from '../../../src/sandbox/erp/fulfilment.ts';
import { bookOrder } from '../../../src/sandbox/erp/sales-orders.ts';
import { acmeLooks } from '../../../src/sandbox/partners/acme-checks.ts';
import { acmeAssortment, acmeOrder } from '../../../src/sandbox/partners/acme-order.ts';
import { acmePayment } from '../../../src/sandbox/partners/acme-payment.ts';
import { wanted } from '../../../src/sandbox/partners/desk.ts';
import { globexLooks } from '../../../src/sandbox/partners/globex-checks.ts';
import { globexAssortment, globexOrder } from '../../../src/sandbox/partners/globex-order.ts';
import { nordwindLooks } from '../../../src/sandbox/partners/nordwind-checks.ts';
import { nordwindAssortment, nordwindOrder } from '../../../src/sandbox/partners/nordwind-order.ts';
import type { Look } from '../../../src/sandbox/partners/receive-edi.ts';
import { splitEdifact, splitX12 } from '../../../src/sandbox/partners/rows.ts';
import type { SegmentText } from '../../../src/sandbox/partners/write-edi.ts';
import { checkMessage } from '../../../src/standards/check.ts';
import { mappings, standards } from './open.ts';

const at = '2026-03-02T15:20:30.000Z';
const local = { text: '2026-03-02T10:20:30', offset: '-05:00', offsetMinutes: -300 };

interface Partner {
  readonly name: string;
  readonly erp: string;
  readonly orderMapping: string;
  readonly order: (lines: number) => Uint8Array;
  /** What goes out for each form of the ERP. */
  readonly out: Readonly<Record<string, string>>;
  readonly look: (name: string, bytes: Uint8Array) => Look | undefined;
}

const segments = (rows: readonly SegmentText[]): ContentData => ({
  form: 'segments',
  segments: rows.map(([tag, ...elements]) => ({ tag: String(tag), elements })),
});
const bytesOf = (rows: readonly SegmentText[], type: MessageType): Uint8Array =>
  throughBytes(segments(rows), type, standards, ({ bytes }) => bytes);

const acme: Partner = {
  name: 'Acme Retail',
  erp: 'C-1001',
  orderMapping: 'partners/acme/850',
  order: (number) =>
    bytesOf(
      acmeOrder(`PO-${number}`, wanted(acmeAssortment, number), local),
      type('x12/004010/850'),
    ),
  out: { orderResponse: 'x12/004010/855', shipment: 'x12/004010/856', invoice: 'x12/004010/810' },
  look: (name, bytes) => acmeLooks[name]?.(splitX12(Buffer.from(bytes).toString('latin1'))),
};
const nordwind: Partner = {
  name: 'Nordwind',
  erp: 'C-1002',
  orderMapping: 'edifact/D96A/ORDERS',
  order: (number) => {
    const parties = { buyer: '4012345000009', seller: '4099999000006' };
    const rows = nordwindOrder(`NW-${number}`, wanted(nordwindAssortment, number), parties, local);
    return bytesOf(rows, type('edifact/D96A/ORDERS'));
  },
  out: {
    orderResponse: 'edifact/D96A/ORDRSP',
    shipment: 'edifact/D96A/DESADV',
    invoice: 'edifact/D96A/INVOIC',
  },
  look: (name, bytes) => nordwindLooks[name]?.(splitEdifact(Buffer.from(bytes).toString('latin1'))),
};
const globex: Partner = {
  name: 'Globex',
  erp: 'C-1003',
  orderMapping: 'cxml/OrderRequest',
  order: (number) => {
    const parties = { me: 'AN01', hub: 'AN02', sharedSecret: 'not a secret' };
    const lines = wanted(globexAssortment, number);
    return Buffer.from(globexOrder(`GX-${number}`, lines, parties, local));
  },
  out: { orderResponse: 'cxml/ConfirmationRequest', invoice: 'cxml/InvoiceDetailRequest' },
  look: (name, bytes) => {
    let look: Look | undefined;
    decode(bytes, type(`cxml/1.2/${name}`), (message) => {
      if (message.content.form === 'tree') look = globexLooks[name]?.(message.content.root);
    });
    return look;
  },
};

function type(key: string): MessageType {
  const [standard = '', version = '', name = ''] = key.split('/');
  return { standard, version, name };
}

function decode(
  bytes: Uint8Array,
  messageType: MessageType,
  use: (message: Parameters<typeof checkMessage>[0]) => void,
): void {
  const codec = codecs.find(({ sniff }) => sniff(bytes.subarray(0, 4096)))!;
  const decoder = codec.decoder((event) => void (event.is === 'message' && use(event.message)), {
    limits: defaultDecodeLimits,
    messageType,
  });
  decoder.write(bytes);
  decoder.end();
}

/** Bytes to a document that keeps to its schema, with no fault told on the way. */
function read(name: string, bytes: Uint8Array, context: MappingContext): Document {
  let document: Document | undefined;
  const { message: messageType } = mappings.rules(name);
  decode(bytes, messageType, (message) => {
    const found = standards.find(messageType);
    const isEdi = message.content.form === 'segments' && found !== undefined;
    const placed = isEdi ? checkMessage(message, found.definition).root : undefined;
    const result = mappings.get(name).read(message, placed, context);
    expect(result.findings.filter(isError)).to.deep.equal([]);
    document = result.document;
  });
  expect(validateDocument(document)).to.deep.equal([]);
  return document!;
}

/** A document to bytes in which the standard finds no fault. */
function write(name: string, document: Document, context: MappingContext): Uint8Array {
  const { content, findings } = mappings.get(name).write(document, context);
  expect(findings.filter(isError)).to.deep.equal([]);
  return throughBytes(content, mappings.rules(name).message, standards, ({ bytes, checked }) => {
    expect((checked?.findings ?? []).map(({ text }) => text)).to.deep.equal([]);
    return bytes;
  });
}

const steps: readonly (readonly [Step, string])[] = [
  ['confirm', 'orderResponse'],
  ['ship', 'shipment'],
  ['invoice', 'invoice'],
];

const dtdFolder = join(process.env['CORPUS_DIR'] ?? '', 'cxml', '_dtd');

/** Where each request is declared: invoices are newer than the rest of the corpus. */
const declarations: Readonly<Record<string, string>> = {
  ConfirmationRequest: '1.2.063/Fulfill.dtd',
  InvoiceDetailRequest: 'njp970/InvoiceDetail.dtd',
};

function validate(name: string, bytes: Uint8Array): void {
  using declared = XmlDtd.fromString(readFileSync(join(dtdFolder, declarations[name]!), 'utf8'));
  using document = XmlDocument.fromString(Buffer.from(bytes).toString());
  new DtdValidator(declared).validate(document);
}

describe('order to cash, by the mapping files alone', function () {
  this.timeout(30_000);

  for (const partner of [acme, nordwind, globex]) {
    it(`${partner.name}: what the ERP makes of an order goes out valid and adds up`, () => {
      for (const { name, bytes, orderNumber } of outgoing(partner)) {
        const look = partner.look(name.split('/').at(-1)!, bytes);
        expect(look?.faults, name).to.deep.equal([]);
        expect(look?.order, name).to.equal(orderNumber);
      }
    });
  }

  it('what goes to Globex keeps to the DTDs of cXML (needs CORPUS_DIR)', function () {
    if (!existsSync(dtdFolder)) this.skip();
    const sent = outgoing(globex);
    for (const { name, bytes } of sent) validate(name.split('/').at(-1)!, bytes);
    expect(sent).to.have.length(2);
  });

  it('an 820 becomes a remittance that the ERP can settle', () => {
    const look = { number: 'INV-9001', order: 'PO-1', text: '', faults: [], payable: '2278.66' };
    const rows = acmePayment('PAY-1', look, local);
    const counterparty = { id: 'acme', name: 'Acme', ids: { erp: 'C-1001' }, us: {} };
    const context = { partner: counterparty };
    const document = read('x12/004010/820', bytesOf(rows, type('x12/004010/820')), context);
    const bytes = write('json/erp/remittance', document, context);
    const form = JSON.parse(Buffer.from(bytes).toString()) as Remittance;
    expect(form).to.include({ customer: 'C-1001', paymentNumber: 'PAY-1', amount: '2278.66' });
    expect(form.items).to.deep.equal([
      { invoiceNumber: 'INV-9001', paid: '2278.66', gross: '2278.66' },
    ]);
  });
});

interface Outgoing {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly orderNumber: string;
}

/** An order to the ERP, and what the ERP makes of it to the partner. */
function outgoing(partner: Partner): readonly Outgoing[] {
  const id = partner.name.split(' ')[0]!.toLowerCase();
  const counterparty = { id, name: partner.name, ids: { erp: partner.erp }, us: {} };
  const context = { partner: counterparty, connector: counterparty, now: at, zone: 'UTC' };
  const envelope = { control: 'payload@globex' } as NonNullable<MappingContext['envelope']>;
  const order = read(partner.orderMapping, partner.order(1), { ...context, envelope });
  const form = JSON.parse(Buffer.from(write('json/erp/order', order, context)).toString()) as Order;
  const database = openDatabase(':memory:');
  const sale = bookOrder(database, form, { at, nextStepAt: undefined, strict: true });
  let key = 0;
  const sent = steps.flatMap(([step, json]) => {
    const makeKey = () => String(++key);
    const { answer } = takeStep(database, sale, step, { at, makeKey, nextStepAt: undefined });
    const document = read(`json/erp/${json}`, Buffer.from(JSON.stringify(answer)), context);
    const name = partner.out[json];
    if (name === undefined) return [];
    const bytes = write(name, document, { ...context, order });
    return [{ name, bytes, orderNumber: form.orderNumber }];
  });
  database.close();
  return sent;
}
