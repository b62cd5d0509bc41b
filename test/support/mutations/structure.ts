/** Mutations of which segments there are, and in which order. */
import type { SampledSegment } from '../../../src/standards/sample/ties.ts';
import {
  beginOfLoop,
  endOfLoop,
  type Mutant,
  type Mutate,
  pickIndex,
  type Sample,
  type Spot,
  usesInLoop,
} from './sample.ts';
import type { MutationName } from './table.ts';

export const structureMutations: Partial<Record<MutationName, Mutate>> = {
  'drop-segment': (sample) => {
    const { segments, random } = sample;
    const at = pickIndex(
      segments,
      random,
      ({ slot }, index) => slot.mandatory && usesInLoop(sample, index).length === 1,
    );
    if (at === undefined) return undefined;
    const left = without(segments, at, endOfLoop(sample, at));
    // What follows may be what is misplaced, and what comes after it what seemed missing.
    let rest = at;
    while (rest < left.length && left[rest]!.tag === left[at]!.tag) rest += 1;
    const otherReading = without(left, at, rest).map(({ tag }) => tag);
    return { ...structural(left, { segment: at + 2, tag: segments[at]!.tag }), otherReading };
  },

  'drop-trigger': (sample) => {
    const { segments, random, tree } = sample;
    const at = pickIndex(
      segments,
      random,
      ({ slot }, index) =>
        slot.slots.length > 0 &&
        usesInLoop(sample, index)[0] === index &&
        endOfLoop(sample, index) > index + 1 &&
        segments
          .slice(index + 1, endOfLoop(sample, index))
          .every(({ tag }) => tree.places.get(tag) === 1),
    );
    if (at === undefined) return undefined;
    return structural(without(segments, at, at + 1), { segment: at + 2, tag: segments[at]!.tag });
  },

  'repeat-segment': (sample) => {
    const { segments, random } = sample;
    const at = pickIndex(
      segments,
      random,
      ({ slot }) => slot.slots.length === 0 && slot.max <= copiesMax,
    );
    if (at === undefined) return undefined;
    const uses = usesInLoop(sample, at);
    const last = uses.at(-1)!;
    const { slot, tag } = segments[at]!;
    const copies = Array.from({ length: slot.max + 1 - uses.length }, () => segments[at]!);
    const more = [...segments.slice(0, last + 1), ...copies, ...segments.slice(last + 1)];
    return structural(more, { segment: uses[0]! + slot.max + 2, tag });
  },

  'repeat-loop': (sample) => {
    const { segments, random } = sample;
    const at = pickIndex(
      segments,
      random,
      ({ slot, tag }) => slot.slots.length > 0 && slot.max <= copiesMax && tag !== 'HL',
    );
    if (at === undefined) return undefined;
    const uses = usesInLoop(sample, at);
    const { slot, tag } = segments[at]!;
    const copy = segments.slice(at, endOfLoop(sample, at));
    if (copy.some((it) => it.tag === 'HL' || it.tag === 'LS')) return undefined;
    const end = endOfLoop(sample, uses.at(-1)!);
    const times = slot.max + 1 - uses.length;
    const copies = Array.from({ length: times }, () => copy).flat();
    const more = [...segments.slice(0, end), ...copies, ...segments.slice(end)];
    return structural(more, { segment: end + copy.length * (times - 1) + 2, tag });
  },

  'swap-segments': (sample) => {
    const { segments, random } = sample;
    const at = pickIndex(segments, random, (it, index) => isSwappable(sample, it, index));
    if (at === undefined) return undefined;
    const [one, other] = [segments[at]!, segments[at + 1]!];
    const swapped = [...segments.slice(0, at), other, one, ...segments.slice(at + 2)];
    // With one more at its old place, the one that moved may belong where it stands.
    const otherReading = [...segments.slice(0, at), one, other, one, ...segments.slice(at + 2)];
    const spot = { segment: at + 3, tag: one.tag };
    const otherSpot = { segment: at + 2, tag: other.tag };
    return {
      ...structural(swapped, spot),
      otherSpot,
      otherReading: otherReading.map(({ tag }) => tag),
    };
  },

  'unknown-segment': (sample) => insertion(sample, 'ZZZ'),

  'foreign-segment': (sample) => {
    const { definition, random, tree } = sample;
    const foreign = [...(definition.tags ?? [])].filter(
      (it) =>
        !tree.places.has(it) && !/^(ISA|IEA|GS|GE|ST|SE|UN.|TA1|BIN|BDS|S[12346][ASE])$/.test(it),
    );
    return foreign.length === 0 ? undefined : insertion(sample, random.pick(foreign));
  },
};

/** More copies than this make a large message and prove no more. */
const copiesMax = 12;

const structural = (segments: readonly SampledSegment[], spot: Spot): Mutant => ({
  segments,
  spot,
  isStructural: true,
});

const without = (segments: readonly SampledSegment[], from: number, to: number) => [
  ...segments.slice(0, from),
  ...segments.slice(to),
];

/** Plain neighbours of one loop, at different places of the diagram, each there once. */
function isSwappable(sample: Sample, one: SampledSegment, index: number): boolean {
  const other = sample.segments[index + 1];
  return (
    other !== undefined &&
    one.slot.slots.length === 0 &&
    other.slot.slots.length === 0 &&
    one.tag !== other.tag &&
    beginOfLoop(sample, index) === beginOfLoop(sample, index + 1) &&
    usesInLoop(sample, index).length === 1
  );
}

function insertion({ segments, random }: Sample, tag: string): Mutant {
  const at = random.below(segments.length + 1);
  const [first] = segments;
  const inserted = { tag, elements: ['X'], slot: first!.slot };
  const more = [...segments.slice(0, at), inserted, ...segments.slice(at)];
  return { segments: more, spot: { segment: at + 2, tag } };
}
