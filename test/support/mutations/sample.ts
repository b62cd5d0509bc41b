/** A valid message as the mutations see it, and what they make of it. */
import type { Random } from '../../../src/model/random.ts';
import type { MessageDefinition, Slot } from '../../../src/standards/definition.ts';
import type { SampledSegment } from '../../../src/standards/sample/ties.ts';

export interface Sample {
  readonly definition: MessageDefinition;
  /** Between header and trailer: segment i stands at position i + 2 of the message. */
  readonly segments: readonly SampledSegment[];
  readonly random: Random;
  readonly tree: SlotTree;
  readonly form: EnvelopeForm;
}

/** How the interchange around an EDIFACT message is written. */
export interface EnvelopeForm {
  readonly isSyntax4: boolean;
  /** In UNG and UNE. */
  readonly isGrouped: boolean;
}

/** Where the fault is, in the standards' own counting: the header is segment 1. */
export interface Spot {
  readonly segment: number;
  readonly tag: string;
  readonly element?: number;
  readonly component?: number;
  readonly repeat?: number;
}

export interface Mutant {
  readonly segments: readonly SampledSegment[];
  /** Done to the written segments, envelope included. */
  readonly edit?: (segments: readonly string[]) => readonly string[];
  readonly spot: Spot;
  /** Swapped: either of the two may be the one that moved. */
  readonly otherSpot?: Spot;
  /** The bad value, which AK404 copies. */
  readonly value?: string;
  /** True where segments changed, so that the message might be valid all the same. */
  readonly isStructural?: true;
  /** Tags that a reader may take it for with one segment missing, where they are readable. */
  readonly otherReading?: readonly string[];
}

/** Undefined: the sample has no place for it. */
export type Mutate = (sample: Sample) => Mutant | undefined;

export interface SlotTree {
  readonly parents: ReadonlyMap<Slot, Slot>;
  /** Every tag of the message, with how many places have it. */
  readonly places: ReadonlyMap<string, number>;
}

const trees = new WeakMap<MessageDefinition, SlotTree>();

export function treeOf(definition: MessageDefinition): SlotTree {
  const known = trees.get(definition);
  if (known !== undefined) return known;
  const parents = new Map<Slot, Slot>();
  const places = new Map<string, number>();
  const walk = (loop: Slot): void => {
    for (const slot of loop.slots) {
      parents.set(slot, loop);
      places.set(slot.tag, (places.get(slot.tag) ?? 0) + 1);
      walk(slot);
    }
  };
  walk(definition.root);
  const tree = { parents, places };
  trees.set(definition, tree);
  return tree;
}

/** The index after the last segment of the loop that begins at an index. */
export function endOfLoop({ segments, tree }: Sample, at: number): number {
  const loop = segments[at]!.slot;
  const isInside = (slot: Slot): boolean => {
    for (let up = tree.parents.get(slot); up !== undefined; up = tree.parents.get(up)) {
      if (up === loop) return true;
    }
    return false;
  };
  let end = at + 1;
  while (end < segments.length && isInside(segments[end]!.slot)) end += 1;
  return end;
}

/** The index where the loop around a segment begins; -1 for the message. */
export function beginOfLoop({ segments, tree }: Sample, at: number): number {
  const parent = tree.parents.get(segments[at]!.slot);
  for (let before = at - 1; before >= 0; before -= 1) {
    if (segments[before]!.slot === parent) return before;
  }
  return -1;
}

/** Indices of the uses of a slot in the loop around one of them. */
export function usesInLoop(sample: Sample, at: number): readonly number[] {
  const begin = beginOfLoop(sample, at);
  const end = begin < 0 ? sample.segments.length : endOfLoop(sample, begin);
  const { slot } = sample.segments[at]!;
  return indices(sample.segments, (it, index) => it.slot === slot && index > begin && index < end);
}

export function indices<T>(
  list: readonly T[],
  test: (item: T, index: number) => boolean,
): readonly number[] {
  return list.flatMap((item, index) => (test(item, index) ? [index] : []));
}

/** One that passes, at random. */
export function pickIndex<T>(
  list: readonly T[],
  random: Random,
  test: (item: T, index: number) => boolean,
): number | undefined {
  const found = indices(list, test);
  return found.length === 0 ? undefined : random.pick(found);
}
