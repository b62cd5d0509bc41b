/** Finds the segments of a checked message that a rule's steps lead to. */
import type { Segments } from '../../model/message.ts';
import type { PlacedNode, Slot } from '../definition.ts';
import type { RulePlace, SegmentStep, Selection } from './rule.ts';

/** A node with those above it, the message first: what its place is told by. */
export interface Standing {
  readonly node: PlacedNode;
  readonly above: Standing | undefined;
}

/** What the steps lead to from a node, in the order of the message. */
export function follow(
  from: Standing,
  steps: readonly SegmentStep[],
  segments: Segments,
): Iterable<Standing> {
  return steps.length === 0 ? [from] : followFrom(from, steps, segments, 0);
}

function* followFrom(
  from: Standing,
  steps: readonly SegmentStep[],
  segments: Segments,
  at: number,
): Generator<Standing> {
  const step = steps[at] as SegmentStep;
  for (const child of childrenAt(from, step, segments)) {
    if (at === steps.length - 1) yield child;
    else yield* followFrom(child, steps, segments, at + 1);
  }
}

/** The occurrences of one step directly inside; HL levels stand at any depth below each other. */
export function* childrenAt(
  from: Standing,
  step: SegmentStep,
  segments: Segments,
): Generator<Standing> {
  const { node } = from;
  for (const child of node.children) {
    if (child.slot.tag !== step.tag) continue;
    const standing = { node: child, above: from };
    if (isOf(child.slot, node.slot, step) && isSelected(child, step.select, segments)) {
      yield standing;
    }
    if (step.tag === 'HL' && child.children.length > 0) yield* childrenAt(standing, step, segments);
  }
}

/** The slot of a step below a parent, in whatever version the message was checked against. */
export const slotBelow = (parent: Slot, step: SegmentStep): Slot | undefined => {
  if (step.ordinal === undefined) return parent.slots.find(({ tag }) => tag === step.tag);
  return parent.slots.filter(({ tag }) => tag === step.tag)[step.ordinal];
};

const isOf = (slot: Slot, parent: Slot, step: SegmentStep): boolean =>
  slot === step.slot || step.ordinal === undefined || slotBelow(parent, step) === slot;

const isSelected = (
  { segment }: PlacedNode,
  select: readonly Selection[],
  segments: Segments,
): boolean =>
  select.every(({ element, component, values }) =>
    values.has(segments.value(segment, element, component === 0 ? undefined : component)),
  );

/** A value of a place in one segment. */
export interface RuleValue {
  readonly value: string;
  readonly repeat: number;
}

/** The values at the place's element in a segment: one, or one for each repetition. */
export function valuesAt(
  { segment }: PlacedNode,
  { element, component, definition }: RulePlace,
  segments: Segments,
): readonly RuleValue[] {
  const repeats = segments.repeats(segment, element);
  const parts = component === 0 ? (definition?.components.length ?? 0) : 0;
  if (repeats === 1 && parts === 0) {
    const value = segments.value(segment, element, component === 0 ? undefined : component);
    return value === '' ? none : [{ value, repeat: 1 }];
  }
  const found: RuleValue[] = [];
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const value =
      parts === 0
        ? segments.value(segment, element, component === 0 ? undefined : component, repeat)
        : firstPart(segments, segment, element, parts, repeat);
    if (value !== '') found.push({ value, repeat });
  }
  return found;
}

const none: readonly RuleValue[] = [];

/** A composite is there when any of its components is. */
function firstPart(
  segments: Segments,
  segment: number,
  element: number,
  parts: number,
  repeat: number,
): string {
  for (let part = 1; part <= parts; part += 1) {
    const value = segments.value(segment, element, part, repeat);
    if (value !== '') return value;
  }
  return '';
}
