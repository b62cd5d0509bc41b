/** The doors of a server: while they close, what is under way may end and nothing new begins. */
import type { Request, Response } from 'express';
import { HubError } from '../model/errors.ts';

/** Asked by whoever watches the process; answered to the end. */
const PROBES = new Set(['/health', '/ready']);

export class Doors {
  #isClosing = false;
  #inside = 0;
  readonly #empty = Promise.withResolvers<void>();

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Lets a request in. Throws HubError `not-ready` once the doors close. */
  pass(request: Request, response: Response, next: () => void): void {
    const isProbe = PROBES.has(request.path);
    if (this.#isClosing && !isProbe) {
      response.setHeader('Connection', 'close');
      throw new HubError('not-ready', 'The hub is stopping. Send it again in a moment.');
    }
    if (!isProbe) {
      this.#inside += 1;
      response.once('close', () => this.#leave());
    }
    next();
  }

  /** Returns when everyone has left, or after the grace time. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    if (this.#inside === 0) return;
    const grace = setTimeout(this.#empty.resolve, graceMs);
    await this.#empty.promise;
    clearTimeout(grace);
  }

  #leave(): void {
    this.#inside -= 1;
    if (this.#isClosing && this.#inside === 0) this.#empty.resolve();
  }
}
