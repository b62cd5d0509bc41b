/** The codec port: bytes to interchanges and back. A codec is one folder in codecs/. */
import type { GroupEnvelope, InterchangeData, InterchangeEnvelope, Syntax } from './envelope.ts';
import type { Finding } from './finding.ts';
import type { Message, MessageType, Segments } from './message.ts';

/**
 * What a decoder says, in the order of the bytes. Faults of a level are told with its end, those of
 * a message with the message; `outside` tells of bytes that belong to no interchange.
 * Each `interchange` is followed by exactly one `interchangeEnd`, each `group` by one `groupEnd`,
 * trailer or no trailer: a missing one is a finding there.
 */
export type CodecEvent =
  | {
      readonly is: 'interchange';
      readonly envelope: InterchangeEnvelope;
      /** ISA or UNB as the only segment; valid during the event. Absent: none, or a damaged one. */
      readonly header?: Segments;
    }
  | {
      readonly is: 'group';
      readonly group: GroupEnvelope;
      /** GS or UNG as the only segment; valid during the event. */
      readonly header?: Segments;
    }
  | { readonly is: 'message'; readonly message: Message; readonly findings: readonly Finding[] }
  | {
      readonly is: 'groupEnd';
      readonly group: GroupEnvelope;
      /** Messages seen, and messages counted by the trailer (GE01). */
      readonly messages: number;
      readonly counted: number | undefined;
      readonly end: number;
      readonly findings: readonly Finding[];
    }
  | {
      readonly is: 'interchangeEnd';
      readonly envelope: InterchangeEnvelope;
      readonly messages: number;
      readonly groups: number;
      readonly end: number;
      readonly findings: readonly Finding[];
    }
  | { readonly is: 'outside'; readonly findings: readonly Finding[] };

export interface DecodeLimits {
  /** A larger message is a finding and its content is not read (`limits.messageBytes`). */
  readonly messageBytes: number;
  /** Depth, children and attributes of a tree. */
  readonly treeDepth: number;
  readonly treeNodes: number;
  readonly attributes: number;
  /** So many findings are told of one level; the rest are counted. */
  readonly messageFindings: number;
}

export const defaultDecodeLimits: DecodeLimits = {
  messageBytes: 16 * 1024 * 1024,
  treeDepth: 100,
  treeNodes: 1_000_000,
  attributes: 256,
  messageFindings: 100,
};

/** Takes the bytes in chunks of any size; the same bytes give the same events however cut. */
export interface Decoder {
  write(chunk: Uint8Array): void;
  end(): void;
}

export interface DecodeOptions {
  readonly limits: DecodeLimits;
  /** For formats whose bytes do not say what they are (JSON, CSV): the transport's or agreement's word. */
  readonly messageType?: MessageType;
}

/** The answer that came back in the same exchange (cXML Response): theirs, in one word. */
export interface Reply {
  /** `retry`: transient, the same bytes may be sent again. */
  readonly verdict: 'accepted' | 'rejected' | 'retry';
  /** Their code and words: `406`, `Not acceptable: unknown part`. */
  readonly code: string;
  readonly text: string;
  /** Their id of what was sent, where the reply has one. */
  readonly remoteId?: string;
}

export interface Codec {
  /** As in a message key: `x12`, `edifact`, `cxml`, `json`. */
  readonly name: string;
  readonly contentType: string;
  /** File name extension of what it writes, with the dot. */
  readonly extension: string;
  /** Whether these first bytes (up to 4096) are of this codec. Never throws. */
  sniff(head: Uint8Array): boolean;
  decoder(on: (event: CodecEvent) => void, options: DecodeOptions): Decoder;
  /**
   * One message again, from its own byte range, with the syntax its envelope had.
   * `partStart` is where the range begins in the part, so that offsets stay true.
   */
  message(
    bytes: Uint8Array,
    found: {
      readonly type: MessageType;
      readonly control: string;
      readonly index: number;
      readonly start: number;
    },
    syntax: Syntax,
    limits: DecodeLimits,
  ): Message;
  /** The bytes of a whole interchange. Throws HubError `cannot-encode` for data it cannot guard. */
  encode(interchange: InterchangeData): Uint8Array;
  /** Understands an answer given in the same exchange; undefined where it is none of ours. */
  reply?(bytes: Uint8Array): Reply | undefined;
}
