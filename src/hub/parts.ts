/** What the walk is built from. Nothing in hub/ reaches for a global: it is all handed in here. */
import type { HubConfig, RouteRule } from '../connectors/installation.ts';
import type { OpenMappings } from '../mappings/open.ts';
import type { Codec, DecodeLimits } from '../model/codec.ts';
import type { Connector } from '../model/connector.ts';
import type { PartyId } from '../model/envelope.ts';
import type { FindingLimits } from '../model/findings-cut.ts';
import type { Queue } from '../model/queue.ts';
import type { Store } from '../model/store.ts';
import type { Surroundings } from '../model/time.ts';
import type { Transport } from '../model/transport.ts';
import type { Standards } from '../standards/definition.ts';
import type { JustIn } from './just-in.ts';

/** The configuration in force: replaced whole by a reload, never changed in place. */
export interface Setup {
  readonly hub: HubConfig;
  readonly connectors: readonly Connector[];
  readonly routes: readonly RouteRule[];
  readonly standards: Standards;
  readonly mappings: OpenMappings;
  connector(id: string): Connector | undefined;
  /** The connector that an envelope id belongs to. */
  owner(standard: string, id: PartyId): Connector | undefined;
  /** SHA-256 of a connector's file, stored with what it made. */
  digest(connector: string): string;
}

export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  text: string,
  facts?: Readonly<Record<string, unknown>>,
) => void;

/** Named moments at which a test may stop the hub, to prove that a crash there loses nothing. */
export type FaultPoint = 'accept' | 'release' | 'send' | 'settle';

export interface Parts extends Surroundings {
  readonly store: Store;
  readonly queue: Queue;
  readonly justIn: JustIn;
  readonly codecs: readonly Codec[];
  readonly transports: ReadonlyMap<string, Transport>;
  readonly limits: DecodeLimits & FindingLimits;
  setup(): Setup;
  path(relative: string): string;
  secret(reference: string): string;
  readonly log: Log;
  readonly faultPoint: (point: FaultPoint) => void;
}

/** The codec of a message key: `x12/004010/850` is of x12. */
export function codecOf(codecs: readonly Codec[], messageKey: string): Codec | undefined {
  const standard = messageKey.slice(0, messageKey.indexOf('/'));
  return codecs.find((codec) => codec.name === standard);
}
