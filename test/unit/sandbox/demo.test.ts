import { createServer } from 'node:http';
import { expect } from 'chai';
import type { LifecycleRow } from '../../../src/model/rows.ts';
import { orderOnRequest, runDemo } from '../../../src/sandbox/demo.ts';
import { demoLine } from '../../../src/sandbox/demo-lines.ts';
import { demoTable, isComplete, isGood, type Standing } from '../../../src/sandbox/demo-table.ts';
import { type Listening, listen } from '../../../src/sandbox/listen.ts';
import type { OrderingPartner, SandboxEvent } from '../../../src/sandbox/sandbox.ts';

type Documents = LifecycleRow['documents'];
type State = Pick<Documents[number], 'state' | 'answer'>;

const sent: State = { state: 'sent', answer: 'accepted' };
const step = (kind: string, number: string, state: State): Documents[number] => ({
  id: `${kind}-1`,
  kind,
  number,
  at: '2026-03-02T15:05:00.000Z',
  delivery: state.state === undefined ? undefined : 'D1',
  ...state,
});
const cycle = (invoice: State = sent): Documents => [
  step('order', '4711', { state: 'sent', answer: 'none' }),
  step('orderResponse', 'SO-1', sent),
  step('despatchAdvice', 'SH-1', sent),
  step('invoice', 'INV-1', invoice),
  step('remittanceAdvice', 'P-1', { state: 'sent', answer: 'none' }),
];
const standing = (documents: Documents, rest: Partial<Standing['expected']> = {}): Standing => ({
  expected: { partner: 'Acme', shipNotice: true, payment: true, ...rest },
  order: '4711',
  lifecycle: { partner: 'acme', order: '4711', documents },
});

describe('the demo', () => {
  it('knows when an order is done, and whether it went well', () => {
    const awaited = standing(cycle({ state: 'sent', answer: 'awaited' }));
    const rejected = standing(cycle({ state: 'sent', answer: 'rejected' }));
    const queued = standing(cycle({ state: 'queued', answer: 'awaited' }));
    const unpaid = cycle().slice(0, 4);

    expect([standing(cycle()), awaited, rejected, queued].map(isComplete)).to.deep.equal([
      true,
      false,
      true,
      false,
    ]);
    expect([standing(cycle()), rejected].map(isGood)).to.deep.equal([true, false]);
    expect(isComplete(standing(unpaid))).to.equal(false);
    expect(isComplete(standing(unpaid, { payment: false }))).to.equal(true);
  });

  it('says in the table what went by EDI and what did not', () => {
    const unsent: State = { state: undefined, answer: undefined };
    const globex = [
      ...cycle().slice(0, 2),
      step('despatchAdvice', 'SH-2', unsent),
      ...cycle().slice(3, 4),
    ];
    const lines = demoTable([
      standing(cycle()),
      standing(globex, { partner: 'Globex', shipNotice: false, payment: false }),
      { ...standing([], { partner: 'Nordwind', payment: false }), lifecycle: undefined },
    ]);

    expect(lines).to.deep.equal([
      'Partner   Order  In the ERP  Acknowledged  Shipped           Invoiced   Paid',
      '--------  -----  ----------  ------------  ----------------  ---------  ----------',
      'Acme      4711   yes         yes           yes SH-1          yes INV-1  yes P-1',
      'Globex    4711   yes         yes           SH-2, not by EDI  yes INV-1  not by EDI',
      'Nordwind  4711   no          no            no                no         not by EDI',
    ]);
  });

  it('tells each step in a line', () => {
    const lines = [
      demoLine(
        {
          from: 'partner',
          partner: 'acme',
          what: 'sent',
          message: '850',
          number: '4711',
          text: 'order',
        },
        3.4,
      ),
      demoLine(
        {
          from: 'partner',
          partner: 'acme',
          what: 'fault',
          message: '810',
          number: 'I1',
          text: 'wrong',
        },
        1234,
      ),
      demoLine(
        {
          from: 'erp',
          what: 'pushed',
          id: 'SO-1',
          form: 'invoice',
          attempt: 1,
          text: '202 Accepted',
        },
        50,
      ),
    ];
    expect(lines).to.deep.equal([
      '     3 ms  Acme → hub      850                  4711         order',
      '  1234 ms  hub → Acme      810                  I1           FAULT: wrong',
      '    50 ms  ERP → hub       invoice              SO-1         202 Accepted',
    ]);
  });

  describe('against a hub', () => {
    let hub: Listening;
    let orders: string[];
    let lines: string[];
    let listener: (event: SandboxEvent) => void;
    let looks: number;

    beforeEach(async () => {
      [orders, lines, looks] = [[], [], 0];
      const server = createServer((request, response) => {
        const query = new URL(request.url ?? '', 'http://hub').searchParams;
        const isAllowed = request.headers.authorization === 'Bearer key';
        const documents = ++looks % 2 === 1 ? cycle().slice(0, 2) : cycle();
        const items = [{ partner: query.get('partner'), order: query.get('order'), documents }];
        response.writeHead(isAllowed ? 200 : 401).end(JSON.stringify({ items }));
      });
      hub = await listen(server, { host: '127.0.0.1', port: 0 });
    });
    afterEach(() => hub.close());

    const partner = (name: string, what: 'sent' | 'fault' = 'sent'): OrderingPartner => ({
      partner: name,
      sendOrder: async () => {
        orders.push(name);
        listener({ from: 'partner', partner: name, what, message: '850', number: '1', text: 'x' });
        return String(orders.length);
      },
      stop: async () => undefined,
    });
    const options = (...partners: OrderingPartner[]) => ({
      hub: { url: hub.url, key: 'key' },
      sandbox: {
        partners,
        watch: (given: typeof listener) => {
          listener = given;
        },
      },
      print: (line: string) => lines.push(line),
      clock: { now: () => '', monotonic: () => performance.now() },
    });

    it('waits until each order is done, and ends with the table', async () => {
      const result = await runDemo(options(partner('acme'), partner('nordwind')));

      expect(result.isGood).to.equal(true);
      expect(orders).to.deep.equal(['acme', 'nordwind']);
      expect(looks).to.equal(4);
      expect(lines.at(-1)).to.match(/^Nordwind {2}2 .*not by EDI$/);
    });

    it('fails when a partner finds a fault, and says when an order is never done', async () => {
      const failed = await runDemo(options(partner('acme', 'fault')));
      const looksBefore = looks;
      const late = await runDemo({ ...options(partner('x')), timeoutSeconds: 0 });

      expect(failed.isGood).to.equal(false);
      expect([late.isGood, looks - looksBefore]).to.deep.equal([false, 1]);
      expect(lines).to.include("Order 2 is not done after 0 s: see the hub's findings for it.");
    });

    it('lets a partner order again for each line that names it', async () => {
      async function* asked() {
        yield 'acme';
        yield 'nobody';
        yield '';
      }
      const given = options(partner('acme'));
      given.sandbox.watch(() => undefined);
      await orderOnRequest(given, asked());

      expect(orders).to.deep.equal(['acme']);
      expect(lines.at(-1)).to.equal('Nobody is called that: acme.');
    });
  });
});
