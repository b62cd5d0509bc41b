/** Findings of one transfer: the first are told, all are counted, at every level. */
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const installation = {
  'config/hub.yaml': [
    'us: { x12: ZZ:TRADELANE }',
    'limits: { messageFindings: 5, interchangeFindings: 20 }',
  ],
  'connectors/acme.yaml': [
    'ids: { x12: ZZ:ACMERETAIL }',
    'in: { use: http, key: env:KEY_ACME }',
    'inbound:',
    '  - { message: x12/004010/850, acknowledge: none }',
  ],
};

describe('very many findings', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp(installation);
  });
  after(() => app?.remove());

  const findingsOf = async (body: string) => {
    const { text } = await app.post('acme', body);
    const { transfer } = JSON.parse(text) as { transfer: string };
    await app.settled();
    const page = await app.operations.findings({ limit: 1000, after: undefined, transfer });
    return page.items;
  };

  /** `sets` orders in one interchange, each with so many bad quantities. */
  const orders = (sets: number, bad: number): string => {
    const lines = order850({ control: 31, number: 'PO-31', lines: bad }).split('\n');
    const from = lines.findIndex((line) => line.startsWith('ST*'));
    const to = lines.findIndex((line) => line.startsWith('GE*'));
    const set = (_: unknown, index: number) =>
      lines
        .slice(from, to)
        .join('\n')
        .replace(/(PO1\*\d+\*)\d+/g, '$1many')
        .replaceAll('*0001~', `*${String(index + 1).padStart(4, '0')}~`);
    return [
      ...lines.slice(0, from),
      ...Array.from({ length: sets }, set),
      `GE*${sets}*31~`,
      'IEA*9*000000031~',
    ].join('\n');
  };

  it('of one message are told up to a bound, with a count of the others', async () => {
    const found = await findingsOf(orders(1, 12));
    const cut = found.filter(({ code }) => code === 'findings-cut');
    expect(cut.map(({ text }) => text)).to.deep.equal([
      '7 more faults of this message are not listed.',
    ]);
    expect(found.filter(({ code }) => code === 'element-number')).to.have.length(5);
  });

  it('of one interchange are told up to a bound, and its own fault is among them', async () => {
    const found = await findingsOf(orders(30, 2));
    expect(found.filter(({ code }) => code === 'element-number')).to.have.length(20);
    const [cut, ...others] = found.filter(({ code }) => code === 'findings-cut');
    expect(others).to.deep.equal([]);
    expect(cut).to.include({
      severity: 'error',
      text: '40 more faults of this interchange are not listed.',
      value: '40',
    });
    expect(found.map(({ code }) => code)).to.include('count-wrong');
  });
});
