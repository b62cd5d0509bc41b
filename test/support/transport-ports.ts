/** Ports for transports under test: an accept that a test can hold, fail and look into. */
import { randomUUID } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { HubError } from '../../src/model/errors.ts';
import type {
  Accepted,
  Arrival,
  HttpHandler,
  Parcel,
  ReceivePort,
  RefusedArrival,
  SendPort,
  SyncReply,
} from '../../src/model/transport.ts';

export interface StoredArrival extends Omit<Arrival, 'parts'> {
  readonly bytes: Buffer;
  readonly contentType: string;
}

export interface TestReceivePort extends ReceivePort {
  /** What was stored, in order; a repeat of a key is not stored again. */
  readonly stored: StoredArrival[];
  /** Every key that accept was called with. */
  readonly keys: string[];
  readonly refusals: RefusedArrival[];
  readonly logged: string[];
  readonly routes: Map<string, HttpHandler>;
  /** Called before an arrival is stored, and after: to wait, or to fail. */
  beforeStore: () => Promise<void>;
  afterStore: () => Promise<void>;
  answer: SyncReply | undefined;
  /** Resolves when so many arrivals are stored. */
  untilStored(count: number): Promise<void>;
}

const surroundings = {
  clock: { now: () => new Date().toISOString(), monotonic: () => performance.now() },
  random: Math.random,
  makeId: () => randomUUID().replaceAll('-', '').slice(0, 26).toUpperCase(),
};

export const testSecret = 'a-secret-that-must-not-be-told';

function paths(root: string) {
  return {
    path: (relative: string) => (isAbsolute(relative) ? relative : join(root, relative)),
    secret: (reference: string) => {
      if (reference === 'env:MISSING') throw new HubError('secret-missing', 'MISSING is not set.');
      return testSecret;
    },
  };
}

export function receivePort(root: string, bodyBytes = 4 * 1024 * 1024): TestReceivePort {
  const waiting: { count: number; resolve: () => void }[] = [];
  const port: TestReceivePort = {
    ...surroundings,
    ...paths(root),
    limits: { bodyBytes },
    stored: [],
    keys: [],
    refusals: [],
    logged: [],
    routes: new Map(),
    beforeStore: async () => undefined,
    afterStore: async () => undefined,
    answer: undefined,
    accept: (arrival) => accept(port, waiting, arrival),
    refused: async (arrival) => void port.refusals.push(arrival),
    reply: async () => port.answer,
    route: (connector, handler) => void port.routes.set(connector, handler),
    log: (_level, text, facts) => void port.logged.push(`${text} ${JSON.stringify(facts ?? {})}`),
    untilStored: (count) =>
      new Promise((resolve) => {
        if (port.stored.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
  return port;
}

async function accept(
  port: TestReceivePort,
  waiting: { count: number; resolve: () => void }[],
  arrival: Arrival,
): Promise<Accepted> {
  const { parts, ...rest } = arrival;
  const chunks: Uint8Array[] = [];
  for (const part of parts) for await (const chunk of part.bytes) chunks.push(chunk);
  port.keys.push(arrival.key);
  await port.beforeStore();
  const repeated = port.stored.some(({ key }) => key === arrival.key);
  const contentType = parts[0]?.contentType ?? '';
  if (!repeated) port.stored.push({ ...rest, bytes: Buffer.concat(chunks), contentType });
  for (const { count, resolve } of waiting) if (port.stored.length >= count) resolve();
  await port.afterStore();
  return { transfer: `T-${arrival.key.length}`, repeated };
}

export function sendPort(root: string, signal = new AbortController().signal): SendPort {
  return { ...surroundings, ...paths(root), signal };
}

export function parcel(bytes: Uint8Array, more: Partial<Parcel> = {}): Parcel {
  return {
    delivery: '01JTESTDELIVERY00000000001',
    fileName: '855-000000001.x12',
    contentType: 'application/edi-x12',
    messageType: 'x12/004010/855',
    size: bytes.length,
    attempt: 0,
    bytes: async function* () {
      for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000);
    },
    ...more,
  };
}
