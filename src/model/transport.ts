/** The transport port: bytes <-> the world. A transport is one file or folder in transports/. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TSchema } from 'typebox';
import type { HubError, Retry } from './errors.ts';
import type { Surroundings } from './time.ts';

/** One arrival, as a transport hands it over. Streams are read once, in order. */
export interface Arrival {
  /** The authenticated connector. */
  readonly connector: string;
  readonly transport: string;
  /** What the protocol knows a repeat by: Message-ID, Idempotency-Key, payloadID, path + time + digest. */
  readonly key: string;
  /** Facts of the protocol worth keeping; never credentials. `message-type` names JSON and CSV messages. */
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: readonly ArrivingPart[];
}
export interface ArrivingPart {
  /** For people only; it never becomes a path. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface RefusedArrival {
  readonly connector: string;
  readonly transport: string;
  /** For people only, as ArrivingPart.name. */
  readonly name: string;
  readonly error: HubError;
}

export interface Accepted {
  readonly transfer: string;
  /** True: the same key and digest came before, and `transfer` is that first one. */
  readonly repeated: boolean;
}

/** What a receiver may call. */
export interface ReceivePort extends Surroundings {
  /** Stores the parts in one commit; the sender may be thanked when it returns. */
  accept(arrival: Arrival): Promise<Accepted>;
  /** Tells of an arrival that was refused before it could be stored, so that people see it. */
  refused?(arrival: RefusedArrival): Promise<void>;
  /** Whether one of the hub's own API keys may post for this connector. */
  authenticate?(connector: string, key: string): Promise<boolean>;
  /**
   * Waits for the answer made for this transfer (a delivery whose transport is `reply`) and claims
   * it; undefined when none came in time. The caller sends it and then calls `settled`.
   */
  reply(transfer: string, timeoutMs: number): Promise<SyncReply | undefined>;
  /** Mounts a handler on the hub's HTTP server below `/in/<connector>`. */
  route(connector: string, handler: HttpHandler): void;
  log(level: 'info' | 'warn' | 'error', text: string, facts?: Record<string, unknown>): void;
  /** Turns `data/acme/in` into an absolute path of this installation. */
  path(relative: string): string;
  /** The value of `env:NAME` or `file:path`. Throws HubError `secret-missing`. */
  secret(reference: string): string;
  readonly limits: { readonly bodyBytes: number };
}
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface SyncReply {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  settled(outcome: SendOutcome): Promise<void>;
}

/** A running receiver. `stop` lets what has begun end, and then returns. */
export interface Receiver {
  stop(): Promise<void>;
  /** Looks for work now instead of at the next poll, where the transport polls. */
  poll?(): Promise<void>;
}

/** One delivery, as a transport sends it. */
export interface Parcel {
  /** Names a dropped file, fills Idempotency-Key; safe in paths. */
  readonly delivery: string;
  /** Payload name for people, from our own ids only: `997-000000012.x12`. */
  readonly fileName: string;
  readonly contentType: string;
  readonly messageType: string;
  readonly size: number;
  readonly bytes: () => AsyncIterable<Uint8Array>;
  /** How often it was tried before: a repeat may look whether it arrived. */
  readonly attempt: number;
}

export interface SendPort extends Surroundings {
  path(relative: string): string;
  secret(reference: string): string;
  readonly signal: AbortSignal;
}

export type SendOutcome =
  | {
      readonly ok: true;
      /** Body of an answer in the same exchange, at most 1 MB. */
      readonly answer?: { readonly bytes: Uint8Array; readonly contentType: string };
      /** Their id of it, where the answer or its headers gave one. */
      readonly remoteId?: string;
      /** What happened, for the attempt's record: `201 Created`. */
      readonly text: string;
    }
  | {
      readonly ok: false;
      readonly retry: Retry;
      readonly text: string;
      /** The other side read it and refuses what it says: whoever sent it can be told. */
      readonly refusesContent?: true;
      readonly answer?: { readonly bytes: Uint8Array; readonly contentType: string };
      /** Seconds their answer asked us to wait (Retry-After). */
      readonly afterSeconds?: number;
    };

export interface Transport {
  readonly name: string;
  /** Settings of `in:` and `out:`, with title, description and example a field. */
  readonly inSettings: TSchema | undefined;
  readonly outSettings: TSchema | undefined;
  /** Starts receiving for one connector. */
  receive?(
    connector: string,
    settings: Readonly<Record<string, unknown>>,
    port: ReceivePort,
  ): Promise<Receiver>;
  /** Sends once. Never throws for what the other side does: the outcome says it. */
  send?(
    settings: Readonly<Record<string, unknown>>,
    parcel: Parcel,
    port: SendPort,
  ): Promise<SendOutcome>;
}
