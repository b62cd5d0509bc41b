/**
 * The running hub on SQLite: 3 KB 850s offered over HTTP at a fixed rate whatever the answers do,
 * each answered by a 997 over HTTP and delivered to an ERP stand-in that commits before it answers.
 * In the same run: the disk's fsync rate, and what a bare Express handler with one durable commit
 * does at saturation with the same payloads. Hub, ERP, bare handler are processes of their own;
 * the partner is in this one.
 *
 *     node bench/hub.ts [--seconds 60] [--rate 320] [--seed 42] [--acknowledge http|directory]
 *                       [--concurrency 16] [--search] [--profile] [--keep]
 *
 * --concurrency is of the two connectors: deliveries at a time. --search raises the rate in short runs until the hub no longer keeps up. --profile leaves a CPU
 * profile of the hub in data/, --keep the whole installation.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fsyncRate } from './fsync-rate.ts';
import { writeInstallation } from './hub/installation.ts';
import { saturate } from './hub/offer.ts';
import { orders } from './hub/orders.ts';
import { startPartner } from './hub/partner.ts';
import { start } from './hub/processes.ts';
import { type Figures, run, type Stage } from './hub/run.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '320' },
    seed: { type: 'string', default: '42' },
    acknowledge: { type: 'string', default: 'http' },
    concurrency: { type: 'string', default: '16' },
    search: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const repository = join(import.meta.dirname, '..');
const target = { perSecond: 300, ofBare: 0.25, backlogSeconds: 2 };
const BARE_MS = 5000;
const SENDERS = 64;
/** Offered a quarter of the rate first, so that short runs do not measure the compiler. */
const WARM_SECONDS = 5;

mkdirSync('data', { recursive: true });
const root = resolve(mkdtempSync(join('data', 'bench-hub-')));
const stops: (() => Promise<void>)[] = [];
/** Of the fastest run that kept up. */
let best: Figures | undefined;
try {
  await main();
} finally {
  for (const stop of stops.toReversed()) await stop();
  if (values.keep) console.log(root);
  else rmSync(root, { recursive: true, force: true });
}

async function main(): Promise<void> {
  console.log(`disk: ${fsyncRate(join(root, 'fsync')).toFixed(0)} fsyncs a second`);
  const sample = orders({ seed: Number(values.seed), from: 0, count: 2000 });
  const meanBytes = sample.reduce((sum, { body }) => sum + body.length, 0) / sample.length;
  console.log(
    `850s of ${(meanBytes / 1000).toFixed(1)} KB on average, seed ${values.seed}, concurrency ${values.concurrency}`,
  );
  const bare = await started('bare', [join(repository, 'bench/hub/receiver.ts')]);
  const before = await saturate(bare.url, sample, SENDERS, BARE_MS);
  const stage = await startStage();
  await run(stage, { seed: Number(values.seed), seconds: WARM_SECONDS, rate: rate / 4 });
  if (values.search) await search(stage);
  else tell(await run(stage, { seed: Number(values.seed), seconds, rate }));
  const after = await saturate(bare.url, sample, SENDERS, BARE_MS);
  judgeBare([before, after]);
}

/** Longer and longer strides until it does not keep up, then shorter ones. */
async function search(stage: Stage): Promise<void> {
  let factor = 1.3;
  for (let next = rate; factor > 1.04; ) {
    const figures = await run(stage, { seed: Number(values.seed), seconds, rate: next });
    console.log(`  ${line(figures)}`);
    const isGood = keepsUp(figures) && figures.delivered >= 0.97 * next;
    if (isGood) best = figures;
    else factor = Math.sqrt(factor);
    next = Math.round(isGood ? next * factor : (best?.rate ?? next / factor ** 2) * factor);
  }
  console.log(best === undefined ? 'kept up with no rate' : `highest: ${line(best)}`);
}

function tell(figures: Figures): void {
  best = figures;
  console.log(line(figures));
  verdict(
    'accepted and delivered a second',
    Math.min(figures.accepted, figures.delivered),
    target.perSecond,
  );
  console.log(
    `backlog under ${target.backlogSeconds} s of traffic: ${keepsUp(figures) ? 'good' : 'TOO LONG'}`,
  );
}

function keepsUp(figures: Figures): boolean {
  return figures.backlogSeconds < target.backlogSeconds;
}

function line(figures: Figures): string {
  const { rate, accepted, delivered, backlogSeconds, drainedMs, post, endToEnd, processor } =
    figures;
  return (
    `offered ${rate}/s: accepted ${accepted.toFixed(0)}/s, delivered ${delivered.toFixed(0)}/s, ` +
    `997s ${figures.acknowledged.toFixed(0)}/s (${values.acknowledge}), ` +
    `backlog ${backlogSeconds.toFixed(2)} s, drained in ${(drainedMs / 1000).toFixed(1)} s; ` +
    `POST p50 ${post.p50.toFixed(1)} p99 ${post.p99.toFixed(1)} ms, ` +
    `POST to ERP p50 ${endToEnd.p50.toFixed(1)} p99 ${endToEnd.p99.toFixed(1)} ms; ` +
    `processor: hub ${processor.hub.toFixed(2)}, ERP ${processor.erp.toFixed(2)}, ` +
    `bench ${processor.bench.toFixed(2)} of a core, hub ${figures.hubMs.toFixed(2)} ms an order; hub peak ${figures.peakMb.toFixed(0)} MB`
  );
}

function judgeBare(runs: readonly number[]): void {
  const mean = runs.reduce((sum, one) => sum + one, 0) / runs.length;
  const told = runs.map((one) => one.toFixed(0)).join(' and ');
  console.log(`bare Express handler with one durable commit: ${told}/s (${SENDERS} senders)`);
  if (best === undefined) return;
  verdict(
    'part of the bare handler',
    Math.min(best.accepted, best.delivered) / mean,
    target.ofBare,
  );
}

function verdict(what: string, figure: number, least: number): void {
  const told = figure >= 10 ? figure.toFixed(0) : figure.toFixed(2);
  console.log(`${what}: ${told} (target ${least}) ${figure >= least ? 'good' : 'TOO LOW'}`);
}

/** The ERP, the partner and the hub. */
async function startStage(): Promise<Stage> {
  const erp = await started('erp', [join(repository, 'bench/hub/receiver.ts')]);
  const partner = await startPartner();
  stops.push(partner.stop);
  const isDirectory = values.acknowledge === 'directory';
  writeInstallation({
    root,
    erpUrl: erp.url,
    acknowledgements: isDirectory ? 'directory' : partner.url,
    concurrency: Number(values.concurrency),
  });
  const profile = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${resolve('data')}`] : [];
  const words = [...profile, join(repository, 'src/cli.ts'), 'serve', '--port', '0', '--json'];
  const hub = await start<{ url: string }>({
    words: [...words, '--log', 'info'],
    cwd: root,
    log: join(root, 'hub.log'),
  });
  stops.push(hub.stop);
  const key = readFileSync(join(root, 'data', 'keys', 'acme'), 'utf8').trim();
  return {
    url: `${hub.ready.url}/in/acme`,
    key,
    hubPid: hub.pid,
    erpUrl: erp.url,
    erpPid: erp.pid,
    partner,
    outFolder: isDirectory ? join(root, 'data', 'acme', 'out') : undefined,
  };
}

async function started(
  name: string,
  words: readonly string[],
): Promise<{ url: string; pid: number }> {
  const running = await start<{ url: string }>({ words: [...words, join(root, `${name}.db`)] });
  stops.push(running.stop);
  return { url: running.ready.url, pid: running.pid };
}
