/** Reloads while work is under way. */
import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const acme = (idleSeconds: number): string[] => [
  'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
  `in: { use: http, key: env:KEY_ACME, idleSeconds: ${idleSeconds} }`,
  'inbound:',
  '  - { message: x12/004010/850 }',
];
const shop = [
  'ids: { x12: ZZ:SHOP, erp: C-1002 }',
  'in: { use: directory, path: data/shop/in, settleSeconds: 0, pollSeconds: 0.1 }',
  'inbound:',
  '  - { message: x12/004010/850 }',
];
const erp = [
  'role: erp',
  'out: { use: directory, path: data/erp/out }',
  'outbound:',
  '  - { message: json/erp/order }',
];

describe('a reload', function () {
  this.timeout(30_000);
  let app: RunningApp;
  before(async () => {
    app = await runApp({
      'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
      'connectors/acme.yaml': acme(20),
      'connectors/erp.yaml': erp,
    });
  });
  after(() => app?.remove());

  it('asks senders to come again while what they sent before is still being taken', async () => {
    const body = order850({ control: 1, number: 'PO-1' });
    const sent = httpRequest(`${app.url}/in/acme`, {
      method: 'POST',
      headers: { authorization: 'Bearer acme-key' },
    });
    const answered = new Promise<number>((resolve) => {
      sent.on('response', (response) => resolve(response.resume().statusCode ?? 0));
    });
    sent.write(body.slice(0, 50));
    await untilTaken(app);
    app.write('connectors/acme.yaml', acme(21));
    const reloaded = app.operations.reload();
    expect((await app.post('acme', body)).status).to.equal(503);
    sent.end(body.slice(50));
    expect(await answered).to.equal(202);
    await reloaded;
    expect((await app.post('acme', order850({ control: 2, number: 'PO-2' }))).status).to.equal(202);
  });

  it('starts each receiver once, however many reloads are asked for at once', async () => {
    app.write('connectors/shop.yaml', shop);
    await Promise.all([1, 2, 3].map(() => app.operations.reload()));
    const watchers = process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap');
    expect(watchers).to.have.length(1);
  });
});

/** The hub holds the request once its handler has begun: other requests are then answered after. */
const untilTaken = async (app: RunningApp): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await fetch(`${app.url}/health`);
};
