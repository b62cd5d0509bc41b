/** The real clock, randomness and ids: the only place in the hub that reaches for them. */
import { randomBytes } from 'node:crypto';
import type { MakeId, Surroundings } from '../model/time.ts';

/** Crockford's base 32: no letters that read like digits. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function surroundings(): Surroundings {
  return {
    clock: {
      now: () => new Date().toISOString(),
      monotonic: () => performance.now(),
    },
    random: Math.random,
    makeId: idMaker(),
  };
}

/**
 * Ids ordered by time: 10 letters of milliseconds, 16 of randomness (ULID). Within a millisecond
 * the random part counts up, so that ids of one process never go backwards.
 */
function idMaker(): MakeId {
  let lastMs = 0;
  let high = 0;
  let low = 0;
  return () => {
    const ms = Math.max(Date.now(), lastMs);
    if (ms > lastMs) {
      const bytes = randomBytes(10);
      // 39 bits, so that counting up never overflows the 40 there are.
      high = Math.floor(bytes.readUIntBE(0, 5) / 2);
      low = bytes.readUIntBE(5, 5);
    } else {
      low = (low + 1) % HALF;
      if (low === 0) high += 1;
    }
    lastMs = ms;
    return encode(ms, 10) + encode(high, 8) + encode(low, 8);
  };
}

/** Half of the random part: 8 letters. */
const HALF = 2 ** 40;

function encode(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let index = 0; index < length; index++) {
    text = LETTERS[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
