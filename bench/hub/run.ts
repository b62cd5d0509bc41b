/** One run: offers for so long at one rate, waits until all is delivered, and tells what it saw. */
import { readdirSync } from 'node:fs';
import { monotonicMs } from './clock.ts';
import { offer } from './offer.ts';
import { orderNumber, orders } from './orders.ts';
import type { Partner } from './partner.ts';
import { peakMegabytes, processorSeconds } from './processes.ts';

export interface Stage {
  readonly url: string;
  readonly key: string;
  readonly hubPid: number;
  readonly erpUrl: string;
  readonly erpPid: number;
  readonly partner: Partner;
  /** Where the 997s are dropped; undefined: they are posted to the partner. */
  readonly outFolder: string | undefined;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** Rates are of the time in which was offered. */
export interface Figures {
  readonly rate: number;
  readonly accepted: number;
  readonly delivered: number;
  readonly acknowledged: number;
  /** What was accepted and not delivered or not acknowledged when the last was due. */
  readonly backlogSeconds: number;
  readonly drainedMs: number;
  readonly post: Percentiles;
  /** From the moment the POST was due until the ERP had the order. */
  readonly endToEnd: Percentiles;
  readonly peakMb: number;
  /** Processor time of the hub for each order, from its POST to its settled deliveries. */
  readonly hubMs: number;
  /** Of a core, while was offered. */
  readonly processor: { readonly hub: number; readonly erp: number; readonly bench: number };
}

const DRAIN_MS = 120_000;
let posted = 0;

export async function run(
  stage: Stage,
  { seed, seconds, rate }: { seed: number; seconds: number; rate: number },
): Promise<Figures> {
  const from = posted;
  const posts = orders({ seed, from, count: Math.round(seconds * rate), key: stage.key });
  posted += posts.length;
  const before = await counts(stage);
  const used = processor(stage);
  let atEnd: Promise<Counts> | undefined;
  let spent = used;
  const offered = await offer(stage.url, posts, rate, () => {
    spent = processor(stage);
    atEnd = counts(stage);
  });
  if (offered.refused > 0) throw new Error(`${offered.refused} POSTs were refused or broke off`);
  const then = (await atEnd) as Counts;
  const delivered = then.delivered - before.delivered;
  const acknowledged = then.acknowledged - before.acknowledged;
  const drainedMs = await drained(stage, posted);
  return {
    rate,
    accepted: offered.accepted / seconds,
    delivered: delivered / seconds,
    acknowledged: acknowledged / seconds,
    backlogSeconds: (posts.length - Math.min(delivered, acknowledged)) / rate,
    drainedMs,
    post: percentiles(offered.latenciesMs),
    endToEnd: percentiles(await endToEndMs(stage, from, offered.dueMs)),
    hubMs: ((processor(stage).hub - used.hub) * 1000) / posts.length,
    peakMb: peakMegabytes(stage.hubPid),
    processor: {
      hub: (spent.hub - used.hub) / seconds,
      erp: (spent.erp - used.erp) / seconds,
      bench: (spent.bench - used.bench) / seconds,
    },
  };
}

interface Counts {
  readonly delivered: number;
  readonly acknowledged: number;
}

async function counts({ erpUrl, partner, outFolder }: Stage): Promise<Counts> {
  const { posts } = await get<{ posts: number }>(`${erpUrl}/count`);
  const acknowledged = outFolder === undefined ? partner.accepted() : filesIn(outFolder);
  return { delivered: posts, acknowledged };
}

function filesIn(folder: string): number {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.x12') || name.endsWith('.edi'))
      .length;
  } catch {
    return 0;
  }
}

function processor({ hubPid, erpPid }: Stage): { hub: number; erp: number; bench: number } {
  return {
    hub: processorSeconds(hubPid),
    erp: processorSeconds(erpPid),
    bench: processorSeconds(process.pid),
  };
}

/** Until every order that was posted is in the ERP and acknowledged. */
async function drained(stage: Stage, orders: number): Promise<number> {
  const began = monotonicMs();
  for (;;) {
    const { delivered, acknowledged } = await counts(stage);
    if (delivered >= orders && acknowledged >= orders) return monotonicMs() - began;
    if (monotonicMs() - began > DRAIN_MS) {
      throw new Error(`${delivered} delivered, ${acknowledged} acknowledged of ${orders}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function endToEndMs(
  { erpUrl }: Stage,
  from: number,
  dueMs: readonly number[],
): Promise<readonly number[]> {
  const arrivals = new Map(await get<readonly [string, number][]>(`${erpUrl}/arrivals`));
  return dueMs.map((due, index) => {
    const at = arrivals.get(orderNumber(from + index + 1));
    if (at === undefined) throw new Error(`order ${orderNumber(from + index + 1)} is lost`);
    return at - due;
  });
}

function percentiles(numbers: readonly number[]): Percentiles {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

const get = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;
