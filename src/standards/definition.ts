/**
 * What a standard says of one message, compiled for checking, reading and writing. A segment that
 * triggers a loop *is* that loop and holds its other segments, so the tree has one kind of node.
 */
import type { Finding } from '../model/finding.ts';
import type { MessageKey, MessageType } from '../model/message.ts';

/** One place of the standard's diagram. */
export interface Slot {
  /** `N1`; the message itself has the tag ''. */
  readonly tag: string;
  /** Group name where the standard gives one: `SG2`; X12 loops are named by their trigger. */
  readonly group: string | undefined;
  /** Order among its siblings, from 0. */
  readonly order: number;
  readonly mandatory: boolean;
  /** Infinity for unlimited. */
  readonly max: number;
  /** Empty for a plain segment; for a loop: what stands inside, without the trigger. */
  readonly slots: readonly Slot[];
  readonly segment: SegmentDefinition;
}

export interface SegmentDefinition {
  readonly tag: string;
  /** Short name for people, where one is known: `Baseline Item Data`. */
  readonly name?: string;
  /** Element 1 first. */
  readonly elements: readonly ElementDefinition[];
  readonly relations: readonly Relation[];
}

export interface ElementDefinition {
  /** Short name for people, where one is known. */
  readonly name?: string;
  /** Data element number: `353`, `3035`; composite id: `C506`. */
  readonly id: string;
  readonly mandatory: boolean;
  /** 1, or more where the element may repeat. */
  readonly repeats: number;
  /** X12: AN, ID, DT, TM, R, Nn, B. EDIFACT: a, an, n. Composite: `composite`. */
  readonly type: string;
  readonly min: number;
  readonly max: number;
  /** Implied decimals of an X12 Nn. */
  readonly decimals: number;
  readonly components: readonly ElementDefinition[];
  /** Relational notes between the components of a composite. */
  readonly relations?: readonly Relation[];
  /** undefined: the standard lists none, or the list is not checked. */
  readonly codes: ReadonlySet<string> | undefined;
}

/** P paired, R at least one, E exclusive, C conditional, L list; positions from 1. */
export interface Relation {
  readonly kind: 'P' | 'R' | 'E' | 'C' | 'L';
  readonly positions: readonly number[];
}

export interface MessageDefinition {
  readonly key: MessageKey;
  readonly type: MessageType;
  /** X12: `Purchase Order`. */
  readonly name?: string;
  /** X12 functional group id (`PO`); '' for EDIFACT. */
  readonly functionalId: string;
  /** The message itself: tag '', its body in `slots`, header and trailer not listed. */
  readonly root: Slot;
  /** ST and SE, or UNH and UNT. */
  readonly header?: SegmentDefinition;
  readonly trailer?: SegmentDefinition;
  /** Every segment tag of this version, also of other messages. */
  readonly tags?: ReadonlySet<string>;
}

/** A segment in its place. `segment` indexes Segments. The root has segment -1. */
export interface PlacedNode {
  readonly slot: Slot;
  readonly segment: number;
  readonly children: readonly PlacedNode[];
}

/** A message against its standard: where each segment belongs, and what is wrong. */
export interface Checked {
  readonly definition: MessageDefinition;
  readonly root: PlacedNode;
  readonly findings: readonly Finding[];
}

export interface FoundDefinition {
  readonly definition: MessageDefinition;
  /** Set when the exact version is not installed and the nearest one stands in for it. */
  readonly insteadOf: string | undefined;
}

/** The installed standards: loaded when first asked for, kept. */
export interface Standards {
  find(type: MessageType): FoundDefinition | undefined;
  /** `['x12/004010', ...]`: what is installed, for messages to people. */
  installed(): readonly string[];
  /** UNB, UNG ... of an EDIFACT syntax version (S001 0002); undefined where none is installed. */
  service?(syntaxVersion: string, tag: string): SegmentDefinition | undefined;
}
