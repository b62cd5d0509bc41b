/**
 * A finding is one fault (or remark) about data, said so that a person can act on it. Findings are
 * data: they are collected, stored and shown. Exceptions (errors.ts) are for the machine's faults.
 */
import type { FindingCode } from './catalogue.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Who has to do something about it. */
export type Fault = 'partner' | 'mapping' | 'erp' | 'transport' | 'hub';

/** Where in the bytes. Every number is 1-based as in the standards, offsets are 0-based bytes. */
export interface Place {
  /** As a person writes it: `ST 0001 / PO1[3] / PO102`, `cXML/Request/OrderRequest/@type`. */
  readonly path: string;
  /** The message's control number (ST02, UNH 0062), where the place is inside one. */
  readonly message?: string;
  /** Position of the segment in its message; ST and UNH count as 1. */
  readonly segment?: number;
  readonly tag?: string;
  readonly element?: number;
  readonly component?: number;
  readonly repeat?: number;
  /** Byte range in the part: first byte, and the byte after the last. */
  readonly start?: number;
  readonly end?: number;
}

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly fault: Fault;
  readonly place: Place;
  /** A whole sentence an operator can act on, with the value and what was expected. */
  readonly text: string;
  /** What made it a fault: where a partner's condition held (CTX of a 999). Not stored. */
  readonly because?: Place;
  /** The offending value, cut to 200 characters; never a secret. */
  readonly value?: string;
}

export const isError = (finding: Finding): boolean => finding.severity === 'error';
