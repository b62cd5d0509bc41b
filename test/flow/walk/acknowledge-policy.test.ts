/** What an agreement says of acknowledgements counts for what is told and for what goes on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const policies = {
  plain: '997',
  onerror: '{ with: 997, when: onError }',
  asked: '{ with: 997, when: asked }',
  brief: '{ with: 997, detail: verdict }',
  bundled: '{ with: 997, per: interchange }',
  tolerant: '{ with: 997, errors: acceptWithErrors }',
  groupwise: '{ with: 997, rejects: group }',
  whole: '{ with: 997, rejects: interchange }',
  silent: '{ with: none, errors: acceptWithErrors, rejects: group }',
};
type Partner = keyof typeof policies;

const installation = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE, edifact: 14:US }'],
  ...Object.fromEntries(
    Object.entries(policies).map(([id, policy]) => [
      `connectors/${id}.yaml`,
      [
        `ids: { x12: ZZ:${id.toUpperCase()}, edifact: 14:${id.toUpperCase()} }`,
        `in: { use: http, key: env:KEY_${id.toUpperCase()} }`,
        `out: { use: directory, path: data/${id}/out }`,
        'inbound:',
        `  - { message: x12/004010/850, acknowledge: ${policy} }`,
        ...(/per|asked/.test(policy)
          ? []
          : [
              `  - { message: edifact/D96A/ORDERS, acknowledge: ${policy.replace('997', 'CONTRL')} }`,
            ]),
      ],
    ]),
  ),
};

/** An 850: good, with a bad date (an error of an element), or with a wrong count in SE. */
type Kind = 'good' | 'bad' | 'miscounted';

const set = (kind: Kind, control: string): string => {
  const date = kind === 'bad' ? '20260231' : '20260301';
  const body = [`BEG*00*SA*PO-${control}**${date}`, 'PO1*1*2*EA*1.5**BP*A', 'CTT*1'];
  const count = body.length + (kind === 'miscounted' ? 5 : 2);
  return [`ST*850*${control}`, ...body, `SE*${count}*${control}`].join('~');
};

const isaOf = (partner: Partner, control: number, asks = '0'): string =>
  [
    `ISA*00*          *00*          *ZZ*${partner.toUpperCase().padEnd(15)}*ZZ*TRADELANE      `,
    `260301*1200*U*00401*${String(control).padStart(9, '0')}*${asks}*P*>`,
  ].join('*');

interface Sent {
  readonly partner: Partner;
  readonly control: number;
  readonly groups: readonly (readonly Kind[])[];
  readonly asks?: '1';
}

const interchange = ({ partner, control, groups, asks }: Sent): string => {
  const texts = groups.map((kinds, index) => {
    const number = control * 10 + index;
    const head = `GS*PO*${partner.toUpperCase()}*TRADELANE*20260301*1200*${number}*X*004010`;
    const sets = kinds.map((kind, at) => set(kind, `${index}00${at + 1}`));
    return [head, ...sets, `GE*${kinds.length}*${number}`].join('~');
  });
  const trailer = `IEA*${groups.length}*${String(control).padStart(9, '0')}`;
  return `${[isaOf(partner, control, asks), ...texts, trailer].join('~')}~`;
};

describe('the policy of an agreement', function () {
  this.timeout(60_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  const folderOf = (partner: Partner): string => join(app.root, 'data', partner, 'out');
  const filesOf = (partner: Partner): readonly string[] =>
    existsSync(folderOf(partner))
      ? readdirSync(folderOf(partner)).filter((it) => !it.startsWith('.'))
      : [];

  const post = async (partner: Partner, text: string) => {
    const before = new Set(filesOf(partner));
    const posted = await app.post(partner, text);
    const { transfer } = JSON.parse(posted.text) as { transfer: string };
    await app.settled();
    const made = filesOf(partner).filter((it) => !before.has(it));
    const files = made.map((it) => readFileSync(join(folderOf(partner), it), 'latin1'));
    const query = { limit: 99, after: undefined, transfer };
    const { items: messages } = await app.operations.messages(query);
    const { items: findings } = await app.operations.findings(query);
    return {
      files,
      told: files.map(content).sort(),
      states: messages.map(({ state }) => (state === 'rejected' ? state : 'taken')),
      codes: findings.map(({ code }) => code),
      texts: findings.map(({ text: said }) => said),
    };
  };
  const send = (sent: Sent) => post(sent.partner, interchange(sent));

  it('answers each group for itself where nothing else is said', async () => {
    const { told, states } = await send({
      ...{ partner: 'plain', control: 1, groups: [['good', 'bad'], ['good']] },
    });
    expect(told).to.deep.equal([
      'AK1*PO*10 AK2*850*0001 AK5*A AK2*850*0002 AK3*BEG*2**8 AK4*5*373*8*20260231 AK5*R*5 AK9*P*2*2*1',
      'AK1*PO*11 AK2*850*1001 AK5*A AK9*A*1*1*1',
    ]);
    expect(states).to.deep.equal(['taken', 'rejected', 'taken']);
  });

  it('answers only what is wrong', async () => {
    const { told } = await send({
      ...{ partner: 'onerror', control: 2, groups: [['good'], ['good', 'bad']] },
    });
    expect(told.map((it) => it.slice(0, 9))).to.deep.equal(['AK1*PO*21']);
  });

  it('answers only what asks', async () => {
    const groups: Sent['groups'] = [['bad']];
    expect((await send({ partner: 'asked', control: 3, groups })).told).to.deep.equal([]);
    const asked = await send({ partner: 'asked', control: 4, groups, asks: '1' });
    expect(asked.told.map((it) => it.slice(0, 4)).sort()).to.deep.equal(['AK1*', 'TA1*']);
  });

  it('tells the verdict alone', async () => {
    const { told } = await send({ partner: 'brief', control: 5, groups: [['good', 'bad']] });
    expect(told).to.deep.equal(['AK1*PO*50 AK2*850*0001 AK5*A AK2*850*0002 AK5*R*5 AK9*P*2*2*1']);
  });

  it('answers all groups of an interchange in one, each set with its own number', async () => {
    const { files, told } = await send({
      ...{ partner: 'bundled', control: 6, groups: [['good'], ['bad'], ['good']] },
    });
    expect(told).to.have.length(1);
    expect(files[0]?.match(/AK1\*PO\*\d+/g)).to.deep.equal(['AK1*PO*60', 'AK1*PO*61', 'AK1*PO*62']);
    expect(files[0]?.match(/ST\*997\*\d+/g)).to.deep.equal(
      ['0001', '0002', '0003'].map((it) => `ST*997*${it}`),
    );
    expect(files[0]).to.match(/GE\*3\*1~.?IEA\*1\*/s);
  });

  it('takes a message with its errors, and says so', async () => {
    const { told, states, codes } = await send({
      ...{ partner: 'tolerant', control: 7, groups: [['good', 'bad']] },
    });
    expect(told).to.deep.equal([
      'AK1*PO*70 AK2*850*0001 AK5*A AK2*850*0002 AK3*BEG*2**8 AK4*5*373*8*20260231 AK5*E*5 AK9*E*2*2*2',
    ]);
    expect(states).to.deep.equal(['taken', 'taken']);
    expect(codes).to.include('element-date');
  });

  it('makes a document of a message that it takes with its errors', async () => {
    const { told } = await send({ partner: 'tolerant', control: 13, groups: [['bad']] });
    expect(told.map((it) => it.slice(-19))).to.deep.equal(['AK5*E*5 AK9*E*1*1*1']);
    const { items } = await app.operations.documents({ limit: 1, after: undefined });
    expect(items[0]).to.include({ kind: 'order', number: 'PO-0001', partner: 'tolerant' });
  });

  it('takes nothing whose envelope is wrong, whatever is tolerated', async () => {
    const { told, states } = await send({
      ...{ partner: 'tolerant', control: 8, groups: [['miscounted', 'good']] },
    });
    expect(told).to.deep.equal(['AK1*PO*80 AK2*850*0001 AK5*R*4 AK2*850*0002 AK5*A AK9*P*2*2*1']);
    expect(states).to.deep.equal(['rejected', 'taken']);
  });

  it('rejects the group of a bad message, and says why', async () => {
    const { told, states, codes, texts } = await send({
      ...{ partner: 'groupwise', control: 9, groups: [['good', 'bad', 'good'], ['good']] },
    });
    expect(told.map((it) => it.slice(-11))).to.deep.equal(['AK9*R*3*3*0', 'AK9*A*1*1*1']);
    // Only the bad one is told to be in error.
    expect(told[0]?.match(/AK5[^ ]*/g)).to.deep.equal(['AK5*R', 'AK5*R*5', 'AK5*R']);
    expect(states).to.deep.equal(['rejected', 'rejected', 'rejected', 'taken']);
    expect(codes.filter((it) => it === 'rejected-together')).to.have.length(1);
    expect(texts.join()).to.include('850 0002 is rejected, and by agreement the whole group');
  });

  it('says nothing of a whole group where nobody else was in it', async () => {
    const { codes } = await send({
      partner: 'groupwise',
      control: 10,
      groups: [['bad'], ['good']],
    });
    expect(codes).to.not.include('rejected-together');
  });

  it('rejects the interchange of a bad message; its envelope is none the worse', async () => {
    const { told, states, codes } = await send({
      ...{ partner: 'whole', control: 11, groups: [['good'], ['bad'], ['good']], asks: '1' },
    });
    expect(told.map((it) => it.slice(-11)).sort()).to.deep.equal([
      ...['1200*A*000', 'AK9*R*1*1*0', 'AK9*R*1*1*0', 'AK9*R*1*1*0'].map((it) =>
        it.padStart(11, '*'),
      ),
    ]);
    expect(states).to.deep.equal(['rejected', 'rejected', 'rejected']);
    expect(codes).to.include('rejected-together');
  });

  it('counts where nothing is told', async () => {
    const { told, states } = await send({
      ...{
        partner: 'silent',
        control: 12,
        groups: [
          ['good', 'bad'],
          ['good', 'miscounted'],
        ],
      },
    });
    expect(told).to.deep.equal([]);
    expect(states).to.deep.equal(['taken', 'taken', 'rejected', 'rejected']);
  });

  const orders = (partner: Partner, control: string, ...bad: readonly boolean[]): string => {
    const messages = bad.map((isBad, at) => {
      const date = isBad ? '20260231' : '20260301';
      const body = ['BGM+220+PO1+9', `DTM+137:${date}:102`, 'LIN+1', 'UNS+S'];
      return [`UNH+${at + 1}+ORDERS:D:96A:UN`, ...body, `UNT+6+${at + 1}`].join("'");
    });
    const head = `UNB+UNOC:3+${partner.toUpperCase()}:14+US:14+260301:1200+${control}`;
    return `${[head, ...messages, `UNZ+${bad.length}+${control}`].join("'")}'`;
  };
  const contrls = async (partner: Partner, control: string, ...bad: readonly boolean[]) => {
    const { told, states } = await post(partner, orders(partner, control, ...bad));
    return { told: told.join('|').replace(/ORDERS:D:96A:UN/g, 'O'), states };
  };

  it('does the same for EDIFACT, which has no word for accepted with errors', async () => {
    const tolerant = await contrls('tolerant', 'A1', false, true);
    expect(tolerant.told).to.equal('UCI+A1+TOLERANT:14+US:14+7 UCM+1+O+7 UCM+2+O+7');
    expect(tolerant.states).to.deep.equal(['taken', 'taken']);
    const brief = await contrls('brief', 'B1', false, true);
    expect(brief.told).to.equal('UCI+B1+BRIEF:14+US:14+7 UCM+1+O+7 UCM+2+O+4+12');
    const whole = await contrls('whole', 'C1', false, true);
    expect(whole.told).to.equal('UCI+C1+WHOLE:14+US:14+4+18');
    expect(whole.states).to.deep.equal(['rejected', 'rejected']);
    // Without UNG the group of a message is its interchange.
    expect((await contrls('groupwise', 'D1', true, false)).states).to.deep.equal(whole.states);
    expect((await contrls('onerror', 'E1', false)).told).to.equal('');
    expect((await contrls('onerror', 'E2', true)).told).to.match(/^UCI\+E2.*UCD\+12\+2:2$/);
  });
});

/** Between header and trailer, or the TA1. */
function content(text: string): string {
  const segments = text.split(/[~']\s*/);
  const ta1 = segments.find((it) => it.startsWith('TA1'));
  if (ta1 !== undefined) return ta1;
  const from = segments.findIndex((it) => /^(ST\*|UNH)/.test(it));
  const to = segments.findIndex((it) => /^(SE\*|UNT)/.test(it));
  return segments.slice(from + 1, to).join(' ');
}
