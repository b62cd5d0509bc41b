/**
 * kill -9 while a fault of business is stored: the partner is told of it by one 824 for each order,
 * whether the hub found it in reading or was told it by the ERP, never by none and never by two.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Status } from '../../src/hub/operations.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';
import { order850 } from '../support/order-850.ts';

/** Where the hub stands when it dies, the n-th time that it comes there. */
const DEATHS = ['release:1', 'release:2', ...[1, 2, 3, 4, 5, 6].map((count) => `settle:${count}`)];
const WAIT_MS = 30_000;

describe('kill -9 in a fault of business', function () {
  this.timeout(300_000);
  let root: string;
  let erp: Server;
  let running: HubProcess | undefined;

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'tradelane-responses-'));
    erp = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(422).end('no credit'));
    });
    await new Promise<void>((resolve) => erp.listen(0, '127.0.0.1', resolve));
    installation(root, `http://127.0.0.1:${(erp.address() as AddressInfo).port}`);
  });
  after(async () => {
    await running?.kill('SIGKILL');
    erp?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('tells it once', async () => {
    let orders = 0;
    for (const [at, death] of DEATHS.entries()) {
      const marker = join(root, `marker-${at}`);
      running = await startHubProcess({ root, env: { TRADELANE_FAULT: `${death}:${marker}` } });
      // One is not read, for its item; the other one the ERP refuses.
      drop(root, ++orders, 'AC-404');
      drop(root, ++orders, 'AC-100');
      await until(() => existsSync(marker), running);
      await running.kill('SIGKILL');
    }
    const hub = await startHubProcess({ root, env: {} });
    running = hub;
    const isDone = async (): Promise<boolean> => {
      const { counts } = await hub.get<Status>('/v1/status');
      return (counts.deliveries['sent'] ?? 0) >= 2 * orders;
    };
    await until(isDone, hub);
    const told = readdirSync(join(root, 'data/acme/out')).flatMap((name) => {
      const text = readFileSync(join(root, 'data/acme/out', name), 'latin1');
      return [...text.matchAll(/OTI\*TR\*PO\*(PO-\d+)/g)].map(([, number]) => number);
    });
    const all = Array.from({ length: orders }, (_, at) => `PO-${at + 1}`);
    expect(told.toSorted()).to.deep.equal(all.toSorted());
    await hub.kill('SIGTERM');
  });
});

function installation(root: string, erpUrl: string): void {
  const files = {
    'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
    'config/lookups/parts.csv': ['item,ours', 'AC-100,X'],
    'mappings/partners/850.yaml': [
      'extends: x12/004010/850',
      'given:',
      '  lines*.items(scheme=manufacturer).id: $lookup.parts(item=items(scheme=buyer).id).ours',
    ],
    'connectors/acme.yaml': [
      'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
      'in: { use: directory, path: data/acme/in, pollSeconds: 0.2 }',
      'out: { use: directory, path: data/acme/out }',
      'tolerance: { lookup-missing: error }',
      'inbound: [{ message: x12/004010/850, mapping: partners/850, acknowledge: 997 }]',
      'outbound: [{ message: x12/004010/824 }]',
    ],
    'connectors/erp.yaml': [
      'role: erp',
      `out: { use: http, url: "${erpUrl}" }`,
      'repeat: safe',
      'outbound: [{ message: json/erp/order }]',
    ],
  };
  mkdirSync(join(root, 'data/acme/in'), { recursive: true });
  mkdirSync(join(root, 'data/acme/out'), { recursive: true });
  for (const [path, lines] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), `${lines.join('\n')}\n`);
  }
}

/** Drops one order as a partner would: under another name first. */
function drop(root: string, control: number, item: string): void {
  const folder = join(root, 'data/acme/in');
  const part = join(folder, `.order-${control}.part`);
  const text = order850({ control, number: `PO-${control}`, lines: 1 }).replace('AC-100', item);
  writeFileSync(part, text, { flush: true });
  renameSync(part, join(folder, `order-${control}.x12`));
}

async function until(isTrue: () => boolean | Promise<boolean>, hub: HubProcess): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`it never came to that\n${hub.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
