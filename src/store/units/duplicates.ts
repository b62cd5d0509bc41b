/**
 * Repeats of an interchange, also among transfers that are checked at the same moment: the first
 * that asked stands for the first that came until its verdict is recorded. One hub has the file, so
 * its memory is enough; what it forgets in a crash is asked again.
 */

import type { Unit } from '../unit.ts';
import { firstSeen, type InterchangeKey } from './interchanges.ts';

type Seen = { readonly transfer: string; readonly index: number };

export class Duplicates {
  /** Interchanges asked for by checks under way: who asked first, and how many it asked for. */
  readonly #asked = new Map<string, Seen>();
  readonly #byTransfer = new Map<string, string[]>();

  *find(key: InterchangeKey): Unit<Seen | undefined> {
    const seen = yield* firstSeen(key);
    if (seen !== undefined) return seen;
    const text = JSON.stringify([key.standard, key.sender, key.receiver, key.control]);
    const asked = this.#asked.get(text);
    if (asked !== undefined) return asked.transfer === key.transfer ? undefined : asked;
    this.#remember(key.transfer, text);
    return undefined;
  }

  /** Its verdict is stored (or it will begin anew): the store tells of it from now on. */
  judged(transfer: string): void {
    for (const text of this.#byTransfer.get(transfer) ?? []) this.#asked.delete(text);
    this.#byTransfer.delete(transfer);
  }

  #remember(transfer: string, text: string): void {
    const mine = this.#byTransfer.get(transfer) ?? [];
    // Interchanges are asked for in their order: that is their index, nearly always.
    this.#asked.set(text, { transfer, index: mine.length });
    mine.push(text);
    this.#byTransfer.set(transfer, mine);
  }
}
