/** A running hub that gets the interchange over HTTP and delivers each order to the ERP stand-in. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type GenerateOptions, stream850s } from '../generate.ts';
import { writeInstallation } from '../hub/installation.ts';
import { startPartner } from '../hub/partner.ts';
import { start } from '../hub/processes.ts';
import { watchPeak } from './peak.ts';
import type { Tally } from './tally.ts';

const repository = join(import.meta.dirname, '..', '..');
const LOOK_MS = 500;
/** The hub is given up when the ERP has got nothing new for so long. */
const STALLED_MS = 120_000;

export interface HubFound {
  readonly bytes: number;
  readonly takenSeconds: number;
  readonly checkedSeconds: number;
  readonly seconds: number;
  readonly payloads: Tally;
  readonly peakMb: number;
}

export async function throughHub(root: string, order: GenerateOptions): Promise<HubFound> {
  const receiver = join(repository, 'bench/hub/receiver.ts');
  const erp = await start<{ url: string }>({ words: [receiver, join(root, 'erp.db')] });
  const partner = await startPartner();
  writeInstallation({
    root,
    erpUrl: erp.ready.url,
    acknowledgements: partner.url,
    concurrency: 16,
  });
  const hub = await start<{ url: string }>({
    words: [join(repository, 'src/cli.ts'), 'serve', '--port', '0', '--json'],
    cwd: root,
  });
  const peak = watchPeak(hub.pid);
  try {
    const key = readFileSync(join(root, 'data', 'keys', 'acme'), 'utf8').trim();
    const began = performance.now();
    const since = (): number => (performance.now() - began) / 1000;
    const bytes = await post(`${hub.ready.url}/in/acme`, key, order);
    const takenSeconds = since();
    const acknowledged = until(() => partner.accepted() > 0).then(since);
    await arrived(erp.ready.url, order.messages ?? 0);
    const seconds = since();
    const checkedSeconds = await acknowledged;
    const { posts } = await get<{ posts: number }>(`${erp.ready.url}/count`);
    const { digest } = await get<{ digest: string }>(`${erp.ready.url}/digest`);
    const payloads = { count: posts, digest };
    return { bytes, takenSeconds, checkedSeconds, seconds, payloads, peakMb: peak.stop() };
  } finally {
    peak.stop();
    await hub.stop();
    await partner.stop();
    await erp.stop();
  }
}

/** Posts the interchange as it is generated; returns its bytes. */
async function post(url: string, key: string, order: GenerateOptions): Promise<number> {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/edi-x12' };
  const sent = request(url, { method: 'POST', headers });
  const answered = new Promise<number>((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
  });
  let bytes = 0;
  const counted = function* () {
    for (const block of stream850s(order)) {
      bytes += block.length;
      yield block;
    }
  };
  await pipeline(Readable.from(counted()), sent);
  const status = await answered;
  if (status !== 202) throw new Error(`the hub answered ${status}`);
  return bytes;
}

async function arrived(erpUrl: string, messages: number): Promise<void> {
  let last = 0;
  let changedAt = performance.now();
  await until(async () => {
    const { posts } = await get<{ posts: number }>(`${erpUrl}/count`);
    if (posts > last) changedAt = performance.now();
    last = posts;
    if (performance.now() - changedAt > STALLED_MS) throw new Error(`stalled at ${posts}`);
    return posts >= messages;
  });
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

const get = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;
