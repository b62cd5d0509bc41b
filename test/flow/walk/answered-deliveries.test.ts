/** TA1, 997 and 999 that come back settle what we sent: at each level, late, in part, after a resend. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const installation = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
  'connectors/acme.yaml': [
    'ids: { x12: ZZ:ACMERETAIL }',
    'in: { use: http, key: env:KEY_ACME }',
    'out: { use: directory, path: data/acme/out }',
    'inbound:',
    '  - { message: x12/004010/850, acknowledge: none }',
    'outbound:',
    '  - { message: x12/004010/850, expect: { 997: within 4h } }',
  ],
  'config/routes.yaml': ['routes:', '  - { when: { document: order, from: acme }, to: acme }'],
};

describe('acknowledgements of what we sent', function () {
  this.timeout(60_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  let control = 100;
  const folder = (): string => join(app.root, 'data/acme/out');
  const seen = new Set<string>();

  /** Sends an order back to Acme; its control numbers. */
  const sent = async (): Promise<{ interchange: string; group: string; set: string }> => {
    control += 1;
    await app.post('acme', order850({ control, number: `PO-${control}` }));
    await app.settled();
    const file = readdirSync(folder()).find((it) => !it.startsWith('.') && !seen.has(it)) ?? '';
    seen.add(file);
    const text = readFileSync(join(folder(), file), 'latin1');
    const number = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
    return {
      interchange: number(/IEA\*1\*(\d+)/),
      group: number(/GE\*1\*(\d+)/),
      set: number(/ST\*850\*(\d+)/),
    };
  };

  const isa = (): string => {
    control += 1;
    const number = String(control).padStart(9, '0');
    return `ISA*00*          *00*          *ZZ*ACMERETAIL     *ZZ*TRADELANE      *260301*1200*U*00401*${number}*0*P*>~`;
  };
  const bring = async (text: string): Promise<void> => {
    const posted = await app.post('acme', text);
    expect(posted.status).to.be.below(300);
    await app.settled();
  };
  const ta1 = (interchange: string, code: string, note: string): Promise<void> => {
    const head = isa();
    const number = interchange.padStart(9, '0');
    return bring(`${head}TA1*${number}*260301*1200*${code}*${note}~IEA*0*${head.slice(90, 99)}~`);
  };
  const functional = (name: '997' | '999', version: string, ...body: string[]): Promise<void> => {
    const head = isa();
    const segments = [`ST*${name}*0001`, ...body, `SE*${body.length + 2}*0001`].join('~');
    const group = `GS*FA*ACMERETAIL*TRADELANE*20260301*1200*${control}*X*${version}`;
    return bring(`${head}${group}~${segments}~GE*1*${control}~IEA*1*${head.slice(90, 99)}~`);
  };
  const state = async (): Promise<string> => {
    const { items } = await app.operations.deliveries({ limit: 1, after: undefined });
    const [message] = items[0]?.messages ?? [];
    return `${message?.state} ${message?.answer ?? ''}`.trim();
  };

  it('an accepted TA1 says nothing of the content; a 997 without AK2 does', async () => {
    const { interchange, group } = await sent();
    await ta1(interchange, 'A', '000');
    expect(await state()).to.equal('awaited');
    await functional('997', '004010', `AK1*PO*${group}`, 'AK9*A*1*1*1');
    expect(await state()).to.match(/^accepted A accepted; 1 of 1/);
  });

  it('a rejected TA1 rejects all of its interchange, in words', async () => {
    const { interchange } = await sent();
    await ta1(interchange, 'R', '025');
    expect(await state()).to.equal(
      'rejected R interchange rejected; note 025 (duplicate control number)',
    );
  });

  it('a 997 of a duplicate that comes after its TA1 settles it all the same', async () => {
    const { interchange, group, set } = await sent();
    await ta1(interchange, 'R', '025');
    const ak2 = `AK2*850*${set}`;
    await functional('997', '004010', `AK1*PO*${group}`, ak2, 'AK5*A', 'AK9*A*1*1*1');
    expect(await state()).to.equal('accepted A accepted');
  });

  it('a 999 rejects a message, with what is wrong in it', async () => {
    const { group, set } = await sent();
    const notes = ['IK3*N1*5**8', 'IK4*4*67*I9', 'CTX*SITUATIONAL TRIGGER*BEG*2**2'];
    await functional(
      ...(['999', '005010X231A1', `AK1*PO*${group}*004010`, `AK2*850*${set}`] as const),
      ...notes,
      ...['IK5*R*I5', 'AK9*R*1*1*0'],
    );
    expect(await state()).to.match(/^rejected R rejected; I5 \(segments in error by the guide\);/);
    expect(await state()).to.include('I9 (element missing that the guide asks for here)');
  });

  it('a message that was rejected may be accepted when it is resent', async () => {
    const { group, set } = await sent();
    const ak2 = `AK2*850*${set}`;
    await functional('997', '004010', `AK1*PO*${group}`, ak2, 'AK5*R*5', 'AK9*R*1*1*0');
    expect(await state()).to.match(/^rejected/);
    const { items } = await app.operations.deliveries({ limit: 1, after: undefined });
    await app.operations.resend(items[0]?.id ?? '');
    await app.settled();
    await functional('997', '004010', `AK1*PO*${group}`, 'AK9*A*1*1*1');
    expect(await state()).to.match(/^accepted A/);
  });

  it('what answers nothing of ours is told', async () => {
    await ta1('999999', 'R', '022');
    const { items } = await app.operations.findings({ limit: 5, after: undefined });
    expect(items.map(({ code }) => code)).to.include('answer-unmatched');
  });
});
