/** Verdicts, and the acknowledgements that belong to them. */
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
    '  - { message: x12/004010/850, acknowledge: 997 }',
  ],
  'connectors/erp.yaml': [
    'role: erp',
    'out: { use: directory, path: data/erp/out }',
    'outbound:',
    '  - { message: json/erp/order }',
  ],
};

describe('a transfer whose acknowledgement cannot be written', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  const order = order850({ control: 7, number: 'PO-7' });
  const headers = {
    'the group number': order.replace('*1200*7*X', '*1200*7>1*X').replace('GE*1*7', 'GE*1*7>1'),
    'the set number': order.replaceAll('*0001', '*00>1'),
    'the functional id': order.replace('GS*PO*', 'GS*P>*'),
  };
  for (const [what, body] of Object.entries(headers)) {
    it(`waits for a person, where ${what} holds a separator`, async () => {
      const { text } = await app.post('acme', body);
      const { transfer } = JSON.parse(text) as { transfer: string };
      await app.settled();
      const row = await app.operations.transfer(transfer);
      expect(row.state).to.equal('quarantined');
      expect(row.reason).to.match(/^No acknowledgement can be written for it: 997 /);
      const { items } = await app.operations.findings({ limit: 9, after: undefined, transfer });
      expect(items.map(({ code }) => code)).to.deep.equal(['cannot-acknowledge']);
      expect((await app.operations.status()).counts.deliveries).to.deep.equal({});
    });
  }
});

describe('a transfer of very many groups', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  it('waits for a person before it fills the memory', async () => {
    const [isa = '', gs = ''] = order850({ control: 8, number: 'PO-8' }).split('\n');
    const group = (_: unknown, index: number): string =>
      `${gs.replace('*1200*8*', `*1200*${index + 1}*`)}GE*0*${index + 1}~`;
    const groups = Array.from({ length: 20_001 }, group).join('');
    const { text } = await app.post('acme', `${isa}${groups}IEA*20001*000000008~`);
    const { transfer } = JSON.parse(text) as { transfer: string };
    await app.settled();
    const row = await app.operations.transfer(transfer);
    expect(row).to.include({ state: 'quarantined' });
    expect(row.reason).to.equal(
      'It holds more than 20000 groups: ask its sender to send it in parts.',
    );
  });
});

describe('an interchange that comes again in the same transfer', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  const statesOf = async (body: string): Promise<readonly string[]> => {
    const { text } = await app.post('acme', body);
    const { transfer } = JSON.parse(text) as { transfer: string };
    await app.settled();
    const { items } = await app.operations.messages({ limit: 9, after: undefined, transfer });
    return items.toSorted((one, other) => one.index - other.index).map(({ state }) => state);
  };

  it('is a duplicate of one that was taken', async () => {
    const order = order850({ control: 21, number: 'PO-21' });
    expect(await statesOf(`${order}${order}`)).to.deep.equal(['released', 'rejected']);
  });

  it('is taken where the first was rejected', async () => {
    const order = order850({ control: 22, number: 'PO-22' });
    const broken = order.replace('IEA*1*', 'IEA*7*');
    expect(await statesOf(`${broken}${order}`)).to.deep.equal(['rejected', 'released']);
  });
});
