/** Envelopes: who sent an interchange to whom, under which control number, in which syntax. */
import type { MessageType } from './message.ts';

/** ISA05/ISA06, UNB S002 0004/0007, cXML Credential domain and Identity. */
export interface PartyId {
  /** `ZZ`, `01`, `14`, `NetworkId`; empty where none was given. */
  readonly qualifier: string;
  readonly id: string;
  /** EDIFACT 0008 and 0042 (of the receiver 0014 and 0046), where given: CONTRL copies them. */
  readonly internal?: readonly string[];
}

export const partyIdText = (party: PartyId): string =>
  party.qualifier === '' ? party.id : `${party.qualifier}:${party.id}`;

/** EDIFACT S001 0002 as a number: 1 to 4; 3 where it says nothing that is known. */
export const parseSyntaxVersion = (version: string): number =>
  /^[1-4]$/.test(version) ? Number(version) : 3;

/** Separators and character set, as read or as agreed for writing. */
export interface Syntax {
  /** X12 ISA12 (`00401`) or EDIFACT syntax version (`3`); the XML version for XML. */
  readonly version: string;
  /** EDIFACT syntax identifier (`UNOC`), or `latin1`, `utf8`. */
  readonly charset: string;
  readonly element: string;
  readonly component: string;
  /** Absent: the version has no repetition. */
  readonly repetition?: string;
  readonly terminator: string;
  /** EDIFACT release character; X12 has none. */
  readonly release?: string;
  readonly decimalMark: string;
  /** EDIFACT syntax 4, S001: service code list directory (0080) and character encoding (0133). */
  readonly directory?: string;
  readonly encoding?: string;
  /** What is written after each terminator, for people: `\n` or nothing. */
  readonly lineBreak?: string;
  /** X12 has no release character: what to do with a separator found inside data. */
  readonly inData?: 'refuse' | { readonly replace: string };
}

export interface InterchangeEnvelope {
  readonly standard: string;
  /** ISA13, UNB 0020, cXML payloadID. */
  readonly control: string;
  readonly sender: PartyId;
  readonly receiver: PartyId;
  /** The preparation time as written in the envelope (`190625 1707`): it has no zone. */
  readonly preparedAt: string;
  readonly isTest: boolean;
  /** ISA14 = 1, UNB 0031 = 1 or 2: the sender asks for an acknowledgement of the interchange. */
  readonly wantsAcknowledgement: boolean;
  readonly syntax: Syntax;
  readonly start: number;
}

export interface GroupEnvelope {
  /** GS01 (`PO`) or UNG 0038. */
  readonly functionalId: string;
  /** GS06, UNG 0048. */
  readonly control: string;
  /** GS02 and GS03, UNG S006 and S007. */
  readonly sender: string;
  readonly receiver: string;
  /** UNG 0007 beside each of them, where given. */
  readonly senderQualifier?: string;
  readonly receiverQualifier?: string;
  /** GS08 (`004010VICS`). */
  readonly version: string;
  readonly preparedAt: string;
  readonly start: number;
}

/** EDIFACT: what is agreed to stand in UNB and UNH beside ids, numbers and dates. */
export interface EnvelopeTerms {
  /** Messages stand in functional groups (UNG, UNE), each with a control number of its own. */
  readonly groups?: boolean;
  /** UNB 0026. */
  readonly applicationReference?: string;
  /** UNB 0029. */
  readonly priority?: string;
  /** UNB 0032. */
  readonly agreementId?: string;
  /** UNH 0068. */
  readonly accessReference?: string;
  /** UNB 0031, ISA14: the interchange itself asks to be acknowledged. */
  readonly requestAcknowledgement?: boolean;
}

/** What is to be written around messages. Control numbers are already taken (store/). */
export interface InterchangeData {
  readonly standard: string;
  readonly control: string;
  readonly sender: PartyId;
  readonly receiver: PartyId;
  /** Local date and time written in the envelope, `YYYY-MM-DDTHH:MM:SS` (the agreement's zone). */
  readonly preparedAt: string;
  /** Zone of preparedAt, as an offset: `+00:00`. cXML writes it. */
  readonly offset: string;
  readonly isTest: boolean;
  readonly wantsAcknowledgement: boolean;
  readonly syntax: Syntax;
  /** X12: one or more; EDIFACT: written as groups only where `terms.groups` says so; others: one. */
  readonly groups: readonly GroupData[];
  readonly terms?: EnvelopeTerms;
  /** cXML: the shared secret of Sender, resolved; never logged, never stored apart. */
  readonly secret?: string;
}

export interface GroupData {
  readonly functionalId: string;
  readonly control: string;
  readonly sender: string;
  readonly receiver: string;
  /** UNG 0007 beside each of them. */
  readonly senderQualifier?: string;
  readonly receiverQualifier?: string;
  readonly version: string;
  readonly messages: readonly MessageData[];
}

export interface MessageData {
  readonly type: MessageType;
  readonly control: string;
  /** Without ST/SE or UNH/UNT: the codec adds them. */
  readonly content: import('./message.ts').ContentData;
}
