import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Clock } from '../../../src/model/time.ts';
import { type Erp, type ErpOptions, startErp } from '../../../src/sandbox/erp/erp.ts';
import type { ErpEvent } from '../../../src/sandbox/erp/event.ts';
import type { Order } from '../../../src/sandbox/erp/forms.ts';
import { startFakeHub } from './fake-hub.ts';

const clock: Clock = {
  now: () => new Date().toISOString(),
  monotonic: () => performance.now(),
};

const order: Order = {
  orderNumber: '4711',
  customer: 'C-1001',
  orderDate: '2026-03-01',
  currency: 'USD',
  lines: [
    { line: '1', sku: 'TL-100', customerItem: 'AC-100', quantity: '4', unit: 'EA', price: '129' },
    { line: '2', sku: 'TL-310', quantity: '333', unit: 'EA' },
    { line: '3', sku: 'TL-900', quantity: '5', unit: 'EA' },
    { line: '4', sku: 'TL-910', quantity: '1', unit: 'EA' },
  ],
};

describe('sandbox ERP', () => {
  let erp: Erp | undefined;
  let events: ErpEvent[] = [];
  const folders: string[] = [];

  const start = async (options: Partial<ErpOptions> = {}): Promise<Erp> => {
    events = [];
    erp = await startErp({
      host: '127.0.0.1',
      port: 0,
      file: ':memory:',
      hubUrl: undefined,
      hubKey: 'hub-key',
      key: 'erp-key',
      clock,
      pace: 'manual',
      on: (event) => events.push(event),
      ...options,
    });
    return erp;
  };
  afterEach(async () => {
    await erp?.stop();
    erp = undefined;
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  const post = (path: string, body: unknown, key?: string) =>
    fetch(`${erp?.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer erp-key',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const get = async (path: string) => {
    const response = await fetch(`${erp?.url}${path}`, {
      headers: { authorization: 'Bearer erp-key' },
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const items = async (path: string) => (await get(path))['items'] as Record<string, unknown>[];
  const message = (error: unknown) => (error as Error).message;

  it('books an order once, however often its delivery comes', async () => {
    await start();
    const first = await post('/sales-orders', order, 'D1');
    const second = await post('/sales-orders', order, 'D1');

    expect([first.status, await first.json()]).to.deep.equal([201, { id: 'SO-1001' }]);
    expect([second.status, await second.json()]).to.deep.equal([200, { id: 'SO-1001' }]);
    expect(await get('/stats')).to.include({ posts: 2, repeats: 1, orders: 1 });
  });

  it('refuses the same order under another key, and another order under the same key', async () => {
    await start();
    await post('/sales-orders', order, 'D1');
    const again = await post('/sales-orders', order, 'D2');
    const other = await post('/sales-orders', { ...order, orderNumber: '4712' }, 'D1');

    expect([again.status, await again.text()]).to.deep.equal([
      409,
      '{"error":"Customer C-1001 has order 4711 already: it is SO-1001."}',
    ]);
    expect(other.status).to.equal(422);
    expect(await get('/stats')).to.include({ posts: 1, repeats: 0, orders: 1 });
  });

  it('books many posts that come at once, each once', async () => {
    await start();
    const posts = Array.from({ length: 60 }, (_, index) =>
      post('/sales-orders', { ...order, orderNumber: `N${index % 30}` }, `K${index % 30}`),
    );
    const statuses = (await Promise.all(posts)).map(({ status }) => status);

    expect(statuses.filter((status) => status === 201)).to.have.length(30);
    expect(statuses.filter((status) => status === 200)).to.have.length(30);
    expect(await get('/stats')).to.include({ posts: 60, repeats: 30, orders: 30 });
  });

  it('commits and then drops the answer when told to; the repeat finds the order', async () => {
    await start();
    await post('/behave', { mode: 'drop', times: 1 });
    const dropped = await post('/sales-orders', order, 'D1').catch(message);
    const repeat = await post('/sales-orders', order, 'D1');

    expect(dropped).to.equal('fetch failed');
    expect([repeat.status, await repeat.json()]).to.deep.equal([200, { id: 'SO-1001' }]);
    expect(await get('/stats')).to.include({ posts: 2, repeats: 1, orders: 1 });
  });

  it('is down, rejects or is slow for as many posts as it is told', async () => {
    await start();
    await post('/behave', { mode: 'down', times: 2 });
    const down = [
      await post('/sales-orders', order, 'D1'),
      await post('/sales-orders', order, 'D1'),
    ];
    const up = await post('/sales-orders', order, 'D1');
    await post('/behave', { mode: 'reject', times: 1, reason: 'Credit limit reached.' });
    const rejected = await post('/sales-orders', { ...order, orderNumber: '2' }, 'D2');
    await post('/behave', { mode: 'down', reset: true, times: 1 });
    const reset = await post('/sales-orders', { ...order, orderNumber: '3' }, 'D3').catch(message);
    await post('/behave', { mode: 'slow', milliseconds: 60, times: 1 });
    const begun = performance.now();
    const slow = await post('/sales-orders', { ...order, orderNumber: '4' }, 'D4');

    expect(down.map(({ status }) => status)).to.deep.equal([503, 503]);
    expect(up.status).to.equal(201);
    expect(await rejected.json()).to.deep.equal({ error: 'Credit limit reached.' });
    expect(reset).to.equal('fetch failed');
    expect([slow.status, performance.now() - begun >= 55]).to.deep.equal([201, true]);
    expect(await get('/stats')).to.include({ orders: 2 });
  });

  it('says why it does not take a post', async () => {
    await start({ strict: true });
    const line = order.lines[0];
    const cases: [unknown, string | undefined, number, RegExp][] = [
      ['{', 'D1', 400, /not JSON/],
      [order, undefined, 400, /Idempotency-Key/],
      [{ ...order, lines: [] }, 'D1', 422, /lines/],
      [{ ...order, lines: [{ ...line, quantity: 4 }] }, 'D1', 422, /lines\/0\/quantity/],
      [{ ...order, customer: 'C-9' }, 'D1', 422, /no customer C-9/],
      [{ ...order, purpose: 'cancel' }, 'D1', 422, /has the purpose .*cancel/],
      [{ ...order, lines: [{ ...line, sku: 'XX' }] }, 'D1', 422, /Line 1: there is no article XX/],
    ];
    for (const [body, key, status, reason] of cases) {
      const response = await post('/sales-orders', body, key);
      expect(response.status).to.equal(status);
      expect(await response.text()).to.match(reason);
    }
    const stranger = await fetch(`${erp?.url}/stats`, { headers: { authorization: 'Bearer x' } });
    expect(stranger.status).to.equal(401);
    expect(await get('/stats')).to.include({ orders: 0 });
  });

  it('answers, ships and bills what it is told to, with exact totals', async () => {
    const hub = await startFakeHub();
    await start({ hubUrl: hub.url });
    await post('/sales-orders', order, 'D1');
    expect((await post('/sales-orders/SO-1001/ship', '')).status).to.equal(409);
    await post('/sales-orders/SO-1001/confirm', '');
    await post('/sales-orders/SO-1001/ship', '');
    await post('/sales-orders/SO-1001/invoice', '');
    await hub.until(3);
    await hub.close();

    const [response, shipped, billed] = hub.pushes;
    expect(hub.pushes.map(({ path }) => path)).to.deep.equal([
      '/in/erp/json/erp/orderResponse',
      '/in/erp/json/erp/shipment',
      '/in/erp/json/erp/invoice',
    ]);
    expect(new Set(hub.pushes.map(({ key }) => key)).size).to.equal(3);
    expect(response).to.include({ authorization: 'Bearer hub-key' });
    expect(response?.body).to.include({ orderNumber: '4711', salesOrder: 'SO-1001' });
    const lines = response?.body['lines'] as { status: string; quantity: string; price: string }[];
    expect(
      lines.map(({ status, quantity, price }) => `${status} ${quantity} ${price}`),
    ).to.deep.equal([
      'accepted 4 129.00',
      'accepted 333 1.365',
      'changed 2 399.00',
      'backordered 1 64.00',
    ]);
    const packages = shipped?.body['packages'] as { sscc: string; lines: unknown[] }[];
    expect(packages.map(({ sscc, lines: { length } }) => `${sscc} ${length}`)).to.deep.equal([
      '040999990000000012 2',
      '040999990000000029 1',
    ]);
    // 4 x 129.00 + 333 x 1.365 = 454.545, rounded 454.55 + 2 x 399.00; 8.25 % of it = 145.9054
    expect(billed?.body['totals']).to.deep.equal({
      net: '1768.55',
      tax: '145.91',
      gross: '1914.46',
      payable: '1914.46',
    });
  });

  it('keeps what the hub does not take in its outbox, in order, until a 2xx, across a restart', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'erp-')), 'erp.sqlite');
    folders.push(join(file, '..'));
    const first = await start({ file });
    await post('/sales-orders', order, 'D1');
    await post('/sales-orders/SO-1001/confirm', '');
    await post('/sales-orders/SO-1001/ship', '');
    expect((await items('/outbox')).map(({ sentAt }) => sentAt)).to.deep.equal([null, null]);
    await first.stop();

    const hub = await startFakeHub([503, 500]);
    await start({ file, hubUrl: hub.url });
    await hub.until(4);
    await hub.close();

    expect(
      hub.pushes.map(({ path, status }) => `${path.split('/').at(-1)} ${status}`),
    ).to.deep.equal([
      'orderResponse 503',
      'orderResponse 500',
      'orderResponse 202',
      'shipment 202',
    ]);
    expect(new Set(hub.pushes.slice(0, 3).map(({ key }) => key)).size).to.equal(1);
    expect((await post('/sales-orders', order, 'D1')).status).to.equal(200);
  });

  it('goes from order to invoice by itself at its pace', async () => {
    const hub = await startFakeHub();
    await start({ hubUrl: hub.url, pace: 5 });
    await post('/sales-orders', order, 'D1');
    await hub.until(3);
    await hub.close();

    expect((await items('/sales-orders')).map(({ state }) => state)).to.deep.equal(['invoiced']);
    const steps = events.flatMap((event) => (event.what === 'step' ? [event.step] : []));
    expect(steps).to.deep.equal(['confirm', 'ship', 'invoice']);
  });

  it('settles invoices by remittance, discounts and deductions included', async () => {
    await start();
    await post('/sales-orders', order, 'D1');
    for (const step of ['confirm', 'ship', 'invoice'])
      await post(`/sales-orders/SO-1001/${step}`, '');
    const payment = {
      customer: 'C-1001',
      paymentNumber: 'P1',
      amount: '1900.00',
      items: [
        {
          invoiceNumber: 'INV-9001',
          paid: '1900.00',
          discount: '4.46',
          adjustments: [{ reason: '01', amount: '-10.00' }],
        },
      ],
    };
    const first = await post('/payments', payment, 'D2');
    const again = await post('/payments', payment, 'D3');

    expect([first.status, again.status]).to.deep.equal([201, 409]);
    const [invoice] = await items('/invoices');
    expect(invoice).to.include({ state: 'paid', settled: '1914.46' });
    expect((await items('/sales-orders'))[0]).to.include({ state: 'paid' });
  });
});
