/** Time, randomness and ids come in as arguments, so that a whole walk can be replayed from a seed. */

/** An instant in UTC as ISO 8601 text with milliseconds: `2026-03-01T14:05:00.000Z`. */
export type Instant = string;

export interface Clock {
  /** The wall clock, for deadlines and records. */
  now(): Instant;
  /** Milliseconds that never run backwards, for back-off and measuring. */
  monotonic(): number;
}

/** Numbers from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** Makes ids: 26 characters, ordered by time, `[0-9A-Z]` only, safe in a path, a URL and a file name. */
export type MakeId = () => string;

/** What every step of the walk is given instead of reaching for a global. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly makeId: MakeId;
}
