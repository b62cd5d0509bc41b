/** Control numbers that come again: judged at each level as the partner's file decides, and told. */
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const partner = (sender: string, ...lines: string[]): string[] => [
  `name: ${sender}`,
  `ids: { x12: ZZ:${sender} }`,
  `in: { use: http, key: env:KEY_${sender} }`,
  'out: { use: directory, path: data/out }',
  'inbound:',
  '  - { message: x12/004010/850, acknowledge: 997 }',
  ...lines,
];

const installation = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
  'connectors/usual.yaml': partner('USUAL'),
  'connectors/taken.yaml': partner('TAKEN', 'duplicates: accept'),
  'connectors/held.yaml': partner('HELD', 'duplicates: hold'),
  'connectors/groups.yaml': partner('GROUPS', 'duplicates: { interchange: ignore, group: refuse }'),
  'connectors/gheld.yaml': partner('GHELD', 'duplicates: { interchange: ignore, group: hold }'),
  'connectors/sets.yaml': partner('SETS', 'duplicates: { message: refuse }'),
  'connectors/sheld.yaml': partner('SHELD', 'duplicates: { message: hold }'),
};

describe('control numbers that come again', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  const receive = async (sender: string, body: string) => {
    const { text } = await app.post(sender.toLowerCase(), body);
    const { transfer } = JSON.parse(text) as { transfer: string };
    await app.settled();
    const page = { limit: 50, after: undefined, transfer };
    const [row, messages, findings, deliveries] = await Promise.all([
      app.operations.transfer(transfer),
      app.operations.messages(page),
      app.operations.findings(page),
      app.operations.deliveries(page),
    ]);
    return {
      transfer,
      state: row.state,
      messages: messages.items.map(({ state }) => state),
      findings: findings.items
        .filter(({ code }) => code.startsWith('duplicate') || code.endsWith('-twice'))
        .map(({ code, severity, text: words }) => ({ code, severity, words })),
      answers: deliveries.items.map(({ messageType }) => messageType.split('/').at(-1)),
    };
  };
  const order = (sender: string, control: number, number = `PO-${control}`): string =>
    order850({ sender, control, number });
  /** The same interchange under another ISA13. */
  const renumbered = (text: string, control: number): string =>
    text.replace(/(\*00401\*|IEA\*1\*)\d{9}/g, `$1${String(control).padStart(9, '0')}`);
  const today = (): string => new Date().toISOString().slice(0, 10);

  it('of an interchange refuse it by default, and say when it came and whether it is the same', async () => {
    const first = await receive('USUAL', order('USUAL', 1));
    expect(first.messages).to.deep.equal(['unrouted']);
    const same = await receive('USUAL', `${order('USUAL', 1)}\n`);
    expect(same).to.deep.include({ state: 'quarantined', messages: ['rejected'] });
    expect(same.findings).to.deep.equal([
      {
        code: 'duplicate',
        severity: 'error',
        words:
          `USUAL sent interchange 000000001 before on ${today()} (transfer ${first.transfer}), ` +
          'byte for byte the same. This one is refused. If it is new business, write ' +
          '"duplicates: { interchange: accept }" in connectors/usual.yaml, reload, and replay the ' +
          'transfer.',
      },
    ]);
    expect(same.answers).to.deep.equal([]);
    const other = await receive('USUAL', order('USUAL', 1, 'PO-X'));
    expect(other.findings[0]?.words).to.contain(', with other content.');
  });

  it('of test traffic are no repeats of live traffic', async () => {
    await receive('USUAL', order('USUAL', 2));
    const test = await receive('USUAL', order('USUAL', 2).replace('*0*P*>', '*0*T*>'));
    expect(test.findings).to.deep.equal([]);
  });

  it('of groups and messages are no matter by default: most count them anew', async () => {
    const first = order('USUAL', 3);
    await receive('USUAL', first);
    expect((await receive('USUAL', renumbered(first, 4))).findings).to.deep.equal([]);
  });

  it('are taken and told where the file accepts them', async () => {
    await receive('TAKEN', order('TAKEN', 5));
    const again = await receive('TAKEN', `${order('TAKEN', 5)}\n`);
    expect(again.messages).to.deep.equal(['unrouted']);
    expect(again.answers).to.deep.equal(['997']);
    const [{ severity, words } = {}] = again.findings;
    expect(severity).to.equal('warning');
    expect(words).to.match(
      /the same\. It is taken all the same, as connectors\/taken\.yaml says\.$/,
    );
  });

  it('wait for a person where the file holds them', async () => {
    await receive('HELD', order('HELD', 6));
    const again = await receive('HELD', `${order('HELD', 6)}\n`);
    expect(again).to.deep.include({ state: 'quarantined', messages: ['held'], answers: [] });
    expect(again.findings[0]?.words).to.contain('This one is held for you.');
  });

  it('of a group refuse it, where that was agreed, whatever its interchange is called', async () => {
    await receive('GROUPS', order('GROUPS', 7));
    const again = await receive('GROUPS', `${order('GROUPS', 7)}\n`);
    expect(again.findings.map(({ code }) => code)).to.deep.equal(['duplicate-group']);
    expect(again.messages).to.deep.equal(['rejected']);
    const renamed = await receive('GROUPS', renumbered(order('GROUPS', 7), 8));
    expect(renamed.findings[0]?.words).to.match(/^GROUPS sent group 7 before on .*, byte for byte/);
    const next = await receive('GROUPS', order('GROUPS', 9));
    expect(next.findings).to.deep.equal([]);
  });

  it('of a group hold it unanswered, where the file says so', async () => {
    await receive('GHELD', order('GHELD', 7));
    const again = await receive('GHELD', renumbered(order('GHELD', 7), 8));
    expect(again).to.deep.include({ messages: ['held'], answers: [] });
    expect(again.findings.map(({ severity }) => severity)).to.deep.equal(['warning']);
  });

  it('of a message refuse it, where that was agreed, and no other of its group', async () => {
    const first = order('SETS', 10);
    await receive('SETS', first);
    const start = first.indexOf('ST*850');
    const set = first.slice(start, first.indexOf('GE*'));
    const both = `${first.slice(0, start)}${set.replaceAll('*0001~', '*0002~')}${set}`;
    const body = renumbered(`${both}${first.slice(first.indexOf('GE*'))}`, 11);
    const again = await receive('SETS', body.replace('GE*1*', 'GE*2*'));
    expect(again.messages).to.deep.equal(['unrouted', 'rejected']);
    expect(again.findings.map(({ code }) => code)).to.deep.equal(['duplicate-message']);
    expect(again.findings[0]?.words).to.match(/^SETS sent 850 0001 before on .*byte for byte/);
    expect(again.answers).to.deep.equal(['997']);
  });

  it('of a message hold it, where the file says so', async () => {
    await receive('SHELD', order('SHELD', 10));
    const again = await receive('SHELD', renumbered(order('SHELD', 10, 'PO-Y'), 11));
    expect(again.messages).to.deep.equal(['held']);
    expect(again.findings[0]?.words).to.contain('with other content. This one is held for you.');
  });

  it('of the messages in a duplicate are not told beside it', async () => {
    await receive('SETS', order('SETS', 12).replaceAll('*0001~', '*0012~'));
    const again = await receive('SETS', `${order('SETS', 12).replaceAll('*0001~', '*0012~')}\n`);
    expect(again.findings.map(({ code }) => code)).to.deep.equal(['duplicate']);
  });

  it('count again when the first was rejected', async () => {
    const order13 = order('SETS', 13).replaceAll('*0001~', '*0013~');
    await receive('SETS', order13.replace('GE*1*', 'GE*7*'));
    expect((await receive('SETS', renumbered(order13, 14))).findings).to.deep.equal([]);
  });

  it('are a fault of the interchange where they come twice in it', async () => {
    const text = order('USUAL', 20);
    const start = text.indexOf('ST*850');
    const set = text.slice(start, text.indexOf('GE*'));
    const twice = text.slice(0, start) + set + text.slice(start).replace('GE*1*', 'GE*2*');
    const got = await receive('USUAL', twice);
    expect(got.findings.map(({ code }) => code)).to.deep.equal(['message-number-twice']);
    expect(got.messages).to.deep.equal(['unrouted', 'rejected']);
  });
});
