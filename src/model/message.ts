/**
 * A message as a codec hands it over: its type, its place in the bytes, and its content in one of
 * two forms. EDI messages are segments; XML, JSON and CSV messages are trees.
 */

/** `x12/004010/850`, `edifact/D96A/ORDERS`, `cxml/1.2/OrderRequest`, `json/erp/order`. */
export type MessageKey = string;

export interface MessageType {
  readonly standard: string;
  /** X12 version (`004010`, industry suffix cut off), EDIFACT directory (`D96A`), `1.2` for cXML. */
  readonly version: string;
  /** Transaction set, message name or root: `850`, `ORDERS`, `OrderRequest`. */
  readonly name: string;
  /** EDIFACT 0057 (`EAN008`) or the suffix of GS08 (`VICS`), where one was given. */
  readonly association?: string;
}

export const messageKey = (type: MessageType): MessageKey =>
  `${type.standard}/${type.version}/${type.name}`;

/**
 * The segments of one EDI message, from its header (ST, UNH: segment 0) to its trailer, read
 * lazily from the bytes. Segments are counted from 0; elements, components and repeats from 1 as
 * the standards count them. What is absent is the empty text. Values are decoded and unescaped.
 * The object is only valid while the codec's handler runs; `text` copies are the reader's to keep.
 */
export interface Segments {
  readonly count: number;
  /** False: the syntax has no repetition separator, so every element stands once. */
  readonly mayRepeat?: boolean;
  tag(segment: number): string;
  /** How many elements stand after the tag, trailing empty ones included. */
  elements(segment: number): number;
  repeats(segment: number, element: number): number;
  components(segment: number, element: number, repeat?: number): number;
  value(segment: number, element: number, component?: number, repeat?: number): string;
  /**
   * How many characters an element or component has; 0 where it is absent. -1: its value must be
   * looked at, because it has components, or the segment more in it than ASCII without control
   * characters, released characters and repetitions.
   */
  simpleLength(segment: number, element: number, component?: number): number;
  /**
   * Of each segment the tag, then every value in order: the cheapest way to read them all. Nothing
   * else may be asked for meanwhile.
   */
  visit(onValue: (value: string) => void): void;
  /** First byte of the segment, counted in the whole part. */
  start(segment: number): number;
  /** The byte after the segment's last byte, before its terminator. */
  end(segment: number): number;
  /** Byte range of a value; an absent one is an empty range at its place. */
  range(
    segment: number,
    element: number,
    component?: number,
    repeat?: number,
  ): { readonly start: number; readonly end: number };
}

/** An element of XML, a member of JSON or a row of CSV. `start` and `end` are bytes in the part. */
export interface TreeNode {
  readonly name: string;
  /** The element's own text, or the JSON scalar as written; empty where there is none. */
  readonly text: string;
  readonly attributes: readonly TreeAttribute[];
  readonly children: readonly TreeNode[];
  readonly start: number;
  readonly end: number;
  /** JSON only: how the value was or is to be written. Absent means text. */
  readonly json?: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  /** JSON only: one item of an array. All items have the member's name, so one alone says it. */
  readonly inArray?: true;
}

export interface TreeAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export type Content =
  | { readonly form: 'segments'; readonly segments: Segments }
  | { readonly form: 'tree'; readonly root: TreeNode };

export interface Message {
  readonly type: MessageType;
  /** ST02, UNH 0062, cXML payloadID; empty where the format has none. */
  readonly control: string;
  /** Position among the messages of the part, from 0. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly content: Content;
}

/** A segment to be written: element 1 first. An element is a value, components, or repetitions. */
export interface SegmentData {
  readonly tag: string;
  readonly elements: readonly ElementData[];
}
export type ElementData =
  | string
  | readonly string[]
  | { readonly repeats: readonly (string | readonly string[])[] };

export type ContentData =
  | { readonly form: 'segments'; readonly segments: readonly SegmentData[] }
  | { readonly form: 'tree'; readonly root: TreeData };

/** A tree to be written; attributes in order. */
export interface TreeData {
  readonly name: string;
  readonly text?: string;
  readonly attributes?: readonly { readonly name: string; readonly value: string }[];
  readonly children?: readonly TreeData[];
  readonly json?: TreeNode['json'];
  /** JSON only: an item of an array even where it is the only one of its name. */
  readonly inArray?: true;
}
