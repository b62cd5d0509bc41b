import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { defaultDecodeLimits } from '../../../src/model/codec.ts';
import { acme } from '../../../src/sandbox/partners/acme.ts';
import type { Desk } from '../../../src/sandbox/partners/desk.ts';
import {
  type DirectoryPartner,
  startDirectoryPartner,
} from '../../../src/sandbox/partners/directory-partner.ts';
import type { PartnerEvent } from '../../../src/sandbox/partners/event.ts';
import { nordwind } from '../../../src/sandbox/partners/nordwind.ts';
import { codecNamed } from '../../../src/sandbox/partners/read-edi.ts';
import { freshState } from '../../../src/sandbox/partners/state.ts';
import { writeWhole } from '../../../src/sandbox/partners/whole-file.ts';
import { checkMessage } from '../../../src/standards/check.ts';
import { openStandards } from '../../../src/standards/load.ts';
import {
  invoice810,
  response855,
  shipNotice856,
  toAcme,
  toNordwind,
} from './partner-interchanges.ts';

const at = '2026-03-02T15:05:00.000Z';
const standards = openStandards([new URL('../../../standards', import.meta.url).pathname]);
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');

/** `850: 0 findings`, by our codec and the standard's own dictionary. */
function examine(codec: string, bytes: Uint8Array): readonly string[] {
  const lines: string[] = [];
  const decoder = codecNamed(codec).decoder(
    (event) => {
      const findings = 'findings' in event ? [...event.findings] : [];
      if (event.is === 'message') {
        const found = standards.find(event.message.type);
        if (found !== undefined)
          findings.push(...checkMessage(event.message, found.definition).findings);
        lines.push(event.message.type.name);
      }
      lines.push(...findings.map((finding) => `${finding.place.path}: ${finding.text}`));
    },
    { limits: defaultDecodeLimits },
  );
  decoder.write(bytes);
  decoder.end();
  return lines;
}

function withOrder(desk: Desk) {
  const state = freshState();
  const { orderNumber, bytes } = desk.order(state, at);
  const receive = (file: Uint8Array) => desk.receive(file, state, at);
  return { state, orderNumber, bytes, receive };
}

describe('Acme, by X12', () => {
  it('writes orders, acknowledgements and payments that codec and standard find no fault with', () => {
    const desk = acme();
    const { orderNumber, receive, bytes, state } = withOrder(desk);
    const { replies } = receive(toAcme('810', 'IN', invoice810(orderNumber, '105062')));

    expect(examine('x12', bytes)).to.deep.equal(['850']);
    expect(replies.flatMap((reply) => examine('x12', reply.bytes))).to.deep.equal(['997', '820']);
    for (let count = 0; count < 14; count++) {
      expect(examine('x12', desk.order(state, at).bytes)).to.deep.equal(['850']);
    }
  });

  it('reads 855, 856 and 810, answers each with a 997, and pays the invoice once', () => {
    const { orderNumber, receive } = withOrder(acme());
    const bill = toAcme('810', 'IN', invoice810(orderNumber, '105062'), '3');
    const parts = [
      receive(toAcme('855', 'PR', response855(orderNumber), '1')),
      receive(toAcme('856', 'SH', shipNotice856(orderNumber, '040999990000000012'), '2')),
      receive(bill),
      receive(bill),
    ];

    expect(
      parts.flatMap(({ events }) => events.map(({ what, text }) => `${what}: ${text}`)),
    ).to.deep.equal([
      `received: order ${orderNumber}: 1 lines: accepted`,
      `received: order ${orderNumber}: 1 lines in 1 packages`,
      `received: order ${orderNumber}: 2 lines, USD 1050.62`,
      'repeat: The same file again.',
      `received: order ${orderNumber}: 2 lines, USD 1050.62`,
    ]);
    expect(parts.map(({ replies }) => replies.map(({ event }) => event.message))).to.deep.equal([
      ['997'],
      ['997'],
      ['997', '820'],
      ['997'],
    ]);
    const payment = text(parts[2]?.replies[1]?.bytes);
    expect(payment)
      .to.contain('BPR*C*1050.62*C*ACH')
      .and.contain('RMR*IV*INV-9001**1050.62*1050.62~');
  });

  it('finds wrong totals, counts, check digits and orders by its own arithmetic', () => {
    const { orderNumber, receive } = withOrder(acme());
    const faults = (name: string, lines: Parameters<typeof toAcme>[2], control: string) =>
      receive(toAcme(name, 'XX', lines, control)).events.flatMap((event) =>
        event.what === 'fault' ? [event.text] : [],
      );

    expect(faults('810', invoice810(orderNumber, '105063'), '1')).to.deep.equal([
      'TDS01 says 1050.63, lines and taxes make 1050.62.',
    ]);
    expect(faults('856', shipNotice856(orderNumber, '040999990000000013'), '2')).to.deep.equal([
      'SSCC 040999990000000013 has a wrong check digit.',
    ]);
    expect(
      faults(
        '855',
        response855('77')
          .slice(0, -1)
          .concat([['CTT', '2']]),
        '3',
      ),
    ).to.deep.equal(['There is no order 77.', 'CTT01 says 2, there are 1 PO1.']);
  });

  it('refuses a group whose trailer lies, and says so', () => {
    const { orderNumber, receive } = withOrder(acme());
    const good = text(toAcme('855', 'PR', response855(orderNumber)));
    const bad = receive(Buffer.from(good.replace('SE*6*0001', 'SE*7*0001')));

    expect(bad.events.map(({ what, text: words }) => `${what}: ${words}`)).to.include(
      'fault: SE counts 7, there are 6.',
    );
    expect(text(bad.replies[0]?.bytes)).to.contain('AK5*R*5~').and.contain('AK9*R*1*1*0~');
  });

  it('knows its own order in a 997, once, and does not answer it', () => {
    const { orderNumber, receive } = withOrder(acme());
    const accepted = toAcme('997', 'FA', [
      ['AK1', 'PO', '1'],
      ['AK2', '850', '0001'],
      ['AK5', 'A'],
      ['AK9', 'A', '1', '1', '1'],
    ]);
    const first = receive(accepted);
    const again = receive(
      text(accepted).length > 0
        ? Buffer.from(text(accepted).replaceAll('000000001', '000000002'))
        : accepted,
    );

    expect(first.events).to.deep.equal([
      {
        what: 'acknowledged',
        message: '997',
        number: orderNumber,
        text: 'group 1: A, 1 of 1 accepted',
      },
    ]);
    expect([...first.replies, ...again.replies]).to.deep.equal([]);
    expect(again.events.map(({ what }) => what)).to.deep.equal(['fault']);
  });
});

describe('Nordwind, by EDIFACT', () => {
  const orders = (order: string) => ['RFF', ['ON', order]] as const;

  it('writes orders and CONTRLs that codec and standard find no fault with', () => {
    const { bytes, orderNumber, receive } = withOrder(nordwind());
    const response = toNordwind('ORDRSP', 'D96A', [
      ['BGM', '231', 'SO-1001', '29'],
      ['DTM', ['137', '20260302', '102']],
      orders(orderNumber),
      ['LIN', '1', '5', ['4099999001101', 'EN']],
      ['QTY', ['21', '4', 'PCE']],
      ['UNS', 'S'],
      ['CNT', ['2', '1']],
    ]);
    const { events, replies } = receive(response);

    expect(examine('edifact', bytes)).to.deep.equal(['ORDERS']);
    expect(text(bytes))
      .to.contain("Bohrersatz ?'Profi?+?', 25-teilig")
      .and.contain('Speicherstra\xdfe');
    expect(events.map((event) => event.text)).to.deep.equal([
      `order ${orderNumber}: 1 lines, accepted`,
    ]);
    expect(replies.flatMap((reply) => examine('edifact', reply.bytes))).to.deep.equal(['CONTRL']);
    expect(text(replies[0]?.bytes)).to.contain('UCI+1+4099999000005:14+4012345000009:14+7');
  });

  it('adds up an INVOIC, and finds the cent that is missing', () => {
    const { orderNumber, receive } = withOrder(nordwind());
    const invoic = (total: string, control: string) =>
      toNordwind(
        'INVOIC',
        'D96A',
        [
          ['BGM', '380', 'INV-9002', '9'],
          ['DTM', ['137', '20260302', '102']],
          orders(orderNumber),
          ['LIN', '1', '', ['4099999001101', 'EN']],
          ['QTY', ['47', '4', 'PCE']],
          ['MOA', ['203', '598.00']],
          ['UNS', 'S'],
          ['CNT', ['2', '1']],
          ['MOA', ['77', total]],
          ['TAX', '7', 'VAT', '', '', ['', '', '', '19']],
          ['MOA', ['124', '113.62']],
        ],
        control,
      );

    expect(receive(invoic('711.62', '1')).events.map(({ what }) => what)).to.deep.equal([
      'received',
    ]);
    expect(receive(invoic('711.63', '2')).events.at(-1)?.text).to.equal(
      'MOA+77 says 711.63, lines and taxes make 711.62.',
    );
  });

  it('knows its own order in a CONTRL, and refuses what is not for it', () => {
    const { orderNumber, receive } = withOrder(nordwind());
    const contrl = toNordwind('CONTRL', 'D3', [
      ['UCI', 'NW1', ['4012345000009', '14'], ['4099999000005', '14'], '7'],
    ]);
    const stray = Buffer.from(
      text(toNordwind('DESADV', 'D96A', [['BGM', '351', 'SH-1', '9']], '9')).replace(
        '4012345000009:14',
        '4012345000023:14',
      ),
    );
    const heard = receive(contrl);
    const refused = receive(stray);

    expect(heard).to.deep.equal({
      events: [
        {
          what: 'acknowledged',
          message: 'CONTRL',
          number: orderNumber,
          text: 'interchange NW1: action 7',
        },
      ],
      replies: [],
    });
    expect(refused.events[0]?.text).to.equal(
      'It is for 14:4012345000023, not for 14:4012345000009.',
    );
    expect(text(refused.replies[0]?.bytes)).to.contain('+4+29');
  });
});

describe('a partner by files', () => {
  let folder = '';
  let partner: DirectoryPartner | undefined;
  let events: PartnerEvent[] = [];
  let told: () => void = () => undefined;

  const start = async () => {
    partner = await startDirectoryPartner({
      desk: acme(),
      folder,
      clock: { now: () => at, monotonic: () => performance.now() },
      on: (event) => {
        events.push(event);
        told();
      },
    });
    return partner;
  };
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      told = () => {
        if (events.length >= count) resolve();
      };
      told();
    });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'partner-'));
    events = [];
  });
  afterEach(async () => {
    await partner?.stop();
    rmSync(folder, { recursive: true });
  });

  it('drops orders whole, takes away what it read, and counts on after a restart', async () => {
    const first = await start();
    const order = await first.sendOrder();
    await writeWhole(join(folder, 'out', '855-1.x12'), toAcme('855', 'PR', response855(order)));
    await until(3);
    await first.stop();
    const second = await start();
    await second.sendOrder();

    expect(events.map(({ what, message, file }) => `${what} ${message} ${file}`)).to.deep.equal([
      'sent 850 850-000000001.x12',
      'received 855 855-1.x12',
      'sent 997 997-000000002.x12',
      'sent 850 850-000000003.x12',
    ]);
    expect(readdirSync(join(folder, 'in')).sort()).to.deep.equal([
      '850-000000001.x12',
      '850-000000003.x12',
      '997-000000002.x12',
    ]);
    expect(readdirSync(join(folder, 'out'))).to.deep.equal([]);
    expect(existsSync(join(folder, 'partner', 'archive', '855-1.x12'))).to.equal(true);
    expect(readFileSync(join(folder, 'in', '850-000000003.x12'), 'latin1')).to.contain(
      'BEG*00*SA*4500000002**20260302~',
    );
  });

  it('reads what waited for it in the order in which it was written', async () => {
    const out = join(folder, 'out');
    await writeWhole(join(out, '856-1.x12'), toAcme('856', 'SH', shipNotice856('1', ''), '1'));
    await writeWhole(join(out, '.855-3.x12.tmp'), Buffer.from('half'));
    await writeWhole(join(out, '810-2.x12'), toAcme('810', 'IN', invoice810('1', '105062'), '2'));
    const reader = await start();
    await until(7);
    await reader.stop();

    const files = events.filter(({ what }) => what === 'received').map(({ file }) => file);
    expect(files).to.deep.equal(['856-1.x12', '810-2.x12']);
    expect(readdirSync(out)).to.deep.equal(['.855-3.x12.tmp']);
  });

  it('reports what is no EDI', async () => {
    await start();
    await writeWhole(join(folder, 'out', 'note.txt'), Buffer.from('hello'));
    await until(1);

    expect(events.map(({ what, file }) => `${what} ${file}`)).to.include('fault note.txt');
    expect(readdirSync(join(folder, 'in'))).to.deep.equal([]);
  });
});
