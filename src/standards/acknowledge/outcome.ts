/** What acknowledgements are written from: the outcome of a group or an interchange. */
import type { PartyId } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { MessageType } from '../../model/message.ts';
import type { MessageState } from '../../model/states.ts';

export interface MessageOutcome {
  readonly type: MessageType;
  readonly control: string;
  /** `rejected` is said so; every other state means that the hub has taken the message over. */
  readonly state: MessageState;
  readonly findings: readonly Finding[];
  /** Rejected with its group or interchange, and not for what is in it. */
  readonly isOverruled?: boolean;
  /** ST03 as received: the guide that it follows. */
  readonly convention?: string;
  /** UNH S009 as received, where the type does not say it all (another agency than UN). */
  readonly identifier?: readonly string[];
}

export interface GroupOutcome {
  /** GS01 and GS06. */
  readonly functionalId: string;
  readonly control: string;
  /** GS08. */
  readonly version?: string;
  /** What GE01 counted; undefined: no trailer. */
  readonly counted: number | undefined;
  readonly messages: Iterable<MessageOutcome>;
  readonly findings: readonly Finding[];
}

export interface InterchangeOutcome {
  /** UNB 0020, and S002 and S003 as received. */
  readonly control: string;
  readonly sender: PartyId;
  readonly receiver: PartyId;
  /** UNB S001 0002. CONTRL has another version for syntax 4. */
  readonly syntax: string;
  /** True: the interchange as a whole, with all its messages. */
  readonly isRejected: boolean;
  /** Those that stand in no group. */
  readonly messages: Iterable<MessageOutcome>;
  readonly groups?: Iterable<GroupReport>;
  readonly findings: readonly Finding[];
}

/** A functional group as CONTRL reports it. */
export interface GroupReport {
  /** UNG 0048, and S006 and S007 as received. */
  readonly control: string;
  readonly sender: PartyId;
  readonly receiver: PartyId;
  /** True: the group as a whole, with all its messages. */
  readonly isRejected: boolean;
  readonly messages: Iterable<MessageOutcome>;
  readonly findings: readonly Finding[];
}

export interface AcknowledgeOptions {
  /** Leaves out what was accepted without fault: legal, and short for large groups. */
  readonly omitAccepted?: boolean;
  /** `verdict`: leaves out which segments and elements are wrong. */
  readonly detail?: 'full' | 'verdict';
}
