/** Counts and digests texts in whatever order they come: the sum of their SHA-256, modulo 2^256. */
import { createHash } from 'node:crypto';

export interface Tally {
  readonly count: number;
  readonly digest: string;
}

export class Tallying {
  #count = 0;
  #sum = 0n;

  add(text: string | Uint8Array): void {
    this.#count += 1;
    this.#sum += BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
  }

  end(): Tally {
    const digest = BigInt.asUintN(256, this.#sum).toString(16).padStart(64, '0');
    return { count: this.#count, digest };
  }
}
