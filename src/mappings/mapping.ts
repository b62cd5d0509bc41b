/**
 * A compiled mapping: pure functions both ways. Loading, overlays and code tables are load-time
 * matters (load.ts, compile/); nothing is parsed or looked up by name when a message runs.
 */
import type { Document } from '../documents/document.ts';
import type { GroupEnvelope, InterchangeEnvelope } from '../model/envelope.ts';
import type { Finding } from '../model/finding.ts';
import type { ContentData, Message, MessageKey } from '../model/message.ts';
import type { Instant } from '../model/time.ts';
import type { PlacedNode } from '../standards/definition.ts';

/** What rules may name besides message and document; stored by digest with each result. */
export interface MappingContext {
  readonly envelope?: InterchangeEnvelope;
  readonly group?: GroupEnvelope;
  /** `$connector`: the counterparty at this end; `$partner`: the trading partner, at either end. */
  readonly connector?: ContextConnector;
  readonly partner?: ContextConnector;
  readonly agreement?: Readonly<Record<string, string>>;
  /** `$order`: the earlier order this document answers, where there is one. */
  readonly order?: Document;
  readonly now?: Instant;
  readonly zone?: string;
  /** Collects lineage rows when given. */
  readonly lineage?: LineageRow[];
}
export interface ContextConnector {
  readonly id: string;
  readonly name: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly us: Readonly<Record<string, string>>;
  readonly [value: string]: unknown;
}

export interface ReadResult {
  readonly document: Document;
  /** Faults, and `unmapped` rows as infos. */
  readonly findings: readonly Finding[];
}

export interface WriteResult {
  readonly content: ContentData;
  /** Faults, and `lost` rows as warnings. */
  readonly findings: readonly Finding[];
}

/** One claim: how a value came from a place of the message to a path of the document (or back). */
export interface LineageRow {
  readonly path: string;
  readonly value: string;
  /** `PO1[3] / PO102`, with the raw value and its bytes where there are bytes. */
  readonly place: string;
  readonly raw: string;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly how: 'copied' | 'code' | 'default' | 'given' | 'derived' | 'constant';
  /** `mappings/x12/004010/850.yaml:31`, and the code row where one was used. */
  readonly rule: string;
  readonly codeRow: string | undefined;
}

export interface Mapping {
  /** Path below mappings/, without `.yaml`: `x12/004010/850`, `partners/acme/850`. */
  readonly name: string;
  readonly message: MessageKey;
  /** Kinds it may yield: one, or several behind a selector (`invoice`, `creditNote`). */
  readonly documents: readonly string[];
  /** SHA-256 of every file it was made of, by path: stored with each result. */
  readonly digests: Readonly<Record<string, string>>;
  /** `placed` is the checked tree of an EDI message; trees need none. */
  read(message: Message, placed: PlacedNode | undefined, context: MappingContext): ReadResult;
  write(document: Document, context: MappingContext): WriteResult;
}

export interface Mappings {
  /** Compiles when first asked for and keeps it. Throws HubError `config-invalid` with file:line. */
  get(name: string): Mapping;
  /** The mapping for a message without one of its own: same message, nearest version. */
  nearest(message: MessageKey): string | undefined;
}
