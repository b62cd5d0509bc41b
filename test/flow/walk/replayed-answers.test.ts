/** What was held when its transfer was checked is acknowledged once a person lets it pass. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const acme = (...agreements: readonly string[]): readonly string[] => [
  'ids: { x12: ZZ:ACMERETAIL, edifact: 14:ACME }',
  'in: { use: http, key: env:KEY_ACME }',
  'out: { use: directory, path: data/acme/out }',
  'inbound:',
  ...agreements.map((it) => `  - { message: ${it} }`),
];

const with850 = 'x12/004010/850, acknowledge: 997';
const with860 = 'x12/004010/860, mapping: x12/004010/850, acknowledge: 997';
const withOrders = 'edifact/D96A/ORDERS, acknowledge: CONTRL';
const withOrdchg = 'edifact/D96A/ORDCHG, mapping: edifact/D96A/ORDERS, acknowledge: CONTRL';

const set = (name: string, control: string): string => {
  const begin = name === '850' ? `BEG*00*SA*PO-${control}**20260301` : 'BCH*04*SA*PO-1***20260301';
  const line = name === '850' ? ['PO1*1*2*EA*1.5**BP*A'] : [];
  const body = [begin, ...line, 'CTT*1'].slice(0, name === '850' ? 3 : 1);
  return [`ST*${name}*${control}`, ...body, `SE*${body.length + 2}*${control}`].join('~');
};

/** One group for each set. */
const interchange = (control: number, ...names: readonly string[]): string => {
  const number = String(control).padStart(9, '0');
  const isa = `ISA*00*          *00*          *ZZ*ACMERETAIL     *ZZ*TRADELANE      *260301*1200*U*00401*${number}*0*P*>`;
  const groups = names.map((name, at) => {
    const group = control * 10 + at;
    const kind = name === '850' ? 'PO' : 'PC';
    const head = `GS*${kind}*ACMERETAIL*TRADELANE*20260301*1200*${group}*X*004010`;
    return [head, set(name, `000${at + 1}`), `GE*1*${group}`].join('~');
  });
  return `${[isa, ...groups, `IEA*${names.length}*${number}`].join('~')}~`;
};

const orders = (control: string, name: string): string => {
  const body = ['BGM+220+PO1+9', 'DTM+137:20260301:102', 'LIN+1', 'UNS+S'].join("'");
  return `UNB+UNOC:3+ACME:14+US:14+260301:1200+${control}'UNH+1+${name}:D:96A:UN'${body}'UNT+6+1'UNZ+1+${control}'`;
};

describe('a replay', function () {
  this.timeout(60_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp({
      'config/hub.yaml': ['us: { x12: ZZ:TRADELANE, edifact: 14:US }'],
      'connectors/acme.yaml': acme(with850, withOrders),
    });
  });
  after(() => app?.remove());

  const folder = (): string => join(app.root, 'data/acme/out');
  const files = (): readonly string[] =>
    existsSync(folder()) ? readdirSync(folder()).filter((it) => !it.startsWith('.')) : [];

  /** What was written meanwhile: `PC 21 A`, `C1 7`. */
  const told = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
    const before = new Set(files());
    await act();
    await app.settled();
    return files()
      .filter((it) => !before.has(it))
      .map((it) => {
        const text = readFileSync(join(folder(), it), 'latin1');
        const [, group, control] = /AK1\*(..)\*(\d+)/.exec(text) ?? [];
        if (group !== undefined) return `${group} ${control} ${/AK9\*(.)/.exec(text)?.[1]}`;
        const [, of, action] = /UCI\+(\w+)\+[^+]*\+[^+]*\+(\d)/.exec(text) ?? [];
        return `${of} ${action}`;
      })
      .sort();
  };

  let transfer = '';
  const post = (text: string) => async (): Promise<void> => {
    const posted = await app.post('acme', text);
    transfer = (JSON.parse(posted.text) as { transfer: string }).transfer;
  };
  const replay = (): Promise<unknown> => app.operations.replay(transfer);
  const agree = async (...agreements: readonly string[]): Promise<void> => {
    app.write('connectors/acme.yaml', acme(...agreements));
    expect(await app.operations.reload()).to.include({ applied: true });
  };

  it('acknowledges the group that was held as not agreed, once', async () => {
    const first = await told(post(interchange(2, '850', '860', '850')));
    expect(first).to.deep.equal(['PO 20 A', 'PO 22 A']);
    await agree(with850, with860, withOrders);
    expect(await told(replay)).to.deep.equal(['PC 21 A']);
    // Its mapping does not read it, so it is held again; its group was answered.
    expect(await told(replay)).to.deep.equal([]);
    expect(await told(replay)).to.deep.equal([]);
  });

  it('acknowledges nothing that nobody agreed on', async () => {
    await agree(with850, withOrders);
    expect(await told(post(interchange(3, '850', '860')))).to.deep.equal(['PO 30 A']);
    expect(await told(replay)).to.deep.equal([]);
    await agree(with850, with860, withOrders);
    expect(await told(replay)).to.deep.equal(['PC 31 A']);
  });

  it('answers a transfer of which nothing was told as if it had just come', async () => {
    await agree(with850, withOrders);
    expect(await told(post(interchange(4, '860')))).to.deep.equal([]);
    await agree(with850, with860, withOrders);
    expect(await told(replay)).to.deep.equal(['PC 40 A']);
    expect(await told(replay)).to.deep.equal([]);
  });

  it('answers an EDIFACT interchange whose neighbour in the transfer was answered', async () => {
    await agree(with850, withOrders);
    const text = `${orders('E1', 'ORDERS')}${orders('E2', 'ORDCHG')}`;
    expect(await told(post(text))).to.deep.equal(['E1 7']);
    await agree(with850, withOrders, withOrdchg);
    expect(await told(replay)).to.deep.equal(['E2 7']);
    expect(await told(replay)).to.deep.equal([]);
  });

  it('says with a group that is let pass what is wrong in it', async () => {
    await agree(with850, withOrders);
    const text = interchange(5, '850', '860').replace(
      'BCH*04*SA*PO-1***20260301',
      'BCH*04*SA*PO-1***20260231',
    );
    expect(await told(post(text))).to.deep.equal(['PO 50 A']);
    await agree(with850, with860, withOrders);
    expect(await told(replay)).to.deep.equal(['PC 51 E']);
  });
});
