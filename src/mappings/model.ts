/**
 * A mapping bound to its two ends: every place found in the standard, every target in the document's
 * schema. The compiler makes closures of it; the generator of `mapping check` walks it to make
 * documents of the mapping's domain. Rules stand in claim order.
 */
import type { Field, KeyedField, ObjectField, ScalarField } from '../documents/field.ts';
import type { MessageType } from '../model/message.ts';
import type { ElementDefinition, Slot } from '../standards/definition.ts';
import type { PartnerRule } from '../standards/rules/rule.ts';
import type { CodeTable } from './codes.ts';
import type { ContextPath } from './context.ts';
import type { Origin } from './fault.ts';
import type { Formula } from './formula.ts';
import type { Family } from './place.ts';
import type { Selection } from './target.ts';
import type { Conversion } from './types.ts';

export interface BoundMapping {
  readonly name: string;
  readonly message: MessageType;
  readonly family: Family;
  /** The kinds it may yield, the first one by default. */
  readonly kinds: readonly string[];
  readonly selector: Selector | undefined;
  readonly document: ObjectField;
  /** The message of the standard; undefined for trees. */
  readonly root: Slot | undefined;
  readonly body: Body;
  readonly given: readonly Given[];
  /** The partner's rules, judged before the message is read and before it is sent. */
  readonly rules: readonly PartnerRule[];
}

/** `document: { invoice: BIG/7=DI|PR, creditNote: BIG/7=CR }`. */
export interface Selector {
  /** Names of nodes down to the value. */
  readonly path: readonly string[];
  readonly place: LeafPlace;
  readonly kinds: readonly { readonly kind: string; readonly values: readonly string[] }[];
  /** A rule of the body maps the place, so the selector only looks. */
  readonly isMapped: boolean;
  readonly origin: Origin;
}

/** What stands inside a node or chunk. */
export interface Body {
  /** In claim order: more conditions first, then as written, `or` last. */
  readonly rules: readonly Rule[];
  readonly scope: Scope;
}

export type Rule = NodeRule | ChunkRule | LeafRule;

interface Spoken {
  /** Normalized place path: `PO1/6-25 by 2/1`. */
  readonly address: string;
  readonly origin: Origin;
  readonly require: boolean;
  readonly forbid: boolean;
}

/** A segment with its loop, an element of a tree. */
export interface NodeRule extends Spoken {
  readonly is: 'node';
  readonly name: string;
  readonly slot: Slot | undefined;
  /** Position among the slots of that tag at this level, where there are several. */
  readonly ordinal: number | undefined;
  readonly conditions: readonly BoundCondition[];
  readonly as: BoundScope | undefined;
  /** Takes every occurrence: its target, or a target directly inside, is plural. */
  readonly repeats: boolean;
  /** Claims everything inside and writes nothing. */
  readonly ignore: boolean;
  /** X12 HL: the rules of its level also apply inside it. Made when first asked for. */
  readonly body: Body;
  /** `rows by order_no`: the column. */
  readonly by: string | undefined;
  /** Among siblings when written: the standard's order in segments, the file's in trees. */
  readonly order: number;
  /** A level that is written inside the root level, and only read beside it. */
  readonly isReadOnly: boolean;
}

/** `6-25 by 2`: every chunk is an occurrence of its own. Places inside count from the chunk. */
export interface ChunkRule extends Spoken {
  readonly is: 'chunk';
  readonly element: number;
  /** 0: the run is of elements. */
  readonly component: number;
  readonly last: number;
  readonly by: number;
  readonly conditions: readonly BoundCondition[];
  readonly as: BoundScope | undefined;
  readonly body: Body;
}

export interface BoundCondition {
  /** Names of nodes down to the value; empty in segments. */
  readonly path: readonly string[];
  readonly place: LeafPlace;
  readonly values: readonly string[];
  /** A rule inside reads the place itself: then the condition does not claim or write it. */
  readonly isRead: boolean;
}

/** One value of a node. */
export interface LeafPlace {
  /** 0 in trees. */
  readonly element: number;
  /** 0: the element has no components. */
  readonly component: number;
  /** A component inside a chunk of whole composites: `2-6 by 1: { 1.1: id }`. */
  readonly inChunk?: true;
  /** Trees: empty for the element's own text. */
  readonly attribute: string;
  readonly definition: ElementDefinition | undefined;
  /** More than one where the element repeats and the target is plural. */
  readonly repeats: number;
}

export type LeafVerb = 'to' | 'or' | 'copy' | 'count' | 'sum' | 'constant' | 'write' | 'ignore';

/** A value that goes to a field, comes from one, or is constant. */
export interface LeafRule extends Spoken {
  readonly is: 'leaf';
  readonly verb: LeafVerb;
  /** Several for a run. */
  readonly places: readonly LeafPlace[];
  /** EDIFACT 2379, which goes with 2380. */
  readonly format: LeafPlace | undefined;
  /** One field, or two: date and time, first and last date. None for derived and constant ones. */
  readonly targets: readonly BoundTarget[];
  readonly conversion: Conversion;
  readonly codes: CodeTable | undefined;
  readonly default: string | undefined;
  readonly none: string | undefined;
  readonly text: 'lines' | 'flow' | undefined;
  readonly sign: BoundSign | undefined;
  readonly negate: BoundTest | undefined;
  readonly only: ReadonlySet<string> | undefined;
  readonly constant: ContextPath | string | undefined;
  readonly derived: Derived | undefined;
  readonly read: Formula | undefined;
  readonly write: Formula | undefined;
  readonly json: 'number' | 'boolean' | undefined;
}

export interface BoundTarget {
  readonly text: string;
  readonly steps: readonly BoundStep[];
  readonly field: ScalarField;
  /** `notes*`: appends. */
  readonly list: boolean;
}

export interface BoundStep {
  readonly name: string;
  /** How the step's own value is held. */
  readonly is: Field['is'];
  readonly select: readonly Selection[];
}

/** `{ to: amount, sign: { to: kind, minus: deduction, plus: addition } }`. */
export interface BoundSign {
  readonly target: BoundTarget;
  readonly minus: string;
  readonly plus: string;
}

/** `type=creditNote`, looked up in the scope or else in the document. */
export interface BoundTest {
  readonly steps: readonly string[];
  readonly value: string;
  readonly inDocument: boolean;
}

export interface Derived {
  readonly verb: 'count' | 'sum';
  /** Every step may be a list. */
  readonly steps: readonly string[];
  readonly text: string;
  /** Checked when read, never written. */
  readonly verifyOnly: boolean;
}

/** What `as` names: where entries are kept, and what an entry may hold. */
export interface BoundScope {
  readonly text: string;
  readonly steps: readonly BoundStep[];
  readonly kind: 'list' | 'keyed' | 'single';
  /** The field by which entries are keyed. */
  readonly by: string | undefined;
  /** Keyed: whether an entry is the plain text of its field `value` (extensions). */
  readonly isText: boolean;
  /** Keyed: whether the key is also a field of the entry. */
  readonly keepsKey: boolean;
  readonly entry: ObjectField;
}

/** A document, or one kind of entry in it, and which rules share its lists. */
export interface Scope {
  readonly field: ObjectField;
  readonly shared: Map<string, SharedPlace>;
}

/** A list or keyed object of a scope, and everybody who takes entries of it. */
export interface SharedPlace {
  readonly rules: Rule[];
  readonly selections: (readonly Selection[])[];
  readonly keys: Set<string>;
}

/** `given: { lines*.unit: $order.lines(number=orderLine).unit }`. */
export interface Given {
  readonly lists: readonly (readonly BoundStep[])[];
  readonly target: BoundTarget;
  readonly from: ContextPath;
  readonly ways: 'both' | 'read' | 'write';
  readonly text: string;
  readonly origin: Origin;
}

export type { KeyedField, ObjectField };
