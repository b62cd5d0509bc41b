/** What is good by its syntax and fails as business: told by 824 and APERAK, once, where agreed. */
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import type { DeliveryRow } from '../../../src/model/rows.ts';
import { runCommand } from '../../support/command-line.ts';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const page = { limit: 50, after: undefined };

/** Our part numbers are looked up: what is not there is not known. */
const lookedUp = (base: string): string[] => [
  `extends: ${base}`,
  'given:',
  '  lines*.items(scheme=manufacturer).id: $lookup.parts(connector=$connector.id, item=items(scheme=buyer).id).ours',
];
const partner = (id: string, own: readonly string[]): string[] => [
  `name: ${id}`,
  `in: { use: http, key: env:KEY_${id.toUpperCase()} }`,
  `out: { use: directory, path: data/${id}/out }`,
  'tolerance: { lookup-missing: error, sum-differs: error }',
  ...own,
];
const parts = ['AC-100', 'AC-101', 'AC-102'];

const installation = (erp: string) => ({
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE, edifact: 14:4099999000005 }'],
  'config/lookups/parts.csv': [
    'connector,item,ours',
    ...['acme', 'quiet', 'nordwind'].flatMap((id) => parts.map((part) => `${id},${part},X${part}`)),
  ],
  'mappings/partners/850.yaml': lookedUp('x12/004010/850'),
  'mappings/partners/ORDERS.yaml': lookedUp('edifact/D96A/ORDERS'),
  'connectors/acme.yaml': partner('acme', [
    'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
    'inbound:',
    '  - { message: x12/004010/850, mapping: partners/850, acknowledge: 997 }',
    '  - { message: x12/004010/824, acknowledge: 997 }',
    'outbound:',
    '  - { message: x12/004010/824, expect: { 997: within 4h } }',
    '  - { message: x12/004010/810, expect: { 997: within 4h } }',
    '  - { message: x12/004010/855 }',
  ]),
  'connectors/quiet.yaml': partner('quiet', [
    'ids: { x12: ZZ:QUIET, erp: C-1003 }',
    'inbound: [{ message: x12/004010/850, mapping: partners/850, acknowledge: 997 }]',
  ]),
  'connectors/nordwind.yaml': partner('nordwind', [
    'ids: { edifact: 14:4012345000009, erp: C-1002 }',
    'inbound:',
    '  - { message: edifact/D96A/ORDERS, mapping: partners/ORDERS, acknowledge: CONTRL }',
    '  - { message: edifact/D96A/APERAK, acknowledge: CONTRL }',
    'outbound:',
    '  - { message: edifact/D96A/APERAK, expect: { CONTRL: within 4h } }',
    '  - { message: edifact/D96A/INVOIC, expect: { CONTRL: within 4h } }',
  ]),
  'connectors/erp.yaml': [
    'role: erp',
    'in: { use: http, key: env:KEY_ERP }',
    `out: { use: http, url: "${erp}" }`,
    'inbound: [{ message: json/erp/invoice }, { message: json/erp/orderResponse }]',
    'outbound:',
    '  - { message: json/erp/order }',
    '  - { message: json/erp/applicationResponse }',
  ],
});

const orders = (control: number, number: string, item: string): string =>
  [
    `UNB+UNOC:3+4012345000009:14+4099999000005:14+260301:1200+${control}'`,
    "UNH+1+ORDERS:D:96A:UN'",
    `BGM+220+${number}+9'`,
    "DTM+137:20260301:102'",
    "NAD+BY+4012345000009::9'",
    `LIN+10++${item}:IN'`,
    "QTY+21:2'",
    "UNS+S'",
    "CNT+2:1'",
    "UNT+9+1'",
    `UNZ+1+${control}'`,
  ].join('\n');

/** One set of Acme's in its envelope. */
const x12 = (control: number, group: string, set: readonly string[]): string => {
  const isa = String(control).padStart(9, '0');
  const [name] = set[0]?.split('*').slice(1) ?? [];
  return [
    `ISA*00*          *00*          *ZZ*ACMERETAIL     *ZZ*TRADELANE      *260301*1200*U*00401*${isa}*0*P*>`,
    `GS*${group}*ACMERETAIL*TRADELANE*20260301*1200*${control}*X*004010`,
    ...set,
    `SE*${set.length + 1}*${set[0]?.slice(`ST*${name}*`.length)}`,
    `GE*1*${control}`,
    `IEA*1*${isa}`,
    '',
  ].join('~\n');
};

const invoice = (customer: string, invoiceNumber: string): string =>
  JSON.stringify({
    ...{ customer, invoiceNumber, invoiceDate: '2026-03-01', orderNumber: '4711' },
    ...{ orderDate: '2026-02-20', currency: 'EUR' },
    lines: [{ line: '1', sku: 'TL-1', quantity: '2', unit: 'EA', price: '5.00', net: '10.00' }],
    totals: { net: '10.00', gross: '10.00', payable: '10.00' },
  });

describe('a fault of business', function () {
  this.timeout(60_000);
  let app: RunningApp;
  let server: Server;
  /** Done by the ERP before it answers a body that contains PO-5. */
  let first = (): Promise<void> => Promise.resolve();
  /** What the ERP got, and what it answers to a body that contains a text. */
  const got: string[] = [];
  const refusals = new Map<string, { status: number; text: string }>();

  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => {
        body += piece;
      });
      request.on('end', async () => {
        got.push(body);
        if (body.includes('PO-5')) await first();
        const refusal = [...refusals].find(([text]) => body.includes(text))?.[1];
        response.writeHead(refusal?.status ?? 201);
        response.end(refusal?.text ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    app = await runApp(installation(`http://127.0.0.1:${port}`));
  });
  after(async () => {
    await app?.remove();
    server?.close();
  });

  const bring = async (from: string, text: string): Promise<string> => {
    const posted = await app.post(from, text);
    await app.settled();
    expect(posted.status, posted.text).to.be.lessThan(300);
    return (JSON.parse(posted.text) as { transfer: string }).transfer;
  };
  const deliveries = async (query: object): Promise<readonly DeliveryRow[]> =>
    (await app.operations.deliveries({ ...page, ...query })).items.toReversed();
  const textOf = async ({ digest }: DeliveryRow): Promise<string> => {
    const bytes: Uint8Array[] = [];
    for await (const chunk of app.operations.bytes(digest)) bytes.push(chunk);
    return Buffer.concat(bytes).toString('latin1');
  };
  /** What a partner is sent for a transfer, as `997`, `824`. */
  const sent = async (transfer: string, connector: string): Promise<readonly string[]> =>
    (await deliveries({ transfer, connector })).map(
      ({ messageType }) => messageType.split('/')[2] ?? '',
    );
  const only = async (transfer: string, name: string): Promise<DeliveryRow> => {
    const found = (await deliveries({ transfer })).filter(({ messageType }) =>
      messageType.endsWith(`/${name}`),
    );
    expect(found).to.have.lengthOf(1);
    return found[0] as DeliveryRow;
  };
  /** Errors and warnings of what we wrote, as a stranger would read it. */
  const faultsOf = async (text: string): Promise<readonly string[]> => {
    const file = join(app.root, 'written.edi');
    writeFileSync(file, text, 'latin1');
    const { out, err } = await runCommand('validate', file);
    return `${out}\n${err}`.split('\n').filter((line) => /^(error|warning)/.test(line));
  };
  /** The segments of the message, without envelope. */
  const body = (text: string, from: string): readonly string[] => {
    const lines = text.split(/[~']\n/);
    return lines.slice(lines.findIndex((line) => line.startsWith(from)));
  };

  describe('in an 850', () => {
    const order = (control: number, number: string, sender = 'ACMERETAIL'): string =>
      order850({ control, number, sender, lines: 3 });
    let transfer: string;

    it('is told by an 824 after the 997 that accepts, with the item named', async () => {
      transfer = await bring('acme', order(1, 'PO-1').replace('BP*AC-101', 'BP*AC-9'));
      expect(await sent(transfer, 'acme')).to.deep.equal(['997', '824']);
      expect(await textOf(await only(transfer, '997'))).to.contain('AK5*A');
      const advice = await only(transfer, '824');
      expect(advice).to.include({ state: 'sent', partner: 'acme', kind: 'document' });
      expect(advice.messages[0]).to.include({ state: 'awaited' });
      const text = await textOf(advice);
      expect(text).to.match(/GS\*AG\*TRADELANE\*ACMERETAIL\*/);
      expect(body(text, 'OTI').slice(0, 4)).to.deep.equal([
        'OTI*TR*PO*PO-1***20260301*1200*1*0001*850*004010',
        'TED*IID*Not known in line 2: AC-9*****AC-9',
        'NTE*LIN*2',
        'NTE**AC-9 is not known here.',
      ]);
      expect(await faultsOf(text)).to.deep.equal([]);
      expect(got.filter((each) => each.includes('PO-1'))).to.deep.equal([]);
    });

    it('is told once: the mended order goes on, without a second 824', async () => {
      await app.operations.replay(transfer);
      await app.settled();
      expect(await sent(transfer, 'acme')).to.deep.equal(['997', '824']);
      app.write('config/lookups/parts.csv', [
        'connector,item,ours',
        ...[...parts, 'AC-9'].map((it) => `acme,${it},X`),
      ]);
      expect((await app.operations.reload()).faults).to.deep.equal([]);
      await app.operations.replay(transfer);
      await app.settled();
      expect(await sent(transfer, 'acme')).to.deep.equal(['997', '824']);
      expect(await sent(transfer, 'erp')).to.deep.equal(['order']);
      expect(got.filter((each) => each.includes('PO-1'))).to.have.lengthOf(1);
    });

    it('is told nobody who did not agree to it', async () => {
      const text = order(2, 'PO-2', 'QUIET').replace('AC-101', 'AC-999');
      const quiet = await bring('quiet', text);
      expect(await sent(quiet, 'quiet')).to.deep.equal(['997']);
      const { items } = await app.operations.messages({ ...page, transfer: quiet });
      expect(items[0]?.state).to.equal('held');
    });

    it('is told where the ERP refuses for good, in its words', async () => {
      refusals.set('PO-3', { status: 422, text: '{"error":"credit limit * exceeded ~ 100"}' });
      const refused = await bring('acme', order(3, 'PO-3'));
      expect(await sent(refused, 'acme')).to.deep.equal(['997', '824']);
      const text = await textOf(await only(refused, '824'));
      expect(body(text, 'OTI').slice(0, 3)).to.deep.equal([
        'OTI*TR*PO*PO-3***20260301*1200*3*0001*850*004010',
        'TED*024*Refused',
        'NTE**The application refused it: 422 Unprocessable Entity: {"error":"credit',
      ]);
      expect(text).to.contain('NTE**limit . exceeded . 100"}');
      expect(await faultsOf(text)).to.deep.equal([]);
      const [toErp] = await deliveries({ transfer: refused, connector: 'erp' });
      expect(toErp?.state).to.equal('failed');
      await app.operations.resend(toErp?.id ?? '');
      await app.settled();
      expect(await sent(refused, 'acme')).to.deep.equal(['997', '824']);
    });

    it('is told where totals disagree, with the segment and the value', async () => {
      const text = order(9, 'PO-9').replace('CTT*3', 'CTT*3*99');
      const transfer = await bring('acme', text);
      expect(await sent(transfer, 'acme')).to.deep.equal(['997', '824']);
      const lines = body(await textOf(await only(transfer, '824')), 'TED');
      expect(lines[0]).to.equal('TED*010*Total does not agree: 99*CTT*11*2**99');
      expect(lines[1]).to.match(/^NTE\*\*ST 0001 \/ CTT/);
    });

    it('is not told where the ERP has answered the order by itself', async () => {
      refusals.set('PO-5', { status: 422, text: 'refused' });
      const words = {
        customer: 'C-1001',
        orderNumber: 'PO-5',
        salesOrder: 'S-5',
        status: 'rejected',
      };
      first = async () => {
        const headers = { 'tradelane-message': 'json/erp/orderResponse' };
        await app.post('erp', JSON.stringify(words), headers);
        for (;;) {
          const { items } = await app.operations.documents({ ...page, kind: 'orderResponse' });
          if (items.length > 0) return;
          await nextTurn();
        }
      };
      const refused = await bring('acme', order(5, 'PO-5'));
      expect(await sent(refused, 'acme')).to.deep.equal(['997']);
    });

    it('is told of each message of an interchange that is at fault', async () => {
      const sets = ['PO-6', 'PO-7', 'PO-8'].map((number, at) => {
        const control = `000${at + 1}`;
        const item = at === 1 ? 'AC-100' : 'AC-8';
        return [
          `ST*850*${control}`,
          `BEG*00*SA*${number}**20260301`,
          `PO1*1*2*EA*1.5**BP*${item}`,
          'CTT*1',
          `SE*5*${control}`,
        ];
      });
      const [head, group] = order(6, '').split('~\n') as [string, string];
      const text = [head, group, ...sets.flat(), 'GE*3*6', 'IEA*1*000000006', ''].join('~\n');
      const transfer = await bring('acme', text);
      expect(await sent(transfer, 'acme')).to.deep.equal(['997', '824', '824']);
      const { items } = await app.operations.documents({ ...page, kind: 'applicationResponse' });
      const own = items.filter((row) => row.transfer === transfer);
      expect(
        own.map(({ messageIndex, isOurs }) => [messageIndex, isOurs]).toSorted(),
      ).to.deep.equal([
        [0, true],
        [2, true],
      ]);
      const [lifecycle] = (await app.operations.lifecycles({ ...page, order: 'PO-8' })).items;
      expect(lifecycle?.documents.map(({ kind }) => kind)).to.deep.equal(['applicationResponse']);
    });

    it('is not told where the ERP refuses us and not the order', async () => {
      refusals.set('PO-4', { status: 401, text: 'who are you' });
      const refused = await bring('acme', order(4, 'PO-4'));
      expect(await sent(refused, 'acme')).to.deep.equal(['997']);
    });
  });

  it('in an ORDERS is told by an APERAK after the CONTRL', async () => {
    const transfer = await bring('nordwind', orders(1, 'NW-1', 'NW-404'));
    expect(await sent(transfer, 'nordwind')).to.deep.equal(['CONTRL', 'APERAK']);
    const text = await textOf(await only(transfer, 'APERAK'));
    const lines = body(text, 'BGM').map((line) =>
      line.replace(/\+[0-9A-Z]{26}\+/, '+ID+').replace(/137:\d+/, '137:'),
    );
    expect(lines.slice(0, -3)).to.deep.equal([
      'BGM++ID+27+RE',
      'DTM+137::204',
      'RFF+ACW:1',
      'RFF+ON:NW-1',
      'ERC+IID::116',
      'FTX+AAO+++NW-404 is not known here.',
      'RFF+LI:10',
    ]);
    expect(await faultsOf(text)).to.deep.equal([]);
  });

  it('is told by the reference of the message where its document has no number', async () => {
    const transfer = await bring('nordwind', orders(2, '', 'AC-100'));
    const text = await textOf(await only(transfer, 'APERAK'));
    expect(text).to.match(/RFF\+ACW:1'\nRFF\+AGO:1'\nERC\+007::116'\n/);
    expect(await faultsOf(text)).to.deep.equal([]);
  });

  describe('that a partner tells', () => {
    /** Our invoice's message, as it stands when the partner has answered. */
    const answered = async (connector: string, customer: string, number: string, words: string) => {
      await app.post('erp', invoice(customer, number), { 'tradelane-message': 'json/erp/invoice' });
      await app.settled();
      const transfer = await bring(connector, words);
      const ours = (await deliveries({ connector })).find(
        ({ messageType }) => messageType.endsWith('/810') || messageType.endsWith('/INVOIC'),
      );
      const found = await app.operations.findings({ ...page, delivery: ours?.id ?? '' });
      const events = await app.operations.events({
        ...page,
        subject: `${ours?.id}/${ours?.messages[0]?.control}`,
      });
      return {
        transfer,
        message: ours?.messages[0],
        findings: found.items.map(({ code, text }) => `${code}: ${text}`),
        events: events.items.map(({ what }) => what),
      };
    };

    it('by an 824 about our 810 marks it rejected, and reaches the ERP', async () => {
      const advice = x12(50, 'AG', [
        'ST*824*0001',
        'BGN*00*ADV-1*20260302',
        'OTI*TR*IV*INV-1*******810',
        'TED*010*Total out of balance*TDS*12***1000',
        'NTE**Invoice total does not match the order',
      ]);
      const { transfer, message, findings, events } = await answered(
        'acme',
        'C-1001',
        'INV-1',
        advice,
      );
      expect(message).to.include({ state: 'rejected', answeredBy: transfer });
      expect(message?.answer).to.equal(
        '824 rejected outOfBalance, TDS: Invoice total does not match the order',
      );
      expect(findings).to.deep.equal([
        'response-rejects: acme rejects invoice INV-1 by its 824: outOfBalance, TDS: Invoice total does not match the order.',
      ]);
      expect(events).to.deep.equal(['outbound.awaited', 'outbound.rejected']);
      // It is acknowledged, and not answered by an 824 of ours.
      expect(await sent(transfer, 'acme')).to.deep.equal(['997']);
      expect(await sent(transfer, 'erp')).to.deep.equal(['applicationResponse']);
      expect(got.at(-1)).to.contain('outOfBalance');
    });

    it('by an APERAK about our INVOIC does so too', async () => {
      const words = [
        "UNB+UNOC:3+4012345000009:14+4099999000005:14+260302:1200+60'",
        "UNH+1+APERAK:D:96A:UN'",
        "BGM++AP-1+27'",
        "RFF+IV:INV-2'",
        "ERC+Z29'",
        "FTX+AAO+++Price not agreed'",
        "RFF+IV:INV-2:1'",
        "UNT+7+1'",
        "UNZ+1+60'",
      ].join('\n');
      const { transfer, message, findings } = await answered('nordwind', 'C-1002', 'INV-2', words);
      expect(message).to.include({ state: 'rejected', answeredBy: transfer });
      expect(findings).to.deep.equal([
        'response-rejects: nordwind rejects invoice INV-2 by its APERAK: edifact:Z29, line 1: Price not agreed.',
      ]);
      expect(await sent(transfer, 'nordwind')).to.deep.equal(['CONTRL']);
    });

    it('is never answered, whatever is wrong with it', async () => {
      refusals.set('ADV-2', { status: 422, text: 'no such invoice' });
      const advice = (control: number, number: string): string =>
        x12(control, 'AG', ['ST*824*0001', `BGN*00*${number}*20260302`, 'OTI*TR*IV*INV-404']);
      const refused = await bring('acme', advice(51, 'ADV-2'));
      expect(await sent(refused, 'acme')).to.deep.equal(['997']);
      const { items } = await app.operations.findings({ ...page, transfer: refused });
      expect(items.map(({ code }) => code)).to.include('answer-unmatched');
    });
  });

  describe('of every kind', () => {
    it('is told whole: nothing that we have to say is lost', async () => {
      const { items } = await app.operations.documents({ ...page, kind: 'applicationResponse' });
      const ours = items.filter(({ isOurs }) => isOurs);
      expect(ours).to.not.deep.equal([]);
      for (const { id, state } of ours) {
        expect(state).to.equal('routed');
        const found = await app.operations.findings({ ...page, document: id });
        expect(found.items.map(({ text }) => text)).to.deep.equal([]);
      }
    });
  });
});
