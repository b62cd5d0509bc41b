/** What a suite is given: the open store, and the few steps that most cases begin with. */
import type { ClaimedDelivery, ClaimRequest, NewDelivery } from '../../../src/model/delivery.ts';
import type { NewDocument, Store, Verdict } from '../../../src/model/store.ts';
import type { MakeId } from '../../../src/model/time.ts';
import {
  at,
  checked,
  claimRequest,
  document,
  payload,
  verdict,
} from '../../support/store-cases.ts';

export interface Bench {
  readonly store: Store;
  readonly makeId: MakeId;
}

export async function receive(
  { store, makeId }: Bench,
  key = makeId(),
  body = key,
): Promise<string> {
  const blob = await store.stage(payload(body), 1_000_000);
  const parts = [{ name: 'order.x12', contentType: 'application/edi-x12', blob }];
  const id = makeId();
  const { transfer } = await store.accept({
    id,
    connector: 'acme',
    transport: 'http',
    key,
    headers: { 'message-type': 'x' },
    parts,
    at: at(0),
  });
  return transfer;
}

/** A transfer with a verdict; one accepted message when the verdict says nothing else. */
export async function check(bench: Bench, given: Partial<Verdict> = {}): Promise<string> {
  const transfer = await receive(bench);
  await bench.store.beginCheck(transfer);
  await bench.store.recordVerdict(verdict(transfer, { messages: [checked(0)], ...given }));
  return transfer;
}

/** A released document of a transfer of its own. */
export async function release(bench: Bench, given: Partial<NewDocument> = {}): Promise<string> {
  const transfer = await check(bench);
  const made = document(bench.makeId(), given);
  await bench.store.release({
    transfer,
    at: at(2),
    messages: [{ index: 0, state: 'released', findings: [], document: made }],
    last: true,
  });
  return made.id;
}

/** Creates deliveries from one document; returns their ids in order. */
export async function dispatch(bench: Bench, ...deliveries: NewDelivery[]): Promise<string[]> {
  const id = await release(bench, { number: bench.makeId() });
  await bench.store.dispatch([
    { document: id, at: at(3), state: 'routed', findings: [], deliveries },
  ]);
  return deliveries.map((made) => made.id);
}

export const claimIds = async (
  { store }: Bench,
  given: Partial<ClaimRequest> = {},
): Promise<string[]> => (await store.claim(claimRequest(given))).map(({ id }) => id);

export async function claimOne(
  { store }: Bench,
  given: Partial<ClaimRequest> = {},
): Promise<ClaimedDelivery> {
  const [claimed] = await store.claim(claimRequest({ limit: 1, ...given }));
  if (claimed === undefined) throw new Error('There was nothing to claim.');
  return claimed;
}

export async function read(
  store: Store,
  digest: string,
  start?: number,
  end?: number,
): Promise<string> {
  const range = start === undefined || end === undefined ? undefined : { start, end };
  const pieces: Uint8Array[] = [];
  for await (const piece of store.bytes(digest, range)) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
}

/** All pages of a list, `limit` at a time. */
export async function pages<T>(
  list: (request: { limit: number; after: string | undefined }) => Promise<{
    readonly items: readonly T[];
    readonly next: string | undefined;
  }>,
  limit: number,
): Promise<T[][]> {
  const found: T[][] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit, after });
    found.push([...page.items]);
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** The code of the HubError a promise fails with. */
export async function codeOf(failing: Promise<unknown>): Promise<unknown> {
  try {
    await failing;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'no error';
}

export const everything = { limit: 500, after: undefined } as const;
