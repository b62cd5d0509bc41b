/**
 * A sandbox ERP that behaves like one: an HTTP JSON service with its own database. It knows the hub
 * as every customer's ERP would: by a URL and a key.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Clock } from '../../model/time.ts';
import { listen } from '../listen.ts';
import { makeBehaviour } from './behaviour.ts';
import { openDatabase, sharedCommits } from './database.ts';
import type { ErpEvent } from './event.ts';
import { makeRoutes } from './routes.ts';
import { Worker } from './worker.ts';

export interface ErpOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Its database; `:memory:` for one that is forgotten. */
  readonly file: string;
  /** `http://127.0.0.1:4080`; undefined: until `connect` says it, everything waits in the outbox. */
  readonly hubUrl: string | undefined;
  /** The key that the hub gave the ERP. */
  readonly hubKey: string;
  /** The key that the ERP gave the hub. */
  readonly key: string;
  readonly clock: Clock;
  /** Milliseconds between an order's steps; `manual`: a step is taken when it is asked for. */
  readonly pace: number | 'manual';
  /** Refuse customers and articles that the catalogue does not have. */
  readonly strict?: boolean;
  /** Ids of what is pushed; random when not given. */
  readonly makeKey?: () => string;
  readonly on?: (event: ErpEvent) => void;
}

export interface Erp {
  readonly url: string;
  /** Says where the hub is, and tells it at once what waits. */
  connect(hubUrl: string): void;
  /** Ends what has begun; what waits in the outbox is pushed after the next start. */
  stop(): Promise<void>;
}

export async function startErp(options: ErpOptions): Promise<Erp> {
  const { clock, pace } = options;
  const database = openDatabase(options.file);
  const commit = sharedCommits(database);
  const behaviour = makeBehaviour();
  const on = options.on ?? (() => undefined);
  const nextStepAt = () =>
    pace === 'manual' ? undefined : new Date(Date.parse(clock.now()) + pace).toISOString();
  const shared = { database, commit, behaviour, nextStepAt, on };
  const { hubUrl, hubKey, makeKey = randomUUID } = options;
  const worker = new Worker({ ...shared, clock, hubUrl, hubKey, makeKey });
  const { key, strict = false } = options;
  const routes = makeRoutes({
    ...shared,
    key,
    strict,
    now: () => clock.now(),
    step: (id, step) => worker.step(id, step),
    wake: () => worker.wake(),
  });
  const listening = await listen(createServer(routes), options).catch((error: unknown) => {
    database.close();
    throw error;
  });
  worker.wake();
  return {
    url: listening.url,
    connect: (url) => worker.connect(url),
    stop: async () => {
      await listening.close();
      await worker.stop();
      database.close();
    },
  };
}
