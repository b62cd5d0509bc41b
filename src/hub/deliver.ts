/**
 * Deliver: claims, sends, settles. Order, concurrency and time are decided by `claim` on the store.
 * A claim takes what may go now and returns; each delivery that ends claims the next in the same
 * commit that settles it, so that a slow partner's one long send holds up none of its others.
 */

import type { Connector } from '../model/connector.ts';
import type { ClaimedDelivery } from '../model/delivery.ts';
import { HubError } from '../model/errors.ts';
import type { Instant } from '../model/time.ts';
import type { Parcel, SendOutcome } from '../model/transport.ts';
import { later } from '../model/zoned.ts';
import type { Parts } from './parts.ts';
import { responseToRefusal } from './respond.ts';
import { settlementOf } from './settlement.ts';

/** Longer than a transport may take to look and to send: a claim that outlives it is lost. */
const LEASE_MS = 30 * 60_000;

export interface DelivererOptions {
  /** Ends the work: nothing more is claimed. */
  readonly signal: AbortSignal;
  /** Breaks off what is being sent; some of it may have arrived. */
  readonly cutOff: AbortSignal;
  /** Told when a delivery that was put back comes due. */
  readonly lookAt: (at: Instant) => void;
}

export class Deliverer {
  readonly #parts: Parts;
  readonly #options: DelivererOptions;
  /** Sends under way, and the claims that follow them. */
  readonly #running = new Set<Promise<void>>();
  /** Connectors of which a claim waits; true: it was asked for again meanwhile. */
  readonly #claiming = new Map<string, boolean>();

  constructor(parts: Parts, options: DelivererOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /**
   * Begins what is due for one connector, as far as its concurrency allows. One claim of a connector
   * waits for its commit at a time, however many ask; then it is claimed once more for all of those.
   */
  async deliver(connectorId: string): Promise<void> {
    const isClaiming = this.#claiming.has(connectorId);
    this.#claiming.set(connectorId, isClaiming);
    if (isClaiming) return;
    try {
      do {
        this.#claiming.set(connectorId, false);
        await this.#begin(connectorId);
      } while (this.#claiming.get(connectorId) === true);
    } finally {
      this.#claiming.delete(connectorId);
    }
  }

  async #begin(connectorId: string): Promise<void> {
    const connector = this.#parts.setup().connector(connectorId);
    if (connector === undefined || this.#options.signal.aborted) return;
    for (const delivery of await claim(this.#parts, connector)) {
      this.#run(this.#sendOne(connector, delivery), connectorId);
    }
  }

  /** Returns when nothing that was begun is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** What fails here is found again by the watcher. */
  #run(work: Promise<void>, connector: string): void {
    const ended = work
      .catch((error: unknown) => {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#parts.log('error', 'deliver failed, and is found again by the watcher', {
          connector,
          reason,
        });
      })
      .finally(() => this.#running.delete(ended));
    this.#running.add(ended);
  }

  async #sendOne(connector: Connector, delivery: ClaimedDelivery): Promise<void> {
    const parts = this.#parts;
    parts.faultPoint('send');
    const outcome = await send(parts, connector, delivery, this.#options.cutOff);
    parts.faultPoint('settle');
    const settlement = settlementOf(parts, connector, delivery, outcome);
    const response = await responseToRefusal(parts, delivery, outcome, settlement);
    const at = parts.clock.now();
    const settled = parts.store.settle(delivery.id, delivery.token, settlement, at, response);
    // Asked for in the same turn, so that it shares the commit and finds the place free.
    this.#run(this.deliver(connector.id), connector.id);
    const kept = await settled;
    parts.faultPoint('settle');
    if (response !== undefined) parts.queue.wake('route', response.transfer);
    if (settlement.state === 'queued') this.#options.lookAt(settlement.nextAt);
    parts.log(settlement.state === 'failed' ? 'error' : 'info', `delivery ${settlement.state}`, {
      delivery: delivery.id,
      connector: connector.id,
      attempt: delivery.attempt,
      ...(kept ? {} : { stale: true }),
      ...(settlement.state === 'sent' ? {} : { reason: settlement.text }),
    });
  }
}

function claim(parts: Parts, connector: Connector): Promise<readonly ClaimedDelivery[]> {
  const now = parts.clock.now();
  const isSerial = connector.order === 'serial';
  return parts.store.claim({
    connector: connector.id,
    now,
    leaseUntil: later(now, LEASE_MS),
    limit: isSerial ? 1 : connector.concurrency,
    concurrency: connector.concurrency,
    serial: isSerial,
    repeat: connector.repeat,
  });
}

async function send(
  parts: Parts,
  connector: Connector,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
): Promise<SendOutcome> {
  // As the file says now: since the delivery was made, it may have been given another way out.
  const transport = parts.transports.get(connector.out?.use ?? '');
  if (transport?.send === undefined || connector.out === undefined) {
    const text = `${connector.file} has no "out:" that can send: add one, reload, and resend.`;
    return { ok: false, retry: 'permanent', text };
  }
  try {
    return await transport.send(connector.out.settings, parcel(parts, delivery), {
      clock: parts.clock,
      random: parts.random,
      makeId: parts.makeId,
      path: parts.path,
      secret: parts.secret,
      signal,
    });
  } catch (error) {
    return broken(error);
  }
}

/** A transport must not throw; if one does, a missing secret is waited for, the rest is unsure. */
function broken(error: unknown): SendOutcome {
  const text = error instanceof Error ? error.message : String(error);
  const retry = error instanceof HubError ? error.retry : 'ambiguous';
  return { ok: false, retry, text };
}

function parcel(parts: Parts, delivery: ClaimedDelivery): Parcel {
  return {
    delivery: delivery.id,
    fileName: delivery.fileName,
    contentType: delivery.contentType,
    messageType: delivery.messageType,
    size: delivery.size,
    bytes: () => parts.store.bytes(delivery.digest),
    attempt: delivery.attempt - 1,
  };
}
