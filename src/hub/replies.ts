/**
 * Answers in the same exchange: a transport waits a stated time for the delivery that check made
 * for its transfer, by reading the store when it is told that a verdict was committed.
 */
import type { Accepted, SendOutcome, SyncReply } from '../model/transport.ts';
import { later } from '../model/zoned.ts';
import type { Parts } from './parts.ts';

const LEASE_MS = 60_000;

export class Replies {
  readonly #parts: Parts;
  /** A request that is repeated while the first waits is waited for twice. */
  readonly #waiting = new Map<Accepted['transfer'], Set<() => void>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Told after each verdict. */
  checked(transfer: string): void {
    for (const end of this.#waiting.get(transfer) ?? []) end();
  }

  /** The claimed reply, or undefined when none was made in time: the caller says "received". */
  async wait(transfer: string, timeoutMs: number): Promise<SyncReply | undefined> {
    const state = (await this.#parts.store.transfer(transfer))?.state;
    if (state === 'received') await this.#verdict(transfer, timeoutMs);
    return this.#claim(transfer);
  }

  #verdict(transfer: string, timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(transfer) ?? new Set();
      const end = (): void => {
        clearTimeout(timer);
        waiting.delete(end);
        if (waiting.size === 0) this.#waiting.delete(transfer);
        resolve();
      };
      const timer = setTimeout(end, timeoutMs);
      this.#waiting.set(transfer, waiting.add(end));
    });
  }

  async #claim(transfer: string): Promise<SyncReply | undefined> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const claimed = await store.claimReply(transfer, now, later(now, LEASE_MS));
    if (claimed === undefined) return undefined;
    const chunks: Uint8Array[] = [];
    for await (const chunk of store.bytes(claimed.digest)) chunks.push(chunk);
    return {
      bytes: Buffer.concat(chunks),
      contentType: claimed.contentType,
      settled: async (outcome: SendOutcome) => {
        const settlement = outcome.ok
          ? { state: 'sent' as const, text: outcome.text, remoteId: undefined, answer: undefined }
          : { state: 'queued' as const, text: outcome.text, nextAt: clock.now() };
        await store.settle(claimed.id, claimed.token, settlement, clock.now());
      },
    };
  }
}
