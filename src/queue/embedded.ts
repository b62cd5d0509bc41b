/**
 * The embedded queue: ids in memory, nothing to install. It forgets everything when the process
 * ends, and what does not fit; the watcher finds both again in the store.
 */
import type { Queue, Topic } from '../model/queue.ts';

export interface EmbeddedQueueOptions {
  /** Told of what a handler throws; the id is not tried again until it is woken again. */
  readonly onError: (error: unknown, topic: Topic, id: string) => void;
  /** Ids that may wait per topic; more are left to the watcher. */
  readonly waitingMax?: number;
}

type Handler = (id: string) => Promise<void>;

interface Line {
  /** In the order they were woken; an id waits once. */
  readonly waiting: Set<string>;
  readonly running: Set<string>;
  /** Woken while running: what woke them may have come too late for that run. */
  readonly again: Set<string>;
  concurrency: number;
  handler: Handler | undefined;
}

const topics: readonly Topic[] = ['check', 'release', 'route', 'deliver'];

export function embeddedQueue(options: EmbeddedQueueOptions): Queue {
  return new EmbeddedQueue(options);
}

class EmbeddedQueue implements Queue {
  readonly name = 'embedded';
  readonly #onError: EmbeddedQueueOptions['onError'];
  readonly #waitingMax: number;
  readonly #lines = new Map<Topic, Line>(topics.map((topic) => [topic, emptyLine()]));
  readonly #onIdle: (() => void)[] = [];
  #stopped = false;
  #scheduled = false;

  constructor({ onError, waitingMax = 100_000 }: EmbeddedQueueOptions) {
    this.#onError = onError;
    this.#waitingMax = waitingMax;
  }

  wake(topic: Topic, id: string): void {
    if (this.#stopped) return;
    const line = this.#line(topic);
    if (line.running.has(id)) line.again.add(id);
    else if (line.waiting.size < this.#waitingMax) line.waiting.add(id);
    this.#schedule();
  }

  process(topic: Topic, concurrency: number, handler: Handler): void {
    const line = this.#line(topic);
    line.concurrency = concurrency;
    line.handler = handler;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { waiting, again } of this.#lines.values()) {
      waiting.clear();
      again.clear();
    }
    await this.idle();
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle.push(resolve);
      this.#tellIdle();
    });
  }

  waiting(topic: Topic): number {
    return this.#line(topic).waiting.size;
  }

  #line(topic: Topic): Line {
    const line = this.#lines.get(topic) ?? emptyLine();
    this.#lines.set(topic, line);
    return line;
  }

  /** Work begins in a later turn: whoever wakes never runs what it woke. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      for (const [topic, line] of this.#lines) this.#begin(topic, line);
      this.#tellIdle();
    });
  }

  #begin(topic: Topic, line: Line): void {
    if (line.handler === undefined) return;
    for (const id of line.waiting) {
      if (line.running.size >= line.concurrency) return;
      line.waiting.delete(id);
      line.running.add(id);
      void this.#run(topic, line, line.handler, id);
    }
  }

  async #run(topic: Topic, line: Line, handler: Handler, id: string): Promise<void> {
    try {
      await handler(id);
    } catch (error) {
      this.#report(error, topic, id);
    }
    line.running.delete(id);
    if (line.again.delete(id)) line.waiting.add(id);
    this.#schedule();
  }

  /** A report that fails must not stop the line. */
  #report(error: unknown, topic: Topic, id: string): void {
    try {
      this.#onError(error, topic, id);
    } catch (failure) {
      process.emitWarning(`Reporting an error of ${topic} failed: ${String(failure)}`);
    }
  }

  #tellIdle(): void {
    for (const { waiting, running } of this.#lines.values()) {
      if (waiting.size > 0 || running.size > 0) return;
    }
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}

const emptyLine = (): Line => ({
  waiting: new Set(),
  running: new Set(),
  again: new Set(),
  concurrency: 1,
  handler: undefined,
});
