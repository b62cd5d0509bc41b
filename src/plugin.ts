/**
 * `tradelane/plugin`: all that a plugin from npm may import. A plugin is a package whose default
 * export is a Plugin; config/hub.yaml names it under `plugins:`.
 */
import type { Codec } from './model/codec.ts';
import type { Transport } from './model/transport.ts';

export type { Codec, CodecEvent, DecodeOptions, Decoder, Reply } from './model/codec.ts';
export type { InterchangeData, InterchangeEnvelope, PartyId, Syntax } from './model/envelope.ts';
export { HubError, type Retry } from './model/errors.ts';
export type { Fault, Finding, Place, Severity } from './model/finding.ts';
export type { ContentData, Message, MessageType, Segments, TreeNode } from './model/message.ts';
export { messageKey } from './model/message.ts';
export type {
  Accepted,
  Arrival,
  Parcel,
  ReceivePort,
  Receiver,
  SendOutcome,
  SendPort,
  Transport,
} from './model/transport.ts';

/** What a plugin adds. Names must be new: nothing of the hub's own is replaced. */
export interface Plugin {
  readonly name: string;
  readonly transports?: readonly Transport[];
  readonly codecs?: readonly Codec[];
}
