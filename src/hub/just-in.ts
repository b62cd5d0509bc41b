/**
 * Transfers that came a moment ago, at hand for their first check: nothing of a check can have been
 * stored of them. What is not kept here is read from the store.
 */
import type { TransferRow } from '../model/rows.ts';

const KEPT_MAX = 1000;

export class JustIn {
  readonly #kept = new Map<string, TransferRow>();

  add(transfer: TransferRow): void {
    if (this.#kept.size < KEPT_MAX) this.#kept.set(transfer.id, transfer);
  }

  /** Once: a check that begins again asks the store. */
  take(id: string): TransferRow | undefined {
    const transfer = this.#kept.get(id);
    this.#kept.delete(id);
    return transfer;
  }
}
