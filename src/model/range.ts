/** A byte range: first byte, and the byte after the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
