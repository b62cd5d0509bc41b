/** What becomes of deliveries while the configuration changes or the hub stops. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { order850 } from '../../support/order-850.ts';
import { type Files, type RunningApp, runApp } from '../../support/running-app.ts';

const acme = [
  'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
  'in: { use: http, key: env:KEY_ACME }',
  'inbound:',
  '  - { message: x12/004010/850 }',
];
const erp = (...lines: string[]): string[] => [
  'role: erp',
  ...lines,
  'outbound:',
  '  - { message: json/erp/order }',
];
const installation = (erpLines: string[]): Files => ({
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
  'connectors/acme.yaml': acme,
  'connectors/erp.yaml': erp(...erpLines),
});
const toFolder = 'out: { use: directory, path: data/erp/out }';

describe('a delivery that waits', function () {
  this.timeout(30_000);
  let app: RunningApp;
  let server: Server | undefined;
  afterEach(async () => {
    await app?.remove();
    server?.closeAllConnections();
    server?.close();
  });

  const onlyDelivery = async () => {
    const page = await app.operations.deliveries({ limit: 10, after: undefined });
    expect(page.items).to.have.length(1);
    return page.items[0] as (typeof page.items)[number];
  };

  const serve = (answer: (response: ServerResponse) => void): Promise<string> =>
    new Promise((resolve) => {
      const listening = createServer((request, response) => {
        request.resume().on('end', () => answer(response));
      }).listen(0, '127.0.0.1', () => {
        const { port } = listening.address() as AddressInfo;
        resolve(`out: { use: http, url: "http://127.0.0.1:${port}" }`);
      });
      server = listening;
    });

  it('goes the way that its connector has now, not the one it had when it was made', async () => {
    const away = await serve((response) =>
      response.writeHead(503, { 'Retry-After': '3600' }).end(),
    );
    app = await runApp(installation([away]));
    await app.post('acme', order850({ control: 1, number: 'PO-1' }));
    await app.settled();
    const waiting = await onlyDelivery();
    expect(waiting.state).to.equal('queued');
    app.write('connectors/erp.yaml', erp(toFolder));
    await app.operations.reload();
    await app.operations.cancel(waiting.id);
    await app.operations.resend(waiting.id);
    await app.settled();
    expect(await onlyDelivery()).to.include({ state: 'sent' });
  });

  it('ends by itself when the hub stops, where its answer comes soon', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const slow = await serve((response) => asked.resolve(response));
    app = await runApp(installation([slow, 'repeat: never']));
    await app.post('acme', order850({ control: 1, number: 'PO-1' }));
    const response = await asked.promise;
    const stopped = app.hub.stop();
    setImmediate(() => response.writeHead(201).end());
    await stopped;
    expect(await onlyDelivery()).to.include({ state: 'sent' });
  });
});
