/**
 * The store port: the durable truth, spoken in intentions. Each method is one unit that awaits
 * nothing but the database; it returns after the commit that holds it. No transaction object
 * leaves store/. Times are `Instant`s, ids come from `MakeId`, amounts are text.
 */

import type { Answer, AnsweredMessage } from './answer.ts';
import type {
  ClaimedDelivery,
  ClaimRequest,
  Dispatch,
  HeldAnswer,
  NewDelivery,
  Settlement,
} from './delivery.ts';
import type { GroupEnvelope, InterchangeEnvelope } from './envelope.ts';
import type { Finding } from './finding.ts';
import type { Range } from './range.ts';
import type {
  ApiKeyRow,
  DeliveryRow,
  DocumentRow,
  EventRow,
  FindingRow,
  LifecycleRow,
  MessageRow,
  Page,
  PageRequest,
  TransferRow,
} from './rows.ts';
import type { DeliveryState, MessageState, TransferState } from './states.ts';
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
  /** Its numbers are counted with those of test traffic. */
  readonly isTest: boolean;
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

/** A control number as its sender counts it: unique for both ids, apart in test and live. */
export interface ControlNumberKey {
  readonly level: 'interchange' | 'group' | 'message';
  readonly standard: string;
  readonly sender: string;
  readonly receiver: string;
  readonly isTest: boolean;
  /** What else the number is counted in: functional id and ids of a group, name of a message. */
  readonly scope: string;
  readonly control: string;
}

/** Where a control number was seen before. */
export interface SeenNumber {
  readonly transfer: string;
  /** Of the interchange or group, or of the message in its transfer. */
  readonly index: number;
  /** Undefined, as are its bytes: it is being checked at this moment. */
  readonly receivedAt: Instant | undefined;
  readonly bytes: BlobRange | undefined;
}

export interface BlobRange extends Range {
  readonly digest: string;
}

/** A number of a group or message that must not come again. */
export interface TakenNumber extends ControlNumberKey {
  readonly index: number;
  readonly bytes: BlobRange;
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
  /** Numbers of groups and messages that must not come again. */
  readonly numbers: readonly TakenNumber[];
  /** Findings of the transfer as a whole. */
  readonly findings: readonly Finding[];
  readonly acknowledgements: readonly NewDelivery[];
  /** What acknowledgements in it say of our outbound messages. */
  readonly answers: readonly Answer[];
  /** Stored in the same commit, where it is known already. */
  readonly onward?: Onward | undefined;
}

/** What the messages of a transfer became: as `release` and `dispatch` would store it afterwards. */
export interface Onward {
  /** All that the verdict accepts. */
  readonly messages: Release['messages'];
  readonly dispatches: readonly Dispatch[];
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
    /** Our own word to its sender, as a new document beside it: the first of a message stays. */
    readonly response?: NewDocument | undefined;
    /** What it says of documents that we sent. */
    readonly answers?: readonly Answer[];
  }[];
  /** Set with the last batch: the transfer itself becomes released. */
  readonly last: boolean;
}

/** An application response of ours to a message that is released already. */
export interface NewResponse {
  readonly transfer: string;
  /** The message it answers. */
  readonly index: number;
  readonly connector: string;
  readonly document: NewDocument;
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
  /** For each number where it was first seen in the window, if it was; this transfer aside. */
  findDuplicates(
    searches: readonly (ControlNumberKey & {
      readonly since: Instant;
      readonly transfer: string;
    })[],
  ): Promise<readonly (SeenNumber | undefined)[]>;
  /** The outbound messages that an answer would settle, in their order; at most so many. */
  answered(answer: Answer, isTest: boolean, limit: number): Promise<readonly AnsweredMessage[]>;
  // release
  /** The oldest transfer of a connector that is not released and routed: the next in its order. */
  firstUnreleased(connector: string): Promise<string | undefined>;
  acceptedMessages(transfer: string, limit: number): Promise<readonly AcceptedMessage[]>;
  /** One message of a transfer with its verdict, whatever became of it. */
  message(transfer: string, index: number): Promise<AcceptedMessage | undefined>;
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
  /**
   * False: the claim was lost to another (stale token); nothing was changed. `response` tells a partner
   * that his document was refused; the first of a message stays.
   */
  settle(
    id: string,
    token: number,
    settlement: Settlement,
    at: Instant,
    response?: NewResponse,
  ): Promise<boolean>;
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
  /**
   * Stores a delivery in the place of one that was rejected. Throws HubError `conflict` where
   * nobody rejected it, or another took its place already.
   */
  reissue(delivery: string, made: NewDelivery, at: Instant): Promise<void>;
  /** Puts what waits of a transfer back to work, with the answers to what was held whole. */
  replay(
    transfer: string,
    at: Instant,
    answers?: readonly HeldAnswer[],
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
      /** Only those with a message that the other side rejected, or has not answered in time. */
      readonly answer?: 'rejected' | 'overdue';
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
