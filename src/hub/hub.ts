/** The running hub: the verbs of the walk joined to the queue, receivers and watcher. */
import { createHash } from 'node:crypto';
import { HubError } from '../model/errors.ts';
import type { Topic } from '../model/queue.ts';
import type { Accepted, Arrival, HttpHandler, ReceivePort, Receiver } from '../model/transport.ts';
import { check } from './check.ts';
import { Deliverer } from './deliver.ts';
import { dispatch } from './dispatch.ts';
import type { Parts } from './parts.ts';
import { receive, recordRefused } from './receive.ts';
import { release } from './release.ts';
import { Replies } from './replies.ts';
import { type Watcher, watch } from './watch.ts';

/** How many ids of a topic are worked on at once: most of that time they wait for a commit. */
const CONCURRENCY: Record<Topic, number> = { check: 8, release: 8, route: 8, deliver: 64 };

/** A send under way when the hub stops may end within this time. */
const SENDING_GRACE_MS = 3_000;

/** At start no other hub can hold a claim on this store: every one of them is lost. */
const END_OF_TIME = '9999-12-31T23:59:59.999Z';

export interface Hub {
  accept(arrival: Arrival): Promise<Accepted>;
  /** Starts and stops receivers as the configuration in force says. */
  applySetup(): Promise<void>;
  /** The handler mounted for `/in/<connector>`, if any. */
  handler(connector: string): HttpHandler | undefined;
  /** Receivers that are running, by connector. */
  receiving(): readonly string[];
  wake(topic: Topic, id: string): void;
  /** Looks for work now: for operations that put something back. */
  look(): Promise<void>;
  idle(): Promise<void>;
  /** Stops receiving, lets what has begun end, and returns. */
  stop(): Promise<void>;
}

/** Starts the walk on a store: picks up whatever an earlier hub left. */
export async function startHub(parts: Parts): Promise<Hub> {
  const hub = new RunningHub(parts);
  while ((await parts.store.settleLostClaims(parts.clock.now(), END_OF_TIME)) > 0);
  hub.begin();
  await hub.applySetup();
  await hub.look();
  return hub;
}

const notReady: HttpHandler = () =>
  Promise.reject(new HubError('not-ready', 'The connector is just reloaded. Send it again.'));

class RunningHub implements Hub {
  readonly #parts: Parts;
  readonly #replies: Replies;
  readonly #deliverer: Deliverer;
  readonly #stopping = new AbortController();
  readonly #cutOff = new AbortController();
  readonly #receivers = new Map<string, { receiver: Receiver; settings: string }>();
  readonly #handlers = new Map<string, HttpHandler>();
  #watcher: Watcher | undefined;
  #applying: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#replies = new Replies(parts);
    this.#deliverer = new Deliverer(parts, {
      signal: this.#stopping.signal,
      cutOff: this.#cutOff.signal,
      lookAt: (at) => this.#watcher?.lookAt(at),
    });
  }

  begin(): void {
    const parts = this.#parts;
    const { queue } = parts;
    queue.process('check', CONCURRENCY.check, async (id) => {
      await check(parts, id);
      this.#replies.checked(id);
    });
    queue.process('release', CONCURRENCY.release, (id) => release(parts, id));
    queue.process('route', CONCURRENCY.route, (id) => dispatch(parts, id));
    queue.process('deliver', CONCURRENCY.deliver, (id) => this.#deliverer.deliver(id));
    this.#watcher = watch(parts);
  }

  accept(arrival: Arrival): Promise<Accepted> {
    if (this.#stopping.signal.aborted) {
      return Promise.reject(new HubError('store-busy', 'The hub is stopping; send it again.'));
    }
    return receive(this.#parts, arrival);
  }

  /** One after another: two at once would start a receiver twice. */
  applySetup(): Promise<void> {
    this.#applying = this.#applying.catch(() => undefined).then(() => this.#applySetup());
    return this.#applying;
  }

  async #applySetup(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const wanted = new Map(
      this.#parts
        .setup()
        .connectors.flatMap((one) => (one.in === undefined ? [] : [[one.id, one.in]])),
    );
    for (const [id, running] of this.#receivers) {
      const use = wanted.get(id);
      if (use === undefined || JSON.stringify(use) !== running.settings)
        await this.#stopReceiver(id, use !== undefined);
    }
    for (const [id, use] of wanted) {
      if (!this.#receivers.has(id)) await this.#startReceiver(id, use.use, use.settings);
    }
  }

  async #startReceiver(
    id: string,
    use: string,
    settings: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const transport = this.#parts.transports.get(use);
    if (transport?.receive === undefined) return;
    try {
      const receiver = await transport.receive(id, settings, this.#port());
      this.#receivers.set(id, { receiver, settings: JSON.stringify({ use, settings }) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.log('error', `connector ${id} cannot receive: ${reason}`, { connector: id });
    }
  }

  async #stopReceiver(id: string, isReplaced: boolean): Promise<void> {
    const running = this.#receivers.get(id);
    this.#receivers.delete(id);
    // Whoever comes meanwhile is asked to come again: "not found" would make a sender give up.
    if (isReplaced && this.#handlers.has(id)) this.#handlers.set(id, notReady);
    else this.#handlers.delete(id);
    await running?.receiver.stop();
    if (isReplaced) this.#handlers.delete(id);
  }

  #port(): ReceivePort {
    const parts = this.#parts;
    return {
      clock: parts.clock,
      random: parts.random,
      makeId: parts.makeId,
      accept: (arrival) => this.accept(arrival),
      refused: (arrival) => recordRefused(parts, arrival),
      authenticate: async (connector, key) => {
        const row = await parts.store.apiKeyByHash(createHash('sha256').update(key).digest('hex'));
        return row?.role === connector;
      },
      reply: (transfer, timeoutMs) => this.#replies.wait(transfer, timeoutMs),
      route: (connector, handler) => {
        this.#handlers.set(connector, handler);
      },
      log: parts.log,
      path: parts.path,
      secret: parts.secret,
      limits: { bodyBytes: parts.setup().hub.limits.bodyBytes },
    };
  }

  handler(connector: string): HttpHandler | undefined {
    return this.#handlers.get(connector);
  }

  receiving(): readonly string[] {
    return [...this.#receivers.keys()];
  }

  wake(topic: Topic, id: string): void {
    this.#parts.queue.wake(topic, id);
  }

  async look(): Promise<void> {
    await this.#watcher?.look();
  }

  async idle(): Promise<void> {
    await this.#parts.queue.idle();
    await this.#deliverer.idle();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#applying.catch(() => undefined);
    await Promise.all([...this.#receivers.keys()].map((id) => this.#stopReceiver(id, false)));
    await this.#watcher?.stop();
    // A send that is cut off may have arrived: most of them end by themselves in this time.
    const grace = setTimeout(() => this.#cutOff.abort(), SENDING_GRACE_MS);
    await this.#parts.queue.stop();
    await this.#deliverer.idle();
    clearTimeout(grace);
  }
}
