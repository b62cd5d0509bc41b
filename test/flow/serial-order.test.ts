/** A large order and small ones behind it: a serial connector's orders reach the ERP as they came. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Erp, startErp } from '../../src/sandbox/erp/erp.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';
import { order850 } from '../support/order-850.ts';

const LINES = [3000, 1, 1, 500, 1, 1];
const numbers = LINES.map((_, index) => `PO-${index + 1}`);

describe('serial order', function () {
  this.timeout(120_000);
  const booked: string[] = [];
  const whole = Promise.withResolvers<void>();
  let root: string;
  let erp: Erp;
  let hub: HubProcess;

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'tradelane-serial-'));
    erp = await startErp({
      host: '127.0.0.1',
      port: 0,
      file: ':memory:',
      hubUrl: undefined,
      hubKey: 'unused',
      key: 'erp-key',
      clock: { now: () => new Date().toISOString(), monotonic: () => performance.now() },
      pace: 'manual',
      on: (event) => {
        if (event.what !== 'order') return;
        booked.push(event.form.orderNumber);
        if (booked.length === LINES.length) whole.resolve();
      },
    });
    installation(root, erp.url);
    hub = await startHubProcess({ root, env: { ERP_KEY: 'erp-key', ACME_KEY: 'acme-key' } });
  });

  after(async () => {
    await hub?.kill('SIGKILL');
    await erp?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('holds however long the first of them takes', async () => {
    for (const [index, lines] of LINES.entries()) {
      const number = numbers[index] as string;
      const response = await fetch(`${hub.url}/in/acme`, {
        method: 'POST',
        headers: { authorization: 'Bearer acme-key', 'idempotency-key': number },
        body: order850({ control: index + 1, number, lines }),
      });
      expect(response.status).to.equal(202);
      await response.arrayBuffer();
    }
    await whole.promise;
    expect(booked).to.deep.equal(numbers);
  });
});

function installation(root: string, erpUrl: string): void {
  mkdirSync(join(root, 'config'));
  mkdirSync(join(root, 'connectors'));
  writeFileSync(join(root, 'config/hub.yaml'), 'us: { x12: ZZ:TRADELANE }\n');
  const acme = [
    'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
    'in: { use: http, key: env:ACME_KEY }',
    'order: serial',
    'inbound:',
    '  - { message: x12/004010/850 }',
  ];
  const erp = [
    'role: erp',
    `out: { use: http, url: "${erpUrl}", paths: { json/erp/order: /sales-orders }, key: env:ERP_KEY }`,
    'order: serial',
    'repeat: safe',
    'outbound:',
    '  - { message: json/erp/order }',
  ];
  writeFileSync(join(root, 'connectors/acme.yaml'), `${acme.join('\n')}\n`);
  writeFileSync(join(root, 'connectors/erp.yaml'), `${erp.join('\n')}\n`);
}
