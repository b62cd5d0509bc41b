/** Who sent it, to whom, in test or live, and what was agreed: each judged by the envelope, and told. */
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const partner = (sender: string, ...lines: string[]): string[] => [
  `ids: { x12: ZZ:${sender} }`,
  'inbound:',
  '  - { message: x12/004010/850, acknowledge: 997 }',
  'out: { use: directory, path: data/out }',
  ...lines,
];
const door = (id: string): string => `in: { use: http, key: env:KEY_${id} }`;

const installation = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
  'connectors/acme.yaml': partner('ACMERETAIL', door('ACME')),
  'connectors/globex.yaml': partner('GLOBEX', door('GLOBEX')),
  'connectors/far.yaml': partner('FAR', 'via: van'),
  'connectors/van.yaml': [door('VAN'), 'out: { use: directory, path: data/van }'],
  'connectors/trial.yaml': partner('TRIAL', 'mode: test', door('TRIAL')),
  'connectors/strict.yaml': partner('STRICT', 'tolerance: strict', door('STRICT')),
  'connectors/easy.yaml': partner('EASY', 'tolerance: { envelope-usage: warning }', door('EASY')),
};

describe('the envelope of what comes in', function () {
  this.timeout(30_000);
  let app: RunningApp;
  let control = 0;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  const order = (sender: string): string => {
    control += 1;
    return order850({ sender, control, number: `PO-${control}` });
  };
  const receive = async (by: string, body: string) => {
    const { text } = await app.post(by, body);
    const { transfer } = JSON.parse(text) as { transfer: string };
    await app.settled();
    const page = { limit: 50, after: undefined, transfer };
    const row = await app.operations.transfer(transfer);
    const messages = (await app.operations.messages(page)).items;
    const findings = (await app.operations.findings(page)).items;
    const deliveries = (await app.operations.deliveries(page)).items;
    return {
      state: row.state,
      reason: row.reason ?? '',
      isTest: row.isTest,
      messages: messages.map(({ message, state }) => `${message.split('/').at(-1)} ${state}`),
      told: findings
        .filter(({ severity }) => severity !== 'info')
        .map(({ code, severity }) => `${severity} ${code}`)
        .filter((it) => !it.endsWith(' no-route')),
      answers: deliveries.map(({ messageType }) => messageType.split('/').at(-1)),
    };
  };

  it('lets its own partner in, and one whose network brings it', async () => {
    for (const [by, sender] of [
      ['acme', 'ACMERETAIL'],
      ['van', 'FAR'],
    ] as const) {
      const got = await receive(by, order(sender));
      expect(got).to.deep.include({ messages: ['850 unrouted'], told: [], isTest: false });
      expect(got.answers).to.deep.equal(['997']);
    }
  });

  it('of a sender that nobody knows waits, and says which line would make it known', async () => {
    const got = await receive('acme', order('STRANGER'));
    expect(got).to.deep.include({ state: 'quarantined', messages: ['850 held'] });
    expect(got.told).to.deep.equal(['error sender-unknown']);
    expect(got.reason).to.contain('add "ids: { x12: ZZ:STRANGER }" to connectors/acme.yaml');
  });

  it('of a sender who came through another door waits, unless its file names that door', async () => {
    const got = await receive('globex', order('ACMERETAIL'));
    expect(got).to.deep.include({ state: 'quarantined', messages: ['850 held'] });
    expect(got.told).to.deep.equal(['error sender-not-allowed']);
  });

  it('to somebody else waits', async () => {
    const got = await receive(
      'acme',
      order('ACMERETAIL').replace('*ZZ*TRADELANE ', '*ZZ*OTHERS    '),
    );
    expect(got).to.deep.include({ state: 'quarantined', messages: ['850 held'] });
    expect(got.told).to.deep.equal(['error receiver-unknown']);
  });

  it('around a message that was not agreed holds it', async () => {
    const other = order('ACMERETAIL').replace('ST*850', 'ST*860').replace('GS*PO', 'GS*PC');
    const got = await receive('acme', other.replace('BEG*00*SA*', 'BCH*04*SA*'));
    expect(got.messages).to.deep.equal(['860 held']);
    expect(got.told).to.include('error not-agreed');
  });

  it('is test traffic where it says so, and where its connector is in test mode', async () => {
    const asTest = (text: string): string => text.replace('*0*P*>', '*0*T*>');
    expect((await receive('acme', asTest(order('ACMERETAIL')))).isTest).to.equal(true);
    expect((await receive('trial', order('TRIAL'))).isTest).to.equal(true);
    expect((await receive('trial', asTest(order('TRIAL')))).isTest).to.equal(true);
    expect((await receive('acme', order('ACMERETAIL'))).isTest).to.equal(false);
  });

  it('that is neither test nor live is refused, unless the partner is tolerated', async () => {
    const unsaid = (text: string): string => text.replace('*0*P*>', '*0*X*>');
    const refused = await receive('acme', unsaid(order('ACMERETAIL')));
    expect(refused).to.deep.include({
      messages: ['850 rejected'],
      told: ['error envelope-usage'],
    });
    const taken = await receive('easy', unsaid(order('EASY')));
    expect(taken).to.deep.include({
      messages: ['850 unrouted'],
      told: ['warning envelope-usage'],
    });
  });

  it('with a date that is none is told, and refused where the partner is held strictly', async () => {
    const dated = (text: string): string => text.replace('*260301*1200*U', '*260231*1200*U');
    const told = await receive('acme', dated(order('ACMERETAIL')));
    expect(told).to.deep.include({ messages: ['850 unrouted'], told: ['warning envelope-date'] });
    const refused = await receive('strict', dated(order('STRICT')));
    expect(refused).to.deep.include({ messages: ['850 rejected'], told: ['error envelope-date'] });
  });

  it('with a TA1 before its groups is read with it: the answer apart, the order as ever', async () => {
    const ta1 = 'TA1*000000999*260301*1200*R*018~\nGS*';
    const got = await receive('acme', order('ACMERETAIL').replace('GS*', ta1));
    expect(got.messages).to.deep.equal(['TA1 released', '850 unrouted']);
    expect(got.told).to.deep.equal(['warning answer-unmatched']);
    expect(got.answers).to.deep.equal(['997']);
  });
});
