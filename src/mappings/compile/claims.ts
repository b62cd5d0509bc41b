/**
 * Claims of values of an EDI message. Each is one number while rules take and give back; at the end
 * they become a bit for each element of each segment, because nearly all values are whole elements.
 */

/** A claim is (segment, element, component, repeat) in one number: 31 bits are enough for most. */
const componentBits = 7;
const elementBits = 7;
const perComponent = 2 ** componentBits;
const perElement = 2 ** elementBits;
const perRepeat = 2 ** 40;
const small = 2 ** 31;

export const claimNumber = (
  segment: number,
  element: number,
  component: number,
  repeat: number,
): number => (segment * perElement + element) * perComponent + component + (repeat - 1) * perRepeat;

/** First component, first repeat, an element that has a bit, and a small number. */
const bits = 32;
const segmentsWithBits = small / (perComponent * perElement);

export class ClaimTable {
  readonly #first: Int32Array;
  #others: Set<number> | undefined;

  constructor(claims: readonly number[], segments: number) {
    this.#first = new Int32Array(segments);
    for (let at = 0; at < claims.length; at++) {
      const claim = claims[at]!;
      const element = (claim >> componentBits) & (perElement - 1);
      const isFirst = (claim & (perComponent - 1)) === 1 && element < bits && claim < small;
      if (isFirst) this.#first[claim >> (componentBits + elementBits)]! |= 1 << element;
      else {
        this.#others ??= new Set();
        this.#others.add(claim);
      }
    }
  }

  has(segment: number, element: number, component: number, repeat: number): boolean {
    const claim = claimNumber(segment, element, component, repeat);
    return component === 1 && element < bits && claim < small
      ? this.hasWhole(segment, element)
      : this.#others?.has(claim) === true;
  }

  /** Of an element without components and repeats. */
  hasWhole(segment: number, element: number): boolean {
    return element < bits && segment < segmentsWithBits
      ? ((this.#first[segment]! >>> element) & 1) === 1
      : this.#others?.has(claimNumber(segment, element, 1, 1)) === true;
  }
}
