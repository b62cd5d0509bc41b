/** Test traffic never reaches a live destination, whichever way it comes. */
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const acme = (...lines: string[]): string[] => [
  'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
  ...lines,
  'inbound:',
  '  - { message: x12/004010/850, acknowledge: none }',
  'outbound:',
  '  - { message: x12/004010/855 }',
];
const direct = ['in: { use: http, key: env:KEY_ACME }', 'out: { use: directory, path: data/acme }'];
const erp = (mode: string): string[] => [
  'role: erp',
  'in: { use: http, key: env:KEY_ERP }',
  'out: { use: directory, path: data/erp }',
  'inbound:',
  '  - { message: json/erp/orderResponse }',
  'outbound:',
  `  - { message: json/erp/order, mode: ${mode} }`,
];
const van = (mode: string): string[] => [
  `mode: ${mode}`,
  'in: { use: http, key: env:KEY_VAN }',
  'out: { use: directory, path: data/van }',
];
const hub = { 'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'] };

const response = JSON.stringify({
  customer: 'C-1001',
  orderNumber: 'PO-1',
  salesOrder: 'SO-1',
  responseDate: '2026-03-02',
  status: 'accepted',
  currency: 'USD',
  lines: [
    { line: '1', sku: 'TL-100', status: 'accepted', quantity: '2', unit: 'EA', price: '10.50' },
  ],
});

describe('test traffic', function () {
  this.timeout(30_000);
  let app: RunningApp;
  afterEach(() => app?.remove());

  const deliveriesTo = async (connector: string) => {
    const page = await app.operations.deliveries({ limit: 10, after: undefined, connector });
    return page.items.map(({ isTest, state }) => ({ isTest, state }));
  };
  const documents = async () => {
    const page = await app.operations.documents({ limit: 10, after: undefined });
    return page.items.map(
      ({ kind, isTest, state }) => `${kind} ${isTest ? 'test' : 'live'} ${state}`,
    );
  };
  const live = order850({ control: 1, number: 'PO-1' });
  const test = live.replace('*0*P*>', '*0*T*>');

  it('of ISA15 T does not reach a live ERP', async () => {
    app = await runApp({
      ...hub,
      'connectors/acme.yaml': acme(...direct),
      'connectors/erp.yaml': erp('live'),
    });
    await app.post('acme', test);
    await app.settled();
    expect(await documents()).to.deep.equal(['order test unrouted']);
    expect(await deliveriesTo('erp')).to.deep.equal([]);
  });

  it('that a network in test mode brings does not reach a live ERP', async () => {
    app = await runApp({
      ...hub,
      'connectors/acme.yaml': acme('via: van'),
      'connectors/van.yaml': van('test'),
      'connectors/erp.yaml': erp('live'),
    });
    await app.post('van', live);
    await app.settled();
    expect(await documents()).to.deep.equal(['order test unrouted']);
    expect(await deliveriesTo('erp')).to.deep.equal([]);
  });

  it('stays test traffic when the ERP answers a test order, though JSON does not say so', async () => {
    app = await runApp({
      ...hub,
      'connectors/acme.yaml': acme(...direct),
      'connectors/erp.yaml': erp('test'),
    });
    await app.post('acme', test);
    await app.settled();
    expect(await deliveriesTo('erp')).to.deep.equal([{ isTest: true, state: 'sent' }]);
    await app.post('erp', response);
    await app.settled();
    expect(await documents()).to.deep.equal(['orderResponse test unrouted', 'order test routed']);
    expect(await deliveriesTo('acme')).to.deep.equal([]);
  });

  it('is not what the ERP answers to a live order', async () => {
    app = await runApp({
      ...hub,
      'connectors/acme.yaml': acme(...direct),
      'connectors/erp.yaml': erp('live'),
    });
    await app.post('acme', live);
    await app.settled();
    await app.post('erp', response);
    await app.settled();
    expect(await deliveriesTo('acme')).to.deep.equal([{ isTest: false, state: 'sent' }]);
  });
});
