/** A partner rejects a message of ours: the hub says which element it means, and which line wrote it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { waiting } from '../../../src/cli/waiting.ts';
import type { FindingRow } from '../../../src/model/rows.ts';
import { contract } from '../../../src/server/contract.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const installation = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE, edifact: 14:4099999000005 }'],
  'connectors/acme.yaml': [
    'name: Acme Retail',
    'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
    'in: { use: http, key: env:KEY_ACME }',
    'out: { use: directory, path: data/acme/out }',
    'outbound: [{ message: x12/004010/810, expect: { 997: within 4h } }]',
  ],
  'connectors/nordwind.yaml': [
    'name: Nordwind',
    'ids: { edifact: 14:4012345000009, erp: C-1002 }',
    'in: { use: http, key: env:KEY_NORDWIND }',
    'out: { use: directory, path: data/nordwind/out }',
    'outbound: [{ message: edifact/D96A/INVOIC, expect: { CONTRL: within 4h } }]',
  ],
  'connectors/erp.yaml': [
    'role: erp',
    'in: { use: http, key: env:KEY_ERP }',
    'inbound: [{ message: json/erp/invoice }]',
  ],
};

const line = (number: string, sku: string, price: string) => ({
  ...{ line: number, orderLine: number, sku, customerItem: `AC-${number}` },
  ...{ description: 'Chair', quantity: '2', unit: 'EA', price, net: price },
});

const invoice = (customer: string, invoiceNumber: string): string =>
  JSON.stringify({
    ...{ customer, invoiceNumber, invoiceDate: '2026-03-01', orderNumber: '4711' },
    ...{ orderDate: '2026-02-20', currency: 'EUR' },
    lines: [line('1', 'TL-100', '10.50'), line('2', 'TL-200', '12.25')],
    totals: { net: '22.75', gross: '22.75', payable: '22.75' },
  });

/** Position of the n-th segment of a tag, the header counting as 1. */
function positionOf(text: string, header: string, tag: string, nth = 1): number {
  const segments = text.split(/[~'\n]+/).map((each) => each.trim().slice(0, 3).replace(/\W/g, ''));
  const first = segments.indexOf(header);
  const places = segments.flatMap((each, at) => (each === tag && at > first ? [at] : []));
  return (places[nth - 1] ?? -1) - first + 1;
}

const answer997 = (notes: readonly string[]): string =>
  [
    'ISA*00*          *00*          *ZZ*ACMERETAIL     *ZZ*TRADELANE      *260301*1200*U*00401*000000001*0*P*>',
    'GS*FA*ACMERETAIL*TRADELANE*20260301*1200*1*X*004010',
    'ST*997*0001',
    'AK1*IN*1',
    'AK2*810*0001',
    ...notes,
    'AK5*R*5',
    'AK9*R*1*1*0',
    `SE*${notes.length + 6}*0001`,
    'GE*1*1',
    'IEA*1*000000001',
    '',
  ].join('~\n');

const answerContrl = (notes: readonly string[]): string =>
  [
    "UNB+UNOC:3+4012345000009:14+4099999000005:14+260301:1200+1'",
    "UNH+1+CONTRL:D:3:UN'",
    "UCI+1+4099999000005:14+4012345000009:14+7'",
    "UCM+0001+INVOIC:D:96A:UN+4'",
    ...notes,
    `UNT+${notes.length + 4}+1'`,
    "UNZ+1+1'",
  ].join('\n');

describe('a rejection', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  /** What the ERP posted, as it went out. */
  const sent = async (customer: string, partner: string): Promise<string> => {
    const headers = { 'tradelane-message': 'json/erp/invoice' };
    await app.post('erp', invoice(customer, `INV-${partner}`), headers);
    await app.settled();
    const folder = join(app.root, 'data', partner, 'out');
    return readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'latin1');
  };
  const texts = async (partner: string, body: string): Promise<readonly string[]> => {
    await app.post(partner, body);
    await app.settled();
    const page = { limit: 10, after: undefined };
    const { items } = await app.operations.deliveries({ ...page, connector: partner });
    const found = await app.operations.findings({ ...page, delivery: items[0]?.id ?? '' });
    expect(items[0]?.messages[0]?.state).to.equal('rejected');
    expect(found.items.map(({ code }) => code)).to.deep.equal(
      found.items.map(() => 'answer-rejects'),
    );
    return found.items.map(({ text }) => text.replace(/yaml:\d+/g, 'yaml:#'));
  };

  it('of an 810 names field and mapping line of values, and of what is missing', async () => {
    const text = await sent('C-1001', 'acme');
    const second = positionOf(text, 'ST', 'IT1', 2);
    const big = positionOf(text, 'ST', 'BIG');
    const notes = [
      `AK3*BIG*${big}**8`,
      'AK4*3*323*1',
      `AK3*IT1*${second}**8`,
      'AK4*4*212*5*12.25',
      'AK4*3*355*7*EA',
      `AK3*TDS*${positionOf(text, 'ST', 'TDS')}**2`,
      `AK3*ITD*${positionOf(text, 'ST', 'IT1')}**3`,
      `AK3*V1*${positionOf(text, 'ST', 'IT1')}**3`,
    ];
    const told = await texts('acme', answer997(notes));
    expect(told).to.deep.equal([
      "Acme Retail rejects BIG / BIG03 of 810 0001 '20260220': 1 (mandatory element missing); written from order.issueDate by mappings/x12/004010/810.yaml:#.",
      "Acme Retail rejects IT1[2] / IT104 of 810 0001 '12.25': 5 (too long); written from lines[1].price by mappings/x12/004010/810.yaml:#.",
      "Acme Retail rejects IT1[2] / IT103 of 810 0001 'EA': 7 (code not valid); written from lines[1].unit by mappings/x12/004010/810.yaml:# (mappings/codes/x12/unit.yaml:#).",
      'Acme Retail rejects TDS of 810 0001: 2 (segment not expected); written from totals.payable by mappings/x12/004010/810.yaml:#.',
      'Acme Retail misses ITD before IT1[1] of 810 0001: 3 (mandatory segment missing); to be written by mappings/x12/004010/810.yaml:# (ITD).',
      'Acme Retail misses V1 before IT1[1] of 810 0001: 3 (mandatory segment missing); no rule of mappings/x12/004010/810.yaml writes it.',
    ]);
    const lines = readFileSync('mappings/x12/004010/810.yaml', 'utf8').split('\n');
    const { items } = await app.operations.findings({
      ...{ limit: 10, after: undefined, code: 'answer-rejects' },
    });
    const price = items.find(({ text }) => text.includes('lines[1].price'));
    const at = Number(/810\.yaml:(\d+)/.exec(price?.text ?? '')?.[1]);
    expect(lines[at - 1]).to.match(/4: price/);
    expect(price?.place).to.include({ element: 4, segment: second });
    expect(text.slice(price?.place.start, price?.place.end)).to.equal('12.25');
  });

  it('of an INVOIC does so too, by segment and component', async () => {
    const text = await sent('C-1002', 'nordwind');
    const price = positionOf(text, 'UNH', 'PRI', 2);
    const notes = [
      `UCS+${positionOf(text, 'UNH', 'BGM')}'`,
      "UCD+39+3'",
      `UCS+${price}'`,
      "UCD+12+2:2'",
      "UCD+13+2:4'",
      "UCD+13+3'",
      `UCS+${positionOf(text, 'UNH', 'DTM')}+13'`,
    ];
    const told = await texts('nordwind', answerContrl(notes));
    expect(told).to.deep.equal([
      "Nordwind rejects BGM / BGM02 of INVOIC 0001 'INV-nordwind': 39 (too long); written from number by mappings/edifact/D96A/INVOIC.yaml:#.",
      "Nordwind rejects LIN[2] / PRI[1] / PRI01-2 of INVOIC 0001 '12.25': 12 (value not valid); written from lines[1].price by mappings/edifact/D96A/INVOIC.yaml:#.",
      'Nordwind rejects LIN[2] / PRI[1] / PRI01-4 of INVOIC 0001: 13 (missing); to be written from priceBasis by mappings/edifact/D96A/INVOIC.yaml:# (LIN/PRI(1.1=AAA)/1.4).',
      'Nordwind rejects LIN[2] / PRI[1] / PRI02 of INVOIC 0001: 13 (missing); no rule of mappings/edifact/D96A/INVOIC.yaml writes it.',
      'Nordwind misses a segment after DTM[1] of INVOIC 0001: 13 (missing); which one a CONTRL does not say.',
    ]);
  });

  it('is told by the API with the delivery, and by status', async () => {
    const page = { limit: 1, after: undefined };
    const { items } = await app.operations.deliveries({ ...page, connector: 'acme' });
    const getDelivery = contract.find(({ id }) => id === 'getDelivery');
    const call = { path: { id: items[0]?.id ?? '' }, query: {} };
    const row = (await getDelivery?.run(app.operations, call)) as { findings: FindingRow[] };
    expect(row.findings.map(({ code }) => code)).to.include('answer-rejects');
    expect(await waiting(get, () => 'Acme')).to.match(
      /rejected by a partner[\s\S]*written from lines\[1\]\.price by mappings/,
    );
  });

  it('is answered by writing the message anew, after the mapping is mended', async () => {
    const page = { limit: 5, after: undefined };
    const { items } = await app.operations.deliveries({ ...page, connector: 'acme' });
    const [old] = items;
    app.write('mappings/partners/acme/810.yaml', [
      'extends: x12/004010/810',
      'body:',
      '  BIG/3: remove',
    ]);
    app.write('connectors/acme.yaml', [
      ...installation['connectors/acme.yaml'].slice(0, -1),
      'outbound: [{ message: x12/004010/810, mapping: partners/acme/810, expect: { 997: within 4h } }]',
    ]);
    expect((await app.operations.reload()).faults).to.deep.equal([]);
    const made = await app.operations.reissue(old?.id ?? '');
    await app.settled();
    expect(made).to.include({ document: old?.document, messageType: 'x12/004010/810' });
    expect(made.messages[0]).to.include({ state: 'awaited', control: '0002' });
    const bytes: Uint8Array[] = [];
    for await (const chunk of app.operations.bytes(made.digest)) bytes.push(chunk);
    expect(Buffer.concat(bytes).toString('latin1')).to.match(/BIG\*20260301\*INV-acme\*\*4711~/);
    expect((await app.operations.delivery(made.id)).state).to.equal('sent');
    expect((await app.operations.delivery(old?.id ?? '')).reissuedAs).to.equal(made.id);
    expect(await waiting(get, () => 'Acme')).to.not.contain(old?.id ?? '-');
    const refusal = async (id: string): Promise<string> =>
      app.operations.reissue(id).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await refusal(old?.id ?? '')).to.include(`was written anew as ${made.id}`);
    expect(await refusal(made.id)).to.include('Nobody rejected delivery');
  });

  /** The API's answers without its server. */
  async function get<T>(path: string): Promise<T> {
    const url = new URL(path, 'http://hub');
    const [, what = '', id] = /^\/v1\/(\w+)(?:\/(.+))?$/.exec(url.pathname) ?? [];
    const wanted = `/v1/${what}${id === undefined ? '' : '/{id}'}`;
    const found = contract.find((each) => each.path === wanted && each.method === 'get');
    const query = Object.fromEntries(url.searchParams);
    const numbers = query['limit'] === undefined ? {} : { limit: Number(query['limit']) };
    return (await found?.run(app.operations, {
      path: id === undefined ? {} : { id },
      query: { ...query, ...numbers },
    })) as T;
  }
});
