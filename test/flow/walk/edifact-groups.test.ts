/** Orders that we send in functional groups of syntax 4, and the CONTRL that answers a group. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const installation = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE, edifact: 14:4099999000005 }'],
  'connectors/acme.yaml': [
    'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
    'in: { use: http, key: env:KEY_ACME }',
    'inbound:',
    '  - { message: x12/004010/850, acknowledge: none }',
  ],
  'connectors/nord.yaml': [
    'ids: { edifact: 14:4012345000009 }',
    'in: { use: http, key: env:KEY_NORD }',
    'out: { use: directory, path: data/nord/out }',
    'outbound:',
    '  - message: edifact/D96A/ORDERS',
    '    syntax: { version: "4" }',
    '    envelope: { groups: true, requestAcknowledgement: true }',
    '    expect: { CONTRL: within 4h }',
  ],
  'config/routes.yaml': ['routes:', '  - { when: { document: order, from: acme }, to: nord }'],
};

/** Nord's CONTRL for our interchange 1; `group` is what it says of group 1. */
const contrl = (control: number, group: readonly string[]): string =>
  [
    `UNB+UNOC:4+4012345000009:14+4099999000005:14+20260301:1200+${control}`,
    'UNH+1+CONTRL:4:1:UN',
    'UCI+1+4099999000005:14+4012345000009:14+7',
    ...group,
    `UNT+${group.length + 3}+1`,
    `UNZ+1+${control}`,
    '',
  ].join("'");

describe('orders in functional groups', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
    await app.post('acme', order850({ control: 1, number: 'PO-1' }));
    await app.settled();
  });
  after(() => app?.remove());

  it('go out in UNG and UNE, numbered for themselves', () => {
    const [file = ''] = readdirSync(join(app.root, 'data/nord/out'));
    const text = readFileSync(join(app.root, 'data/nord/out', file), 'utf8');
    expect(text).to.match(/^UNA:\+\.\?\*'\nUNB\+UNOC:4\+.*\+1\+\+\+\+1'\n/);
    expect(text).to.match(
      /\nUNG\+ORDERS\+4099999000005:14\+4012345000009:14\+\d{8}:\d{4}\+1\+UN\+D:96A'\n/,
    );
    expect(text).to.match(/\nUNE\+1\+1'\nUNZ\+1\+1'\n$/);
  });

  it('are settled by what UCF says of their group', async () => {
    const posted = await app.post('nord', contrl(1, ['UCF+1+US+THEM+4+29+UNE+2']));
    await app.settled();
    const { transfer } = JSON.parse(posted.text) as { transfer: string };
    expect((await app.operations.transfer(transfer)).state).to.equal('released');
    const { items } = await app.operations.deliveries({ limit: 5, after: undefined });
    expect(items[0]?.messages[0]).to.include({ state: 'rejected', group: '1' });
  });
});
