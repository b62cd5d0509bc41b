import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DtdValidator, XmlDocument, XmlDtd } from 'libxml2-wasm';
import { cxmlResponse } from '../../../src/codecs/cxml/response.ts';
import type { TreeData } from '../../../src/model/message.ts';
import { type Listening, listen } from '../../../src/sandbox/listen.ts';
import type { PartnerEvent } from '../../../src/sandbox/partners/event.ts';
import { type HttpPartner, startHttpPartner } from '../../../src/sandbox/partners/http-partner.ts';
import { codecNamed } from '../../../src/sandbox/partners/read-edi.ts';

const at = '2026-03-02T15:05:00.000Z';
const secret = 'so <secret> & "safe"';
const us = { qualifier: 'NetworkId', id: 'AN01000000001' };
const globex = { qualifier: 'NetworkId', id: 'AN01000000002' };

const node = (
  name: string,
  attributes: Record<string, string>,
  ...rest: (TreeData | string)[]
) => ({
  name,
  attributes: Object.entries(attributes).map(([key, value]) => ({ name: key, value })),
  children: rest.filter((child) => typeof child !== 'string'),
  ...(typeof rest[0] === 'string' && { text: rest[0] }),
});
const money = (amount: string) => node('Money', { currency: 'USD' }, amount);

function fromHub(name: string, body: TreeData, control: string, sharedSecret = secret): Uint8Array {
  const root = node('cXML', {}, node('Request', { deploymentMode: 'production' }, body));
  const type = { standard: 'cxml', version: '1.2', name };
  return codecNamed('cxml').encode({
    standard: 'cxml',
    control,
    sender: us,
    receiver: globex,
    preparedAt: '2026-03-02T09:00:00',
    offset: '+01:00',
    isTest: false,
    wantsAcknowledgement: false,
    secret: sharedSecret,
    syntax: {
      version: '1.0',
      charset: 'utf8',
      element: '',
      component: '',
      terminator: '',
      decimalMark: '.',
    },
    groups: [
      {
        functionalId: '',
        control: '',
        sender: '',
        receiver: '',
        version: '',
        messages: [{ type, control, content: { form: 'tree', root } }],
      },
    ],
  });
}

const confirmation = (order: string, confirmed: string) =>
  node(
    'ConfirmationRequest',
    {},
    node('ConfirmationHeader', { confirmID: 'SO-1001', type: 'accept', noticeDate: at }),
    node('OrderReference', { orderID: order }),
    node(
      'ConfirmationItem',
      { lineNumber: '1', quantity: '4' },
      node('UnitOfMeasure', {}, 'EA'),
      node('ConfirmationStatus', { type: 'accept', quantity: confirmed }),
    ),
  );

const invoice = (order: string, due: string) =>
  node(
    'InvoiceDetailRequest',
    {},
    node('InvoiceDetailRequestHeader', { invoiceID: 'INV-9003', invoiceDate: at }),
    node(
      'InvoiceDetailOrder',
      {},
      node('InvoiceDetailOrderInfo', {}, node('OrderReference', { orderID: order })),
      node(
        'InvoiceDetailItem',
        { invoiceLineNumber: '1', quantity: '3' },
        node('UnitPrice', {}, money('1.365')),
      ),
    ),
    node(
      'InvoiceDetailSummary',
      {},
      node('SubtotalAmount', {}, money('4.10')),
      node('Tax', {}, money('0.26')),
      node('DueAmount', {}, money(due)),
    ),
  );

describe('Globex, by cXML over HTTP', () => {
  let folder = '';
  let partner: HttpPartner;
  let hub: Listening;
  let events: PartnerEvent[];
  let posted: { path: string; authorization: string; body: string }[];
  let answers: { status: number; body: Uint8Array }[];

  const response = (code: string, text: string) =>
    cxmlResponse({ code, text, payloadId: 'r@hub', timestamp: '2026-03-02T16:05:00+01:00' });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'globex-'));
    events = [];
    posted = [];
    answers = [];
    const server = createServer(async (request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      await once(request, 'end');
      const authorization = String(request.headers.authorization);
      posted.push({
        path: request.url ?? '',
        authorization,
        body: Buffer.concat(chunks).toString(),
      });
      const { status, body } = answers.shift() ?? { status: 200, body: response('200', 'OK') };
      answer.writeHead(status).end(body);
    });
    hub = await listen(server, { host: '127.0.0.1', port: 0 });
    partner = await startHttpPartner({
      hubUrl: hub.url,
      key: 'globex-key',
      host: '127.0.0.1',
      port: 0,
      stateFile: join(folder, 'state.json'),
      desk: { me: globex.id, hub: us.id, sharedSecret: secret, zone: 'America/New_York' },
      clock: { now: () => at, monotonic: () => performance.now() },
      on: (event) => events.push(event),
    });
  });
  afterEach(async () => {
    await partner.stop();
    await hub.close();
    rmSync(folder, { recursive: true });
  });

  const send = async (bytes: Uint8Array) => {
    const answer = await fetch(partner.url, { method: 'POST', body: new Uint8Array(bytes) });
    const reply = codecNamed('cxml').reply?.(new Uint8Array(await answer.arrayBuffer()));
    return `${answer.status} ${reply?.code} ${reply?.verdict}`;
  };
  const told = () => events.map(({ what, message, text }) => `${what} ${message}: ${text}`);

  it('posts an order with its key and reads the Response of the same exchange', async () => {
    const order = await partner.sendOrder();
    answers.push({ status: 200, body: response('406', 'Not Acceptable') });
    const other = await partner.sendOrder();

    expect(posted.map(({ path, authorization }) => `${path} ${authorization}`)).to.deep.equal([
      '/in/globex Bearer globex-key',
      '/in/globex Bearer globex-key',
    ]);
    expect([order, other]).to.deep.equal(['GX0000001', 'GX0000002']);
    expect(told()).to.deep.equal([
      'sent OrderRequest: order GX0000001, 4 lines',
      'acknowledged Response: HTTP 200, cXML 200 OK',
      'sent OrderRequest: order GX0000002, 3 lines',
      'refused Response: HTTP 200, cXML 406 Not Acceptable',
    ]);
  });

  it('posts the same bytes again until there is a Response', async () => {
    answers.push({ status: 502, body: Buffer.from('gone') });
    answers.push({ status: 500, body: response('500', 'Internal Server Error') });
    await partner.sendOrder();

    expect(posted).to.have.length(3);
    expect(new Set(posted.map(({ body }) => body)).size).to.equal(1);
    expect(events.at(-1)?.what).to.equal('acknowledged');
  });

  it('accepts confirmations and invoices that add up, and a repeat of them', async () => {
    const order = await partner.sendOrder();
    const bill = fromHub('InvoiceDetailRequest', invoice(order, '4.36'), 'I1');
    const codes = [
      await send(fromHub('ConfirmationRequest', confirmation(order, '4'), 'C1')),
      await send(bill),
      await send(bill),
    ];

    expect(codes).to.deep.equal(['200 200 accepted', '200 200 accepted', '200 200 accepted']);
    expect(told().slice(2)).to.deep.equal([
      `received ConfirmationRequest: order ${order}: accept, 1 lines`,
      `received InvoiceDetailRequest: order ${order}: 1 lines, USD 4.36`,
      'repeat InvoiceDetailRequest: The same request again.',
    ]);
  });

  it('rejects in an HTTP 200 what does not add up, is not the hub, or is nothing it knows', async () => {
    const order = await partner.sendOrder();
    const codes = [
      await send(fromHub('InvoiceDetailRequest', invoice(order, '4.37'), 'I1')),
      await send(fromHub('ConfirmationRequest', confirmation(order, '3'), 'C1')),
      await send(fromHub('ConfirmationRequest', confirmation('GX9', '4'), 'C2')),
      await send(fromHub('ConfirmationRequest', confirmation(order, '4'), 'C3', 'guessed')),
      await send(fromHub('ProfileRequest', node('ProfileRequest', {}), 'P1')),
      await send(Buffer.from('<cXML>')),
    ];

    expect(codes).to.deep.equal([
      '200 406 rejected',
      '200 406 rejected',
      '200 406 rejected',
      '200 401 rejected',
      '200 450 rejected',
      '200 400 rejected',
    ]);
    expect(told()[2]).to.equal(
      'fault InvoiceDetailRequest: DueAmount says 4.37, lines and taxes make 4.36.',
    );
    expect(JSON.stringify(events)).not.to.contain('so <secret').and.not.to.contain('guessed');
  });

  it('answers what it is told to, so often, and then takes the same request', async () => {
    const order = await partner.sendOrder();
    const request = fromHub('ConfirmationRequest', confirmation(order, '4'), 'C1');
    partner.answerNext({ http: 200, code: '406', text: 'Not Acceptable' });
    partner.answerNext({ http: 500, code: '500', text: 'Internal Server Error' });

    expect([await send(request), await send(request), await send(request)]).to.deep.equal([
      '200 406 rejected',
      '500 500 retry',
      '200 200 accepted',
    ]);
  });

  it('writes orders that are valid by the DTD', async function () {
    const dtd = join(process.env['CORPUS_DIR'] ?? '', 'cxml/_dtd/1.2.063/cXML.dtd');
    if (!existsSync(dtd)) return this.skip();
    await partner.sendOrder();
    await partner.sendOrder();
    using declared = XmlDtd.fromString(readFileSync(dtd, 'utf8'));
    for (const { body } of posted) {
      using document = XmlDocument.fromString(body);
      new DtdValidator(declared).validate(document);
    }
    expect(posted).to.have.length(2);
  });
});
