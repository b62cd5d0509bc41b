/** TA1: what is said of the envelope of what came in, when, and where a 997 follows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkFile } from '../../support/check-file.ts';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const connector = (id: string, ...more: readonly string[]): readonly string[] => [
  `ids: { x12: ZZ:${id.toUpperCase()} }`,
  `in: { use: http, key: env:KEY_${id.toUpperCase()} }`,
  `out: { use: directory, path: data/${id}/out }`,
  'inbound:',
  '  - { message: x12/004010/850, acknowledge: 997 }',
  ...more,
];

const installation = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
  'connectors/acmeretail.yaml': connector('acmeretail'),
  'connectors/always.yaml': connector('always', 'ta1: always'),
  'connectors/onerror.yaml': connector('onerror', 'ta1: onError'),
  'connectors/never.yaml': connector('never', 'ta1: never'),
};

const order = (control: number, sender = 'ACMERETAIL'): string =>
  order850({ control, number: `PO-${control}` }).replaceAll('ACMERETAIL', sender.padEnd(10));
const asking = (text: string): string => text.replace(/\*0\*P\*/, '*1*P*');

describe('the acknowledgement of an interchange', function () {
  this.timeout(60_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  /** `TA1 A 000` and `997 A`, in the order of their making. */
  const answers = async (sender: string, text: string): Promise<readonly string[]> => {
    const folder = join(app.root, 'data', sender, 'out');
    const files = (): readonly string[] => {
      try {
        return readdirSync(folder).filter((it) => !it.startsWith('.'));
      } catch {
        return [];
      }
    };
    const before = new Set(files());
    expect((await app.post(sender, text)).status).to.be.below(300);
    await app.settled();
    const made = files().filter((it) => !before.has(it));
    return made.map((it) => said(readFileSync(join(folder, it), 'latin1'))).sort();
  };

  const said = (text: string): string => {
    expect(findingsIn(text), text).to.deep.equal([]);
    const ta1 = /TA1\*(\d{9})\*260301\*1200\*(.)\*(\d{3})~/.exec(text);
    if (ta1 === null) return `997 ${/AK9\*(.)/.exec(text)?.[1]}`;
    expect(text).to.match(/^ISA[^~]*~\s*TA1[^~]*~\s*IEA\*0\*\d{9}~\s*$/);
    return `TA1 ${Number(ta1[1])} ${ta1[2]} ${ta1[3]}`;
  };

  it('is written where ISA14 asks for it, besides the 997', async () => {
    expect(await answers('acmeretail', asking(order(11)))).to.deep.equal(['997 A', 'TA1 11 A 000']);
    expect(await answers('acmeretail', order(12))).to.deep.equal(['997 A']);
  });

  const faults: Readonly<
    Record<string, readonly [note: string, change: (text: string) => string]>
  > = {
    'IEA02 differs': ['001', (text) => text.replace(/IEA\*1\*\d+/, 'IEA*1*000000999')],
    'IEA01 counts wrong': ['021', (text) => text.replace('IEA*1', 'IEA*7')],
    'there is no IEA': ['023', (text) => text.replace(/IEA.*/, '')],
    'ISA is cut short': ['022', (text) => text.replace('*ZZ*TRADELANE      *', '*ZZ*TRADELANE*')],
    'the sender is unknown': ['006', (text) => text.replace('ACMERETAIL', 'ACMERETAIX')],
    'its qualifier is wrong': ['005', (text) => text.replace('ZZ*ACME', '01*ACME')],
    'we are not meant': ['009', (text) => text.replace('*ZZ*TRADELANE', '*ZZ*TRADELAND')],
    'our qualifier is wrong': ['007', (text) => text.replace('*ZZ*TRADELANE', '*01*TRADELANE')],
    'nothing is in it': [
      '024',
      (text) => `${/^ISA[^~]*~/.exec(text)?.[0]}IEA*0*${text.slice(90, 99)}~`,
    ],
    'there is no group': [
      '024',
      (text) => text.replace(/GS\*[^~]*~\s*/, '').replace(/GE\*[^~]*~\s*IEA\*1/, 'IEA*0'),
    ],
  };
  for (const [index, [what, [note, change]]] of Object.entries(faults).entries()) {
    it(`says R ${note} where ${what}, and no 997 follows`, async () => {
      const control = 21 + index;
      const text = change(asking(order(control)));
      expect(await answers('acmeretail', text)).to.deep.equal([`TA1 ${control} R ${note}`]);
    });
  }

  it('says E where the envelope is taken as it is', async () => {
    const text = asking(order(41)).replace('GE*1*41~', 'GE*1*41~\nN9*ZZ*LOST~');
    expect(await answers('acmeretail', text)).to.deep.equal(['997 A', 'TA1 41 E 022']);
  });

  it('says R 025 of a duplicate', async () => {
    await answers('acmeretail', asking(order(51)));
    expect(await answers('acmeretail', asking(order(51)))).to.deep.equal(['TA1 51 R 025']);
    expect(await answers('acmeretail', order(51))).to.deep.equal([]);
  });

  it('is written as the file of the connector says', async () => {
    const bad = (text: string): string => text.replace('IEA*1', 'IEA*7');
    expect(await answers('always', order(61, 'ALWAYS'))).to.deep.equal(['997 A', 'TA1 61 A 000']);
    expect(await answers('onerror', asking(order(62, 'ONERROR')))).to.deep.equal(['997 A']);
    expect(await answers('onerror', bad(order(63, 'ONERROR')))).to.deep.equal(['TA1 63 R 021']);
    expect(await answers('never', bad(asking(order(64, 'NEVER'))))).to.deep.equal(['997 R']);
  });

  it('is never written for acknowledgements alone', async () => {
    const isa = asking(order(71, 'ALWAYS')).split('~')[0];
    const ta1 = `${isa}~TA1*000000001*260301*1200*R*024~IEA*0*000000071~`;
    expect(await answers('always', ta1)).to.deep.equal([]);
    const group = `GS*FA*ALWAYS*TRADELANE*20260301*1200*5*X*004010~ST*997*0001~AK1*PO*1~AK9*A*1*1*1~`;
    const functional = `${isa}~${group}SE*4*0001~GE*1*5~IEA*1*000000071~`;
    expect(await answers('always', functional.replaceAll('000000071', '000000072'))).to.deep.equal(
      [],
    );
  });
});

const findingsIn = (text: string): readonly string[] =>
  checkFile(Buffer.from(text)).flatMap(({ findings }) => findings.map((it) => it.text));
