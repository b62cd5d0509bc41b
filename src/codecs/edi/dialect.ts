/** What X12 and EDIFACT say differently; everything else of reading is shared (scanner, levels). */
import type { GroupEnvelope, InterchangeEnvelope, Syntax } from '../../model/envelope.ts';
import type { MessageType, Segments } from '../../model/message.ts';
import type { BinarySegments } from './binary.ts';
import type { Faults } from './faults.ts';

/** The levels' segments; `alone` is a message of one segment outside groups (TA1). */
export type SegmentKind =
  | 'interchange'
  | 'group'
  | 'message'
  | 'messageEnd'
  | 'groupEnd'
  | 'interchangeEnd'
  | 'alone';

/** What a search for the beginning of an interchange found. Offsets are in the text searched. */
export type Opening =
  /** Nothing before `at`; the search goes on there when there are more bytes. */
  | { readonly is: 'none'; readonly at: number }
  /** Perhaps one begins at `at`: more bytes are needed. */
  | { readonly is: 'wait'; readonly at: number }
  /** One was meant at `at`, but cannot be read. The search goes on at `next`. */
  | { readonly is: 'damaged'; readonly at: number; readonly next: number; readonly text: string }
  | {
      readonly is: 'found';
      readonly at: number;
      readonly syntax: Syntax;
      /** The header segment; empty when messages come without one (an EDIFACT fragment). */
      readonly header: { readonly start: number; readonly end: number };
      /** Where the next segment begins. */
      readonly next: number;
      readonly faults: readonly EnvelopeFault[];
    };

/** What is wrong with a header that was read all the same; a warning where nothing is in doubt. */
export type EnvelopeFault = string | { readonly warning: string };

export interface Dialect {
  readonly name: string;
  readonly kinds: ReadonlyMap<string, SegmentKind>;
  readonly binary: BinarySegments;
  /** What a tag looks like. */
  readonly tag: RegExp;
  readonly tags: Readonly<Record<SegmentKind, string>>;
  /** Element of the control number in a message's header. */
  readonly control: { readonly message: number };
  /** Whether control numbers of groups and interchanges compare as numbers (X12 N0). */
  readonly hasNumericControls: boolean;
  /** Whether every message stands in a group, so that the interchange's trailer counts groups. */
  readonly needsGroups: boolean;
  /**
   * Finds where an interchange begins. `isLast`: no more bytes will come. `isClean`: nothing unread
   * stands before `from`.
   */
  open(text: string, from: number, isLast: boolean, isClean: boolean): Opening;
  /**
   * The first place where an interchange begins beyond doubt, although the one before has not
   * ended. `isUnsure`: the text ends inside that header.
   */
  openAnew(
    text: string,
    from: number,
    isLast: boolean,
  ): { readonly at: number; readonly isUnsure: boolean } | undefined;
  /** Adds what is wrong with what the header (of this name) says of the syntax. */
  checkSyntax?(faults: Faults, name: string, header: Segments, syntax: Syntax): void;
  envelope(header: Segments, syntax: Syntax, start: number): InterchangeEnvelope;
  group(header: Segments): Omit<GroupEnvelope, 'start'>;
  messageType(
    header: Segments,
    group: GroupEnvelope | undefined,
    interchange: InterchangeEnvelope,
  ): MessageType;
}
