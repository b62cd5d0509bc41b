import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { listen } from '../../../src/sandbox/listen.ts';
import {
  type SandboxEvent,
  type SandboxOptions,
  startSandbox,
} from '../../../src/sandbox/sandbox.ts';
import { startFakeHub } from './fake-hub.ts';

describe('the sandbox', () => {
  let data = '';
  const options = (ports = { erp: 0, globex: 0 }): SandboxOptions => ({
    data,
    host: '127.0.0.1',
    ports,
    keys: { erp: 'a', erpOut: 'b', globex: 'c', globexSecret: 'd' },
    clock: { now: () => new Date().toISOString(), monotonic: () => performance.now() },
    paceMs: 1,
  });
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(() => rmSync(data, { recursive: true }));

  it('frees its ports when a part of it cannot start', async () => {
    const taken = await listen(createServer(), { host: '127.0.0.1', port: 0 });
    const free = await listen(createServer(), { host: '127.0.0.1', port: 0 });
    const [globex, erp] = [taken, free].map(({ url }) => Number(new URL(url).port)) as [
      number,
      number,
    ];
    await free.close();
    const refused = await startSandbox(options({ erp, globex })).catch((error: unknown) => error);
    const again = await listen(createServer(), { host: '127.0.0.1', port: erp });
    await Promise.all([again.close(), taken.close()]);

    expect(refused).to.have.property('code', 'EADDRINUSE');
  });

  it('tells what happens to whoever watches, and waits for a hub', async () => {
    const sandbox = await startSandbox(options());
    const events: SandboxEvent[] = [];
    sandbox.watch((event) => events.push(event));
    const booked = await fetch(`${sandbox.erp.url}/sales-orders`, {
      method: 'POST',
      headers: { authorization: 'Bearer b', 'idempotency-key': 'D1' },
      body: JSON.stringify({
        orderNumber: '1',
        customer: 'C-1002',
        lines: [{ line: '1', sku: 'TL-100', quantity: '1' }],
      }),
    });
    const order = await sandbox.partners[0]?.sendOrder();
    const hub = await startFakeHub();
    sandbox.connect(hub.url);
    await hub.until(3);
    await sandbox.stop();
    await hub.close();

    expect([booked.status, order]).to.deep.equal([201, '4500000001']);
    expect(sandbox.partners.map(({ partner }) => partner)).to.deep.equal([
      'acme',
      'nordwind',
      'globex',
    ]);
    expect(new Set(events.map((event) => `${event.from} ${event.what}`))).to.include.all.keys(
      'partner sent',
      'erp order',
      'erp step',
      'erp pushed',
    );
  });
});
