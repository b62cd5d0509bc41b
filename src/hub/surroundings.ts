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
  let random = 0n;
  return () => {
    const ms = Math.max(Date.now(), lastMs);
    random = ms === lastMs ? random + 1n : randomPart();
    lastMs = ms;
    return encode(BigInt(ms), 10) + encode(random, 16);
  };
}

/** 79 bits, so that counting up never overflows the 80 there are. */
const randomPart = (): bigint => BigInt(`0x${randomBytes(10).toString('hex')}`) >> 1n;

function encode(value: bigint, length: number): string {
  let text = '';
  let rest = value;
  for (let index = 0; index < length; index++) {
    text = LETTERS[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return text;
}
