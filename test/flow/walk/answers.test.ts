/** What acknowledgements that come back say of what we sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const installation = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
  'connectors/acme.yaml': [
    'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
    'in: { use: http, key: env:KEY_ACME }',
    'out: { use: directory, path: data/acme/out }',
    'inbound:',
    '  - { message: x12/004010/850, acknowledge: none }',
    'outbound:',
    '  - { message: x12/004010/850, expect: { 997: within 4h } }',
  ],
  'config/routes.yaml': ['routes:', '  - { when: { document: order, from: acme }, to: acme }'],
};

/** Acme's 997 for our group 1, whose interchange counts `groups`. */
const answer997 = (control: number, groups: number): string => {
  const number = String(control).padStart(9, '0');
  return [
    `ISA*00*          *00*          *ZZ*ACMERETAIL     *ZZ*TRADELANE      *260301*1200*U*00401*${number}*0*P*>`,
    `GS*FA*ACMERETAIL*TRADELANE*20260301*1200*${control}*X*004010`,
    'ST*997*0001',
    'AK1*PO*1',
    'AK2*850*0001',
    'AK5*R*5',
    'AK9*R*1*1*0',
    'SE*6*0001',
    `GE*1*${control}`,
    `IEA*${groups}*${number}`,
    '',
  ].join('~\n');
};

describe('an acknowledgement that comes back', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
    await app.post('acme', order850({ control: 1, number: 'PO-1' }));
    await app.settled();
    const [file = ''] = readdirSync(join(app.root, 'data/acme/out'));
    expect(readFileSync(join(app.root, 'data/acme/out', file), 'utf8')).to.match(/GS\*PO\*/);
  });
  after(() => app?.remove());

  const bring = async (text: string): Promise<string> => {
    const posted = await app.post('acme', text);
    await app.settled();
    const { transfer } = JSON.parse(posted.text) as { transfer: string };
    return (await app.operations.transfer(transfer)).state;
  };
  const answered = async (): Promise<string | undefined> => {
    const { items } = await app.operations.deliveries({ limit: 5, after: undefined });
    return items[0]?.messages[0]?.state;
  };

  it('says nothing where the end of its interchange is wrong', async () => {
    expect(await bring(answer997(2, 7))).to.equal('quarantined');
    expect(await answered()).to.equal('awaited');
  });

  it('settles what it answers where it is whole', async () => {
    expect(await bring(answer997(3, 1))).to.equal('released');
    expect(await answered()).to.equal('rejected');
  });
});
