/**
 * The tables as Kysely sees them. Times are ISO text, booleans 0 or 1, objects JSON text: what every
 * database can hold and every tool can show. Rows are numbered (`seq`) in the order they came to be,
 * so that a list can be paged and a queue kept without trusting clocks or ids.
 */
import type { Generated, GeneratedAlways } from 'kysely';
import type { AttemptRow } from '../model/rows.ts';
import type {
  AnswerState,
  DeliveryState,
  DocumentState,
  MessageState,
  TransferState,
} from '../model/states.ts';

export type Flag = 0 | 1;

/** Bytes stored once by digest. While they arrive they have a staging id and no digest. */
export interface BlobTable {
  seq: Generated<number>;
  digest: string | null;
  staging: string | null;
  size: number;
}

/** `id` is the blob's number and the chunk's, see units/blobs.ts. */
export interface ChunkTable {
  id: number;
  bytes: Uint8Array;
}

export interface TransferTable {
  seq: Generated<number>;
  id: string;
  connector: string;
  transport: string;
  key: string;
  /** Of all parts: with connector and key it tells a repeat. */
  digest: string;
  headers: string;
  state: TransferState;
  is_test: Flag;
  reason: string | null;
  received_at: string;
}

export interface PartTable {
  transfer: string;
  idx: number;
  name: string;
  content_type: string;
  digest: string;
  size: number;
}

export interface InterchangeTable {
  transfer: string;
  idx: number;
  part: number;
  standard: string;
  sender: string;
  receiver: string;
  control: string;
  envelope: string;
  end_byte: number;
  state: 'accepted' | 'rejected' | 'held';
  partner: string | null;
  messages: number;
  received_at: string;
  is_test: Flag;
}

/** A control number of a group or message, kept where it must not come again. */
export interface SeenNumberTable {
  level: string;
  standard: string;
  sender: string;
  receiver: string;
  is_test: Flag;
  scope: string;
  control: string;
  received_at: string;
  transfer: string;
  idx: number;
  digest: string;
  start_byte: number;
  end_byte: number;
}

export interface FunctionalGroupTable {
  transfer: string;
  interchange: number;
  idx: number;
  envelope: string;
  state: 'accepted' | 'partly' | 'rejected' | 'held';
  messages: number;
  accepted: number;
}

export interface MessageTable {
  transfer: string;
  idx: number;
  part: number;
  interchange: number;
  functional_group: number;
  message: string;
  association: string | null;
  control: string;
  start_byte: number;
  end_byte: number;
  partner: string | null;
  mapping: string | null;
  state: MessageState;
  findings: number;
  document: string | null;
}

export interface DocumentTable {
  seq: Generated<number>;
  id: string;
  kind: string;
  number: string;
  partner: string | null;
  is_test: Flag;
  body: string;
  made: string;
  state: DocumentState;
  transfer: string;
  message_index: number;
  connector: string;
  at: string;
}

export interface DocumentReferenceTable {
  document: string;
  type: string;
  id: string;
  partner: string;
}

/** One order of one partner, numbered when its first document came. */
export interface LifecycleTable {
  seq: Generated<number>;
  partner: string;
  order_number: string;
}

export interface CounterTable {
  standard: string;
  us: string;
  them: string;
  is_test: Flag;
  level: string;
  value: number;
}

export interface DeliveryTable {
  seq: Generated<number>;
  id: string;
  partner: string;
  connector: string;
  transport: string;
  is_test: Flag;
  kind: 'document' | 'acknowledgement';
  serial: Flag;
  message_type: string;
  content_type: string;
  document: string | null;
  transfer: string | null;
  file_name: string;
  digest: string;
  size: number;
  state: DeliveryState;
  created_at: string;
  next_at: string | null;
  sent_at: string | null;
  remote_id: string | null;
  text: string | null;
  /** Fencing token: the number of claims so far. */
  token: number;
  lease_until: string | null;
  /** It may have arrived: its hub died while sending, or no answer came. */
  unsure: Flag;
  /** The delivery that took its place. */
  reissued_as: string | null;
  /** The connector in whose line it stands, while it waits or is out; replies stand in none. */
  line: GeneratedAlways<string | null>;
}

export interface AttemptTable {
  delivery: string;
  number: number;
  started_at: string;
  ended_at: string | null;
  outcome: AttemptRow['outcome'];
  text: string | null;
}

export interface OutboundTable {
  seq: Generated<number>;
  delivery: string;
  message: string;
  standard: string;
  interchange: string;
  functional_group: string | null;
  control: string;
  state: AnswerState;
  due_at: string | null;
  answered_by: string | null;
  answer: string | null;
  /** What was answered: 0 nothing, 1 the interchange, 2 the group, 3 the message itself, 4 what it carried. */
  answer_level: number;
}

export interface FindingTable {
  seq: Generated<number>;
  transfer: string | null;
  message_index: number | null;
  document: string | null;
  delivery: string | null;
  code: string;
  severity: string;
  fault: string;
  place: string;
  text: string;
  value: string | null;
  at: string;
}

export interface EventTable {
  seq: Generated<number>;
  at: string;
  what: string;
  subject: string;
  text: string;
}

export interface ApiKeyTable {
  id: string;
  name: string;
  hash: string;
  role: string;
  created_at: string;
}

/** How many rows of a table are in a state; kept by triggers, so that status costs nothing. */
export interface TallyTable {
  what: string;
  state: string;
  rows: number;
}

export interface MigrationTable {
  number: number;
  name: string;
  at: string;
}

export interface Tables {
  blob: BlobTable;
  chunk: ChunkTable;
  transfer: TransferTable;
  part: PartTable;
  interchange: InterchangeTable;
  functional_group: FunctionalGroupTable;
  seen_number: SeenNumberTable;
  message: MessageTable;
  document: DocumentTable;
  document_reference: DocumentReferenceTable;
  lifecycle: LifecycleTable;
  counter: CounterTable;
  delivery: DeliveryTable;
  attempt: AttemptTable;
  outbound: OutboundTable;
  finding: FindingTable;
  event: EventTable;
  api_key: ApiKeyTable;
  tally: TallyTable;
  migration: MigrationTable;
}
