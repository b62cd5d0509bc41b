/**
 * Repeats of control numbers, also among transfers that are checked at the same moment: the first
 * that asked stands for the first that came until its verdict is recorded. One hub has the file, so
 * its memory is enough; what it forgets in a crash is asked again.
 */

import type { SeenNumber } from '../../model/store.ts';
import type { Unit } from '../unit.ts';
import { firstSeen, type NumberSearch } from './numbers.ts';

export class Duplicates {
  /** Numbers asked for by checks under way: who asked first, and how many it asked for. */
  readonly #asked = new Map<string, SeenNumber>();
  readonly #byTransfer = new Map<string, string[]>();

  *find(searches: readonly NumberSearch[]): Unit<readonly (SeenNumber | undefined)[]> {
    const found: (SeenNumber | undefined)[] = [];
    for (const search of searches) {
      found.push((yield* firstSeen(search)) ?? this.#underWay(search));
    }
    return found;
  }

  /** Its verdict is stored (or it will begin anew): the store tells of it from now on. */
  judged(transfer: string): void {
    for (const text of this.#byTransfer.get(transfer) ?? []) this.#asked.delete(text);
    this.#byTransfer.delete(transfer);
  }

  #underWay({ since, transfer, ...key }: NumberSearch): SeenNumber | undefined {
    const { level, standard, sender, receiver, isTest, scope, control } = key;
    const text = JSON.stringify([level, standard, sender, receiver, isTest, scope, control]);
    const asked = this.#asked.get(text);
    if (asked !== undefined) return asked.transfer === transfer ? undefined : asked;
    const mine = this.#byTransfer.get(transfer) ?? [];
    // Interchanges are asked for in their order: that is their index, nearly always.
    const index = mine.length;
    this.#asked.set(text, { transfer, index, receivedAt: undefined, bytes: undefined });
    mine.push(text);
    this.#byTransfer.set(transfer, mine);
    return undefined;
  }
}
