/** Deliveries as the store is given them and hands them out: planned, claimed, settled. */

import type { Retry } from './errors.ts';
import type { Finding } from './finding.ts';
import type { Instant } from './time.ts';

/** One counter: never reused, never skipped, wraps after 999999999 to 1. */
export interface CounterKey {
  readonly standard: string;
  readonly us: string;
  readonly them: string;
  readonly isTest: boolean;
  readonly level: 'interchange' | 'group' | 'message';
  /** Highest value before the wrap. */
  readonly max: number;
}

export interface NewDelivery {
  readonly id: string;
  /** The counterparty it is for, and the connector that carries it (a VAN, or the same). */
  readonly partner: string;
  readonly connector: string;
  /** `reply`: claimed by the exchange that waits for it, not by deliver. */
  readonly transport: string;
  readonly isTest: boolean;
  readonly kind: 'document' | 'acknowledgement';
  /** Serial deliveries of the same connector are sent one after another. */
  readonly serial: boolean;
  readonly messageType: string;
  readonly contentType: string;
  readonly document: string | undefined;
  /** The transfer it answers (acknowledgements) or came from. */
  readonly transfer: string | undefined;
  readonly numbers: readonly CounterKey[];
  /**
   * Called inside the unit with the numbers taken, in the order of `numbers`; pure and synchronous.
   * If it throws, no number is used and nothing is stored.
   */
  readonly write: (numbers: readonly number[]) => WrittenPayload;
}

export interface WrittenPayload {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly messages: readonly NewOutboundMessage[];
  readonly findings: readonly Finding[];
}

export interface NewOutboundMessage {
  readonly message: string;
  readonly standard: string;
  readonly interchange: string;
  readonly group: string | undefined;
  readonly control: string;
  readonly state: 'none' | 'awaited';
  readonly dueAt: Instant | undefined;
}

/** An acknowledgement of what was held whole, for when it is let pass. */
export interface HeldAnswer {
  readonly interchange: number;
  /** Undefined: the whole interchange. */
  readonly group: number | undefined;
  readonly delivery: NewDelivery;
}

/** What routing made of one document. */
export interface Dispatch {
  readonly document: string;
  readonly at: Instant;
  readonly state: 'routed' | 'unrouted' | 'held';
  readonly findings: readonly Finding[];
  readonly deliveries: readonly NewDelivery[];
}

export interface ClaimedDelivery {
  readonly id: string;
  /** Fencing token: grows with each claim; settling with an older one fails. */
  readonly token: number;
  readonly partner: string;
  readonly connector: string;
  readonly transport: string;
  readonly messageType: string;
  readonly contentType: string;
  readonly fileName: string;
  readonly digest: string;
  readonly size: number;
  readonly isTest: boolean;
  readonly kind: 'document' | 'acknowledgement';
  readonly attempt: number;
  /** The delivery was being sent when its hub died: it may have arrived. */
  readonly unsure: boolean;
}

export interface ClaimRequest {
  readonly connector: string;
  readonly now: Instant;
  readonly leaseUntil: Instant;
  readonly limit: number;
  /** How many may be out at once for this connector, and whether they go one after another. */
  readonly concurrency: number;
  readonly serial: boolean;
  /** What to do with a claim whose hub died while sending. */
  readonly repeat: 'safe' | 'lookup' | 'never';
}

export type Settlement =
  | {
      readonly state: 'sent';
      readonly text: string;
      readonly remoteId: string | undefined;
      /** Their word in the same exchange, for all messages of the delivery. */
      readonly answer:
        | {
            readonly verdict: 'accepted' | 'rejected';
            readonly code: string;
            readonly text: string;
          }
        | undefined;
    }
  | {
      readonly state: 'queued';
      readonly text: string;
      readonly nextAt: Instant;
      /** How the attempt failed; transient when not said. After an ambiguous one it is `unsure`. */
      readonly outcome?: 'transient' | 'ambiguous';
    }
  | {
      readonly state: 'failed';
      readonly text: string;
      readonly finding: Finding;
      /** How the last attempt failed; permanent when not said. */
      readonly outcome?: Retry;
    };
