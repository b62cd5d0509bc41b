/** What the store gives to read: rows as plain data, lists in pages. */

import type { NewOutboundMessage } from './delivery.ts';
import type { Finding } from './finding.ts';
import type {
  AnswerState,
  DeliveryState,
  DocumentState,
  MessageState,
  TransferState,
} from './states.ts';
import type { NewDocument } from './store.ts';
import type { Instant } from './time.ts';

export interface TransferRow {
  readonly id: string;
  readonly connector: string;
  readonly transport: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly state: TransferState;
  readonly receivedAt: Instant;
  readonly isTest: boolean;
  /** Why it is quarantined, for people. */
  readonly reason: string | undefined;
  readonly parts: readonly PartRow[];
}

export interface PartRow {
  readonly index: number;
  readonly name: string;
  readonly contentType: string;
  readonly digest: string;
  readonly size: number;
}

export interface DocumentRow extends NewDocument {
  readonly state: DocumentState;
  readonly transfer: string;
  /** The message it was read from, or answers. */
  readonly messageIndex: number;
  /** Made by the hub, as its word to who sent that message (applicationResponse). */
  readonly isOurs: boolean;
  /** Connector that brought the transfer. */
  readonly connector: string;
  readonly at: Instant;
}

/**
 * A list over everything reads newest first; a list about one thing (messages of a transfer, findings
 * of a transfer, delivery or document, events of a subject) in the order it came to be.
 */
export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back to get the next page; undefined on the last. */
  readonly next: string | undefined;
}
export interface PageRequest {
  readonly limit: number;
  readonly after: string | undefined;
}

export interface MessageRow {
  readonly transfer: string;
  readonly index: number;
  readonly message: string;
  readonly control: string;
  readonly partner: string | undefined;
  readonly state: MessageState;
  readonly start: number;
  readonly end: number;
  readonly findings: number;
  readonly document: string | undefined;
}

export interface DeliveryRow {
  readonly id: string;
  readonly partner: string;
  readonly connector: string;
  readonly transport: string;
  readonly state: DeliveryState;
  readonly kind: 'document' | 'acknowledgement';
  readonly messageType: string;
  readonly isTest: boolean;
  readonly document: string | undefined;
  readonly transfer: string | undefined;
  readonly fileName: string;
  readonly digest: string;
  readonly size: number;
  readonly createdAt: Instant;
  readonly nextAt: Instant | undefined;
  readonly sentAt: Instant | undefined;
  readonly remoteId: string | undefined;
  /** Last attempt's words. */
  readonly text: string | undefined;
  /** The delivery that was written anew in its place, after a rejection. */
  readonly reissuedAs: string | undefined;
  readonly attempts: readonly AttemptRow[];
  readonly messages: readonly OutboundMessageRow[];
}
export interface AttemptRow {
  readonly number: number;
  readonly startedAt: Instant;
  readonly endedAt: Instant | undefined;
  readonly outcome: 'sending' | 'sent' | 'transient' | 'ambiguous' | 'permanent' | 'lost';
  readonly text: string | undefined;
}
export interface OutboundMessageRow extends Omit<NewOutboundMessage, 'state'> {
  readonly id: string;
  readonly state: AnswerState;
  readonly answeredBy: string | undefined;
  readonly answer: string | undefined;
}

export interface FindingRow extends Finding {
  readonly id: string;
  readonly transfer: string | undefined;
  readonly messageIndex: number | undefined;
  readonly document: string | undefined;
  readonly delivery: string | undefined;
  readonly at: Instant;
}

/** One change of one state. */
export interface EventRow {
  readonly id: string;
  readonly at: Instant;
  /** `transfer.checked`, `message.released`, `delivery.sent`, `outbound.accepted` ... */
  readonly what: string;
  readonly subject: string;
  readonly text: string;
}

/** Where an order stands, from its documents and their deliveries. */
export interface LifecycleRow {
  readonly partner: string;
  readonly order: string;
  readonly documents: readonly {
    readonly id: string;
    readonly kind: string;
    readonly number: string;
    readonly at: Instant;
    readonly delivery: string | undefined;
    readonly state: DeliveryState | undefined;
    readonly answer: AnswerState | undefined;
  }[];
}

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** SHA-256 hex of the key; the key itself is never stored. */
  readonly hash: string;
  /** `admin`, `read`, or a connector's id: may post for it. */
  readonly role: string;
  readonly createdAt: Instant;
}
