/** The queue port: it carries ids to wake work, and may be lost whole. The store decides everything. */

/** What may be woken: a transfer to check, to release, documents to route, deliveries to send. */
export type Topic = 'check' | 'release' | 'route' | 'deliver';

export interface Queue {
  readonly name: string;
  /** Asks that `topic` be worked on for `id`; soon, once or more often. Never throws, never waits. */
  wake(topic: Topic, id: string): void;
  /** At most `concurrency` handlers of a topic run at once; the same id never twice at a time. */
  process(topic: Topic, concurrency: number, handler: (id: string) => Promise<void>): void;
  /** Takes no new work and resolves when what has begun has ended. */
  stop(): Promise<void>;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
  /** For reports: how many ids wait. */
  waiting(topic: Topic): number;
}
