/** What acknowledgements say of our outbound messages. */
import type { Finding } from './finding.ts';

/** What the other side said of a message, a group or an interchange of ours. */
export interface Answer {
  readonly standard: string;
  readonly connector: string;
  /** Which control number is answered: the whole interchange, one group, or one message in it. */
  readonly interchange?: string;
  readonly group?: string;
  readonly message?: string;
  /** Else the document that it carried, as an application response names it. */
  readonly document?: AnsweredDocument;
  readonly verdict: 'accepted' | 'rejected';
  /** Their code and words, for people. */
  readonly code: string;
  readonly text: string;
  /** What it says of single segments and elements of the message, as told. */
  readonly details?: readonly AnswerDetail[];
  /** The details traced to our document and mapping: stored with the delivery that it settles. */
  readonly findings?: readonly Finding[];
  /** The transfer that brought it. */
  readonly transfer: string;
}

/** A document of ours by its own number. */
export interface AnsweredDocument {
  readonly number: string;
  /** What it may be. */
  readonly kinds: readonly string[];
  /** Name of the message (`810`), where that is told. */
  readonly message: string | undefined;
}

/** One fault that the other side found in a message of ours. */
export interface AnswerDetail {
  /** Position in our message; ST and UNH count as 1. */
  readonly segment: number;
  /** Their word for the tag; empty where their format has none. */
  readonly tag: string;
  readonly element?: number;
  readonly component?: number;
  readonly repeat?: number;
  /** They miss a segment: on which side of the one at that position. */
  readonly missing?: 'before' | 'after';
  /** `5 (too long)`. */
  readonly text: string;
}

/** An outbound message that an answer speaks of. */
export interface AnsweredMessage {
  readonly delivery: string;
  /** Of the delivery's payload. */
  readonly digest: string;
  readonly partner: string;
  /** `x12/004010/810`, and its control number. */
  readonly message: string;
  readonly control: string;
}
