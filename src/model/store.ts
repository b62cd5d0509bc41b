/**
 * The store port: the durable truth, spoken in intentions. Each method is one unit that awaits
 * nothing but the database; it returns after the commit that holds it. No transaction object
 * leaves store/. Times are `Instant`s, ids come from `MakeId`, amounts are text.
 */
import type { GroupEnvelope, InterchangeEnvelope } from './envelope.ts';
import type { Retry } from './errors.ts';
import type { Finding } from './finding.ts';
import type { Range } from './range.ts';
import type {
  AnswerState,
  DeliveryState,
  DocumentState,
  MessageState,
  TransferState,
} from './states.ts';
import type { Instant } from './time.ts';

// ---- receive -------------------------------------------------------------------------------

/** Bytes on their way into the store: chunks are written as they come, the digest is SHA-256 hex. */
export interface StagedBlob {
  readonly digest: string;
  readonly size: number;
  /** Small bodies ride here and are stored with the accept; large ones are stored already. */
  readonly staged: string | Uint8Array;
}

export interface NewTransfer {
  readonly id: string;
  readonly connector: string;
  readonly transport: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly blob: StagedBlob;
  }[];
  readonly at: Instant;
}

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

// ---- check ---------------------------------------------------------------------------------

/** Verdict on one message, or on bytes that are none. Findings are bounded by the caller. */
export interface CheckedMessage {
  /** Position in the transfer over all parts, from 0. */
  readonly index: number;
  readonly part: number;
  readonly interchange: number;
  /** Index of the group in its interchange; -1 where there is none. */
  readonly group: number;
  readonly message: string;
  readonly association: string | undefined;
  readonly control: string;
  readonly start: number;
  readonly end: number;
  /** The partner whose message it is (not the VAN); undefined when unknown. */
  readonly partner: string | undefined;
  readonly mapping: string | undefined;
  readonly state: MessageState;
  readonly findings: readonly Finding[];
}

export interface CheckedInterchange {
  readonly index: number;
  readonly part: number;
  readonly envelope: InterchangeEnvelope;
  readonly end: number;
  readonly state: 'accepted' | 'rejected' | 'held';
  readonly partner: string | undefined;
  readonly messages: number;
  readonly findings: readonly Finding[];
  readonly groups: readonly CheckedGroup[];
}
export interface CheckedGroup {
  readonly index: number;
  readonly envelope: GroupEnvelope;
  readonly state: 'accepted' | 'partly' | 'rejected' | 'held';
  readonly messages: number;
  readonly accepted: number;
  readonly findings: readonly Finding[];
}

export interface Verdict {
  readonly transfer: string;
  readonly at: Instant;
  /** `quarantined` when nothing of it may go on; `released` when there is nothing to release. */
  readonly state: 'checked' | 'released' | 'quarantined';
  readonly reason: string | undefined;
  readonly isTest: boolean;
  readonly interchanges: readonly CheckedInterchange[];
  /** Messages not yet given by `recordMessages`. */
  readonly messages: readonly CheckedMessage[];
  /** Messages whose state the end of their group or interchange changed: `[from, to)` by index. */
  readonly overruled: readonly {
    readonly from: number;
    readonly to: number;
    readonly state: MessageState;
  }[];
  /** Findings of the transfer as a whole. */
  readonly findings: readonly Finding[];
  readonly acknowledgements: readonly NewDelivery[];
  /** What acknowledgements in it say of our outbound messages. */
  readonly answers: readonly Answer[];
}

/** What the other side said of a message, a group or an interchange of ours. */
export interface Answer {
  readonly standard: string;
  readonly connector: string;
  /** Which control number is answered: the whole interchange, one group, or one message in it. */
  readonly interchange?: string;
  readonly group?: string;
  readonly message?: string;
  readonly verdict: 'accepted' | 'rejected';
  /** Their code and words, for people. */
  readonly code: string;
  readonly text: string;
  /** The transfer that brought it. */
  readonly transfer: string;
}

// ---- release -------------------------------------------------------------------------------

export interface AcceptedMessage {
  readonly transfer: string;
  readonly index: number;
  readonly part: number;
  readonly digest: string;
  readonly envelope: InterchangeEnvelope | undefined;
  readonly group: GroupEnvelope | undefined;
  readonly message: string;
  readonly association: string | undefined;
  readonly control: string;
  readonly start: number;
  readonly end: number;
  readonly partner: string | undefined;
  readonly mapping: string | undefined;
  readonly isTest: boolean;
  /** The transfer's connector and arrival time. */
  readonly connector: string;
  readonly receivedAt: Instant;
}

export interface Release {
  readonly transfer: string;
  readonly at: Instant;
  readonly messages: readonly {
    readonly index: number;
    /** released, or held when the mapping found errors. */
    readonly state: 'released' | 'held';
    readonly findings: readonly Finding[];
    readonly document: NewDocument | undefined;
  }[];
  /** Set with the last batch: the transfer itself becomes released. */
  readonly last: boolean;
}

export interface NewDocument {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  /** The partner it is from, and the connector that brought it. */
  readonly partner: string | undefined;
  readonly isTest: boolean;
  readonly body: string;
  /** Digests of mapping, overlay, tables, connector, schema: so that it can be made again. */
  readonly made: Readonly<Record<string, string>>;
  /** Typed references that tie documents into lifecycles: `order:4711`, `invoice:90001`. */
  readonly references: readonly {
    readonly type: string;
    readonly id: string;
    readonly partner: string;
  }[];
}

export interface DocumentRow extends NewDocument {
  readonly state: DocumentState;
  readonly transfer: string;
  readonly messageIndex: number;
  /** Connector that brought the transfer. */
  readonly connector: string;
  readonly at: Instant;
}

// ---- route, write --------------------------------------------------------------------------

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

/** What routing made of one document. */
export interface Dispatch {
  readonly document: string;
  readonly at: Instant;
  readonly state: 'routed' | 'unrouted' | 'held';
  readonly findings: readonly Finding[];
  readonly deliveries: readonly NewDelivery[];
}

// ---- deliver -------------------------------------------------------------------------------

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

// ---- reading -------------------------------------------------------------------------------

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

export interface Store {
  readonly name: string;
  // receive
  stage(bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<StagedBlob>;
  accept(transfer: NewTransfer): Promise<{ readonly transfer: string; readonly repeated: boolean }>;
  /** An arrival of which nothing was stored becomes an event, `transfer.refused` of its connector. */
  recordRefusal?(refusal: {
    readonly connector: string;
    readonly at: Instant;
    readonly text: string;
  }): Promise<void>;
  // check
  transfer(id: string): Promise<TransferRow | undefined>;
  /** The bytes of a blob or of a range of it, in chunks of at most 256 KB. */
  bytes(digest: string, range?: Range): AsyncIterable<Uint8Array>;
  /** Forgets what an interrupted check left, so that it can begin again. */
  beginCheck(transfer: string): Promise<void>;
  /** Messages of a check under way: invisible until its verdict. Repeating a batch changes nothing. */
  recordMessages(transfer: string, messages: readonly CheckedMessage[]): Promise<void>;
  recordVerdict(verdict: Verdict): Promise<void>;
  /** The first transfer and index of an interchange seen before in the window, this transfer aside. */
  findDuplicate(interchange: {
    readonly standard: string;
    readonly sender: string;
    readonly receiver: string;
    readonly control: string;
    readonly since: Instant;
    readonly transfer: string;
  }): Promise<{ readonly transfer: string; readonly index: number } | undefined>;
  // release
  acceptedMessages(transfer: string, limit: number): Promise<readonly AcceptedMessage[]>;
  release(release: Release): Promise<void>;
  // route, write
  newDocuments(transfer: string, limit: number): Promise<readonly DocumentRow[]>;
  dispatch(dispatches: readonly Dispatch[]): Promise<void>;
  // deliver
  claim(request: ClaimRequest): Promise<readonly ClaimedDelivery[]>;
  /** Claims the reply made for a transfer, if there is one. */
  claimReply(
    transfer: string,
    now: Instant,
    leaseUntil: Instant,
  ): Promise<ClaimedDelivery | undefined>;
  /** False: the claim was lost to another (stale token); nothing was changed. */
  settle(id: string, token: number, settlement: Settlement, at: Instant): Promise<boolean>;
  // watch
  /** Ids whose next step was never woken or never ended, by topic; deliver gives connector ids. */
  due(now: Instant): Promise<{
    readonly check: readonly string[];
    readonly release: readonly string[];
    readonly route: readonly string[];
    readonly deliver: readonly string[];
    /** When the earliest waiting delivery comes due; undefined: none waits. */
    readonly nextAt: Instant | undefined;
  }>;
  /** Marks awaited answers past their time overdue, returns how many. */
  markOverdue(now: Instant): Promise<number>;
  /**
   * Claims leased until `leasedUntil` or earlier (by default now) belong to a hub that is gone: they
   * go back to `queued` and are unsure. At most 1000 at a call; returns how many.
   */
  settleLostClaims(now: Instant, leasedUntil?: Instant): Promise<number>;
  // control
  resend(delivery: string, at: Instant): Promise<DeliveryState>;
  cancel(delivery: string, at: Instant): Promise<DeliveryState>;
  /** Puts a transfer's held, rejected or quarantined messages, or its unrouted documents, back to work. */
  replay(
    transfer: string,
    at: Instant,
  ): Promise<{ readonly messages: number; readonly documents: number; readonly recheck: boolean }>;
  // reading
  transfers(
    request: PageRequest & { readonly state?: TransferState; readonly connector?: string },
  ): Promise<Page<TransferRow>>;
  messages(
    request: PageRequest & { readonly transfer?: string; readonly state?: MessageState },
  ): Promise<Page<MessageRow>>;
  documents(
    request: PageRequest & {
      readonly kind?: string;
      readonly number?: string;
      readonly partner?: string;
    },
  ): Promise<Page<DocumentRow>>;
  document(id: string): Promise<DocumentRow | undefined>;
  /** The newest document of a kind with this number for a partner (`$order`). */
  findDocument(
    kind: string,
    number: string,
    partner: string | undefined,
  ): Promise<DocumentRow | undefined>;
  deliveries(
    request: PageRequest & {
      readonly state?: DeliveryState;
      readonly connector?: string;
      readonly transfer?: string;
      readonly document?: string;
    },
  ): Promise<Page<DeliveryRow>>;
  delivery(id: string): Promise<DeliveryRow | undefined>;
  findings(
    request: PageRequest & {
      readonly transfer?: string;
      readonly delivery?: string;
      readonly document?: string;
      readonly code?: string;
    },
  ): Promise<Page<FindingRow>>;
  events(request: PageRequest & { readonly subject?: string }): Promise<Page<EventRow>>;
  lifecycles(
    request: PageRequest & { readonly partner?: string; readonly order?: string },
  ): Promise<Page<LifecycleRow>>;
  /** Counts by state, for status. */
  counts(): Promise<
    Readonly<
      Record<
        'transfers' | 'messages' | 'documents' | 'deliveries' | 'outbound',
        Readonly<Record<string, number>>
      >
    >
  >;
  // keys
  addApiKey(key: ApiKeyRow): Promise<void>;
  apiKeyByHash(hash: string): Promise<ApiKeyRow | undefined>;
  apiKeys(): Promise<readonly ApiKeyRow[]>;
  removeApiKey(id: string): Promise<boolean>;
  close(): Promise<void>;
}
