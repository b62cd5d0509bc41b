/**
 * The store's hot path: 3 KB transfers through the whole walk, 64 senders at a time, on a real disk
 * beside that disk's own fsync rate. Runs are alternated; medians are printed.
 *
 *     node bench/store.ts [transfers=3000] [rounds=3]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../src/model/store.ts';
import { stores } from '../src/store/index.ts';
import { checked, delivery, document, ids, payload, verdict } from '../test/support/store-cases.ts';
import { fsyncRate } from './fsync-rate.ts';

const SENDERS = 64;
const [transfers = 3000, rounds = 3] = process.argv.slice(2).map(Number);
const now = (): string => new Date().toISOString();

mkdirSync('data', { recursive: true });
const figures: Record<string, number[]> = { fsync: [], accept: [], walk: [] };
for (let round = 0; round < rounds; round += 1) {
  const folder = mkdtempSync(join('data', 'bench-'));
  try {
    figures['fsync']?.push(fsyncRate(join(folder, 'fsync')));
    const makeId = ids();
    const store = await stores.sqlite({ file: join(folder, 'store.db'), makeId, now });
    figures['accept']?.push(await rate(transfers, (n) => accept(store, makeId(), `a${n}`)));
    figures['walk']?.push(await rate(transfers, (n) => walk(store, makeId, `w${n}`)));
    await store.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const median = (name: string): number => {
  const sorted = (figures[name] ?? []).toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
};
console.log(`disk: ${median('fsync')} fsyncs a second`);
console.log(`accept, ${SENDERS} senders: ${median('accept')} units a second`);
console.log(
  `whole walk, ${SENDERS} senders: ${median('walk')} transfers a second, ` +
    `${median('walk') * 8} units a second (accept, begin, verdict with its acknowledgement, ` +
    'release, dispatch, claim, settle, settle)',
);

async function accept(store: Store, id: string, key: string): Promise<void> {
  const blob = await store.stage(payload(key, 3000), 1_000_000);
  const parts = [{ name: 'order.x12', contentType: 'application/edi-x12', blob }];
  await store.accept({
    id,
    connector: 'acme',
    transport: 'http',
    key,
    headers: {},
    parts,
    at: now(),
  });
}

async function walk(store: Store, makeId: () => string, key: string): Promise<void> {
  const transfer = makeId();
  await accept(store, transfer, key);
  await store.beginCheck(transfer);
  const acknowledgement = delivery(makeId(), { kind: 'acknowledgement', transfer });
  await store.recordVerdict(
    verdict(transfer, { messages: [checked(0)], acknowledgements: [acknowledgement] }),
  );
  const order = document(makeId(), { number: key, body: key.padEnd(2000, '.') });
  await store.release({
    transfer,
    at: now(),
    messages: [{ index: 0, state: 'released', findings: [], document: order }],
    last: true,
  });
  const [released] = await store.newDocuments(transfer, 10);
  if (released === undefined) throw new Error(`${transfer} released no document.`);
  const toErp = delivery(makeId(), { connector: 'erp', document: released.id, transfer });
  await store.dispatch([
    { document: released.id, at: now(), state: 'routed', findings: [], deliveries: [toErp] },
  ]);
  await send(store, 'acme');
  await send(store, 'erp');
}

async function send(store: Store, connector: string): Promise<void> {
  const at = now();
  const claimed = await store.claim({
    connector,
    now: at,
    leaseUntil: '2999-01-01T00:00:00.000Z',
    limit: 1,
    concurrency: SENDERS * 2,
    serial: false,
    repeat: 'safe',
  });
  const sent = { state: 'sent', text: '200 OK', remoteId: undefined, answer: undefined } as const;
  for (const { id, token } of claimed) await store.settle(id, token, sent, at);
}

/** Runs `count` pieces of work, SENDERS at a time; returns how many a second. */
async function rate(count: number, work: (n: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return (count * 1000) / (performance.now() - began);
}
