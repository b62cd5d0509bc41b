/** What an agreement uses of a message: the plain facts that a guide is made of. */
import type { Slot } from '../definition.ts';

export interface CodeUse {
  readonly code: string;
  /** In the hub's own words, where it has one: `ship to`. */
  readonly meaning: string;
}

interface Asked {
  /** Mandatory by agreement. */
  readonly require: boolean;
  /** May not be sent. */
  readonly forbid: boolean;
}

export interface ValueUse extends Asked {
  readonly element: number;
  /** 0: the element has none. */
  readonly component: number;
  /** Where it goes: `lines[].quantity`, `always BY`; empty for a value that only selects. */
  readonly field: string;
  /** `N101 = ST`; empty: always. */
  readonly when: string;
  readonly codes: readonly CodeUse[];
  /** Other codes are refused. */
  readonly isClosed: boolean;
  /** By a rule of the partner: it narrows what the mapping reads. */
  readonly isRule?: true;
  readonly length?: { readonly min: number; readonly max: number };
  /** The partner's own words. */
  readonly say?: string;
}

/** One rule about a segment; several may speak of the same slot. */
export interface SegmentUse extends Asked {
  readonly slot: Slot;
  readonly when: string;
  readonly values: readonly ValueUse[];
  /** Occurrences agreed, and the partner's own words. */
  readonly times?: { readonly min: number; readonly max: number };
  readonly say?: string;
}

/** One value of a message that is a tree: cXML, JSON. */
export interface PathUse extends Asked {
  readonly path: string;
  readonly field: string;
  readonly codes: readonly CodeUse[];
}
