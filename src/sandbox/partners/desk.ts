/**
 * A partner's back office without its files: it writes an order, and it reads what came and says
 * what it answers. Pure but for the state that it is given and changes.
 */
import type { Instant } from '../../model/time.ts';
import type { DeskEvent } from './event.ts';
import type { DeskState } from './state.ts';

/** A file for the hub, and what is told once it is there. */
export interface Outgoing {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly event: DeskEvent;
}

export interface Received {
  readonly events: readonly DeskEvent[];
  readonly replies: readonly Outgoing[];
}

export interface Desk {
  /** `acme`. */
  readonly partner: string;
  order(state: DeskState, at: Instant): Outgoing & { readonly orderNumber: string };
  receive(bytes: Uint8Array, state: DeskState, at: Instant): Received;
}

/** An article as the partner buys it. */
export interface Bought {
  /** The partner's own part number. */
  readonly part: string;
  /** The seller's number; empty where the partner does not know it. */
  readonly sku: string;
  readonly gtin: string;
  readonly description: string;
  readonly price: string;
}

export interface Wanted extends Bought {
  /** From 1. */
  readonly line: number;
  readonly quantity: string;
}

/** Three or four lines with other articles and quantities for each order number. */
export function wanted(assortment: readonly Bought[], order: number): readonly Wanted[] {
  const count = 3 + (order % 2);
  return Array.from({ length: count }, (_, index) => {
    const article = assortment[(order * 3 + index) % assortment.length] as Bought;
    const quantity = String(((order * 7 + index * 5) % 20) + 2);
    return { ...article, line: index + 1, quantity };
  });
}
