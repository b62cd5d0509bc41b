/** A connector as the hub uses it: resolved from its file, kits and config/hub.yaml. */
import type { AcknowledgePolicy } from './acknowledge-policy.ts';
import type { EnvelopeTerms, PartyId } from './envelope.ts';
import type { MessageType } from './message.ts';

/** Done with a control number that comes again; `accept` tells it, `ignore` does not look. */
export type Retain = 'refuse' | 'hold' | 'accept' | 'ignore';

export interface DuplicatePolicy {
  /** ISA13, UNB 0020: by sender and receiver. */
  readonly interchange: Retain;
  /** GS06, UNG 0048: by sender, receiver, functional id and application ids. */
  readonly group: Retain;
  /** ST02, UNH 0062: by sender, receiver and kind of message. */
  readonly message: Retain;
}

export interface Connector {
  /** The file's name without `.yaml`: lower case letters, digits, `-`. */
  readonly id: string;
  readonly name: string;
  readonly role: 'partner' | 'erp';
  readonly mode: 'live' | 'test';
  /** Their ids by scheme: x12 `ZZ:ACMERETAIL`, edifact `14:4012345000009`, cxml, gln, erp ... */
  readonly ids: Readonly<Record<string, string>>;
  /** Our ids as this partner knows us, by the same schemes. */
  readonly us: Readonly<Record<string, string>>;
  /** IANA zone of times that carry none. */
  readonly zone: string;
  readonly in: TransportUse | undefined;
  readonly out: TransportUse | undefined;
  /** Id of the connector (a VAN) that carries this one's traffic. */
  readonly via: string | undefined;
  readonly inbound: readonly Agreement[];
  readonly outbound: readonly Agreement[];
  /** What a repeat of a delivery does at their side. */
  readonly repeat: 'safe' | 'lookup' | 'never';
  /** `serial`: one after another in the order they were made; else up to `concurrency` at once. */
  readonly order: 'serial' | 'free';
  readonly concurrency: number;
  readonly retry: RetryPolicy;
  /** What is done with duplicates; by default interchanges are refused, others not looked for. */
  readonly duplicates: DuplicatePolicy;
  /** Days in which the same control number is a duplicate. */
  readonly duplicateDays: number;
  /**
   * When the envelope of what they send is answered by a TA1: where ISA14 asks (default), always,
   * where something is wrong with it, or never.
   */
  readonly ta1: 'asked' | 'always' | 'onError' | 'never';
  /** Free values that mappings may use as `$connector.x` and `$agreement.x`. */
  readonly values: Readonly<Record<string, string>>;
  /** Severities by finding code that differ from the usual: what is tolerated is still told. */
  readonly tolerance?: Readonly<Record<string, 'error' | 'warning' | 'info' | 'ignore'>>;
  /** Kinds of documents that are not sent to them, by intent. */
  readonly declines?: readonly string[];
  /** Below those of the hub. */
  readonly limits?: { readonly messageBytes: number };
  /** The file it was read from, for messages. */
  readonly file: string;
  /** Line of each key of the file, for messages. */
  readonly lines?: Readonly<Record<string, number>>;
}

export interface TransportUse {
  /** Name of the transport: `directory`, `http`. */
  readonly use: string;
  /** The rest of the block, checked by the transport's own settings schema. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly firstSeconds: number;
  readonly maxSeconds: number;
}

/** What one connector exchanges, one way. */
export interface Agreement {
  readonly message: MessageType;
  /** The mapping's path below mappings/, without `.yaml`. */
  readonly mapping: string;
  /** Inbound: how we answer it. */
  readonly acknowledge: AcknowledgePolicy;
  /** Outbound: the acknowledgement we expect, and within how many seconds (none: no deadline). */
  readonly expect:
    | { readonly message: string; readonly withinSeconds: number | undefined }
    | undefined;
  /** Outbound: when it is due, as written (`24h after order received`). */
  readonly due: string | undefined;
  /** X12 GS02/GS03 and EDIFACT UNG S006/S007 where they differ from the interchange ids; ours and theirs. */
  readonly application: { readonly us: string; readonly them: string } | undefined;
  readonly syntax: Readonly<Record<string, string>>;
  /** Outbound EDIFACT (and `requestAcknowledgement` of X12): what the envelope says beside. */
  readonly envelope?: EnvelopeTerms;
  readonly mode: 'live' | 'test' | undefined;
  readonly values: Readonly<Record<string, string>>;
}

/** Parses `ZZ:ACMERETAIL`; without a colon the qualifier is empty. */
export function parsePartyId(text: string): PartyId {
  const colon = text.indexOf(':');
  return colon < 0
    ? { qualifier: '', id: text }
    : { qualifier: text.slice(0, colon), id: text.slice(colon + 1) };
}
