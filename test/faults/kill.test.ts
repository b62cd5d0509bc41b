/**
 * kill -9 at seeded moments during accept, release, send and settle. Whatever was taken is in the ERP
 * once, each group has one acknowledgement, and control numbers have neither gap nor repeat.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Status } from '../../src/hub/operations.ts';
import type { FaultPoint } from '../../src/hub/parts.ts';
import { type Erp, startErp } from '../../src/sandbox/erp/erp.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';
import { order850 } from '../support/order-850.ts';
import { seededRandom } from '../support/seeded-random.ts';

const POINTS: readonly FaultPoint[] = ['accept', 'release', 'send', 'settle'];
const KILLS_EACH = Number(process.env['KILLS_EACH'] ?? 5);
const ORDERS_EACH = 4;
const WAIT_MS = 60_000;
const SEED = Number(process.env['KILL_SEED'] ?? 42);

describe('kill -9', function () {
  this.timeout(600_000);
  let root: string;
  let erp: Erp;
  let running: HubProcess | undefined;
  const repeats: string[] = [];

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'tradelane-kill-'));
    erp = await startErp({
      host: '127.0.0.1',
      port: 0,
      file: join(root, 'erp.db'),
      hubUrl: undefined,
      hubKey: 'unused',
      key: 'erp-key',
      clock: { now: () => new Date().toISOString(), monotonic: () => performance.now() },
      pace: 'manual',
      on: (event) => {
        if (event.what === 'order' && event.repeated) repeats.push(event.form.orderNumber);
      },
    });
    installation(root, erp.url);
  });

  after(async () => {
    await running?.kill('SIGKILL');
    await erp?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('loses nothing and does nothing twice, wherever the hub dies', async () => {
    const random = seededRandom(SEED);
    const sent: string[] = [];
    let kills = 0;
    for (const point of POINTS) {
      for (let kill = 0; kill < KILLS_EACH; kill++) {
        const count = 1 + Math.floor(random() * ORDERS_EACH);
        const marker = join(root, `marker-${point}-${kill}`);
        const hub = await start(root, { TRADELANE_FAULT: `${point}:${count}:${marker}` });
        running = hub;
        for (let one = 0; one < ORDERS_EACH; one++) sent.push(drop(root, sent.length + 1));
        await reached(marker, hub);
        await hub.kill('SIGKILL');
        kills += 1;
        if (process.env['KILL_LOG'] !== undefined) process.stderr.write(`${marker}\n`);
        expect(readFileSync(marker, 'utf8').trim()).to.equal(point);
      }
    }
    const hub = await start(root, {});
    running = hub;
    await settled(hub, sent.length);
    await checkErp(erp, sent);
    expect(repeats.length, 'repeats occur only after a kill').to.be.at.most(kills);
    checkAcknowledgements(root, sent.length);
    await checkNumbers(hub, sent.length);
    await hub.kill('SIGTERM');
  });
});

const start = (root: string, env: Record<string, string>): Promise<HubProcess> =>
  startHubProcess({ root, env: { ...env, ERP_KEY: 'erp-key' } });

function installation(root: string, erpUrl: string): void {
  for (const folder of ['config/lookups', 'connectors', 'data/acme/in', 'data/acme/out']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, 'config/hub.yaml'), 'us: { x12: ZZ:TRADELANE }\n');
  const acme = [
    'name: Acme Retail',
    'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
    'in: { use: directory, path: data/acme/in, pollSeconds: 0.2 }',
    'out: { use: directory, path: data/acme/out }',
    'inbound:',
    '  - { message: x12/004010/850, acknowledge: 997 }',
  ];
  const erp = [
    'name: ERP',
    'role: erp',
    `out: { use: http, url: "${erpUrl}", paths: { json/erp/order: /sales-orders }, key: env:ERP_KEY, answer: { id: id } }`,
    'retry: { attempts: 50, first: 0.1s, max: 1s }',
    'repeat: safe',
    'concurrency: 4',
    'outbound:',
    '  - { message: json/erp/order }',
  ];
  writeFileSync(join(root, 'connectors/acme.yaml'), `${acme.join('\n')}\n`);
  writeFileSync(join(root, 'connectors/erp.yaml'), `${erp.join('\n')}\n`);
}

/** Drops one order as a partner would: under another name first. */
function drop(root: string, control: number): string {
  const number = `PO-${String(control).padStart(5, '0')}`;
  const folder = join(root, 'data/acme/in');
  const part = join(folder, `.order-${control}.part`);
  const whole = join(folder, `order-${control}.x12`);
  writeFileSync(part, order850({ control, number }), { flush: true });
  renameSync(part, whole);
  return number;
}

/** The fault point writes its marker and blocks: the hub stands exactly there. */
async function reached(marker: string, hub: HubProcess): Promise<void> {
  if (existsSync(marker)) return;
  const seen = Promise.withResolvers<void>();
  const watcher = watch(join(marker, '..'), () => {
    if (existsSync(marker)) seen.resolve();
  });
  const timer = setTimeout(
    () => seen.reject(new Error(`the hub never came to ${marker}\n${hub.log()}`)),
    WAIT_MS,
  );
  try {
    if (!existsSync(marker)) await seen.promise;
  } finally {
    clearTimeout(timer);
    watcher.close();
  }
}

/** Waits until every order is delivered and acknowledged, asking the API. */
async function settled(hub: HubProcess, orders: number): Promise<void> {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const { counts } = await hub.get<Status>('/v1/status');
    if (
      (counts.deliveries['sent'] ?? 0) >= orders * 2 &&
      counts.transfers['received'] === undefined
    )
      return;
    if (performance.now() > until) {
      const findings = await hub.get<unknown>('/v1/findings?limit=3');
      const waiting = await hub.get<unknown>('/v1/deliveries?state=queued&limit=2');
      const facts = JSON.stringify({ counts, findings, waiting }, null, 1);
      throw new Error(`not settled: ${facts}\n${hub.log()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function checkErp(erp: Erp, sent: readonly string[]): Promise<void> {
  const response = await fetch(`${erp.url}/sales-orders?limit=10000`, {
    headers: { authorization: 'Bearer erp-key' },
  });
  const { items } = (await response.json()) as { items: { orderNumber: string }[] };
  expect(items.map((item) => item.orderNumber).sort()).to.deep.equal([...sent].sort());
}

/** One 997 for each group: AK102 names the group it answers. */
function checkAcknowledgements(root: string, count: number): void {
  const folder = join(root, 'data/acme/out');
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  const answered = texts.flatMap((text) =>
    [...text.matchAll(/AK1\*PO\*(\d+)/g)].map(([, number]) => Number(number)),
  );
  expect(answered.sort((one, other) => one - other)).to.deep.equal(
    Array.from({ length: count }, (_, index) => index + 1),
  );
  const numbers = texts.map((text) => Number(text.slice(90, 99))).sort((one, other) => one - other);
  expect(numbers, 'interchange control numbers').to.deep.equal(
    Array.from({ length: count }, (_, index) => index + 1),
  );
}

/** In the store too: neither gap nor repeat. */
async function checkNumbers(hub: HubProcess, count: number): Promise<void> {
  const seen = new Set<string>();
  let after = '';
  do {
    const page = await hub.get<{ items: { messages: { interchange: string }[] }[]; next?: string }>(
      `/v1/deliveries?connector=acme&limit=500${after}`,
    );
    for (const { messages } of page.items)
      for (const { interchange } of messages) seen.add(interchange);
    after = page.next === undefined ? '' : `&after=${encodeURIComponent(page.next)}`;
  } while (after !== '');
  expect(seen.size).to.equal(count);
}
