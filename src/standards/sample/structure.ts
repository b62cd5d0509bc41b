/**
 * Which segments a sample has, in order. A place is used only where reading puts the segment back
 * into it: some diagrams are ambiguous, and there the innermost open loop takes a segment.
 */
import type { Random } from '../../model/random.ts';
import type { MessageDefinition, Slot } from '../definition.ts';

export interface StructureOptions {
  readonly random: Random;
  /** The chance that something optional is there: 0 makes the smallest message. */
  readonly richness: number;
  /** Past so many segments only what is mandatory comes. */
  readonly segmentsMax: number;
}

/** Undefined: what is mandatory could not be placed among what was chosen before it. */
export function chooseSegments(
  definition: MessageDefinition,
  options: StructureOptions,
): readonly Slot[] | undefined {
  const walk: Walk = { ...options, open: [openLoop(definition.root)], chosen: [], isStuck: false };
  fillLoop(walk, definition.root, 0);
  return walk.isStuck ? undefined : walk.chosen;
}

interface Walk extends StructureOptions {
  /** The loops that a reader would have open, outermost first. */
  readonly open: OpenLoop[];
  readonly chosen: Slot[];
  isStuck: boolean;
}

interface OpenLoop {
  readonly slot: Slot;
  /** Order of the slot used last, and how often; -1 at the start. */
  position: number;
  used: number;
}

const openLoop = (slot: Slot): OpenLoop => ({ slot, position: -1, used: 0 });

function fillLoop(walk: Walk, loop: Slot, depth: number): void {
  for (const slot of loop.slots) {
    const times = howOften(walk, slot, depth);
    for (let time = 0; time < times; time += 1) {
      if (!isReadBack(walk, depth, slot)) {
        walk.isStuck ||= slot.mandatory && time === 0;
        break;
      }
      enter(walk, depth, slot);
      if (slot.slots.length > 0) fillLoop(walk, slot, depth + 1);
    }
  }
}

/** Deeper places are rarer, so that a large diagram makes no large sample. */
function howOften(walk: Walk, slot: Slot, depth: number): number {
  const { random, richness } = walk;
  if (slot.max < 1) return 0;
  const isFull = walk.chosen.length >= walk.segmentsMax;
  const wanted = slot.mandatory || (!isFull && random.chance(richness / (depth + 1)));
  if (!wanted) return 0;
  const more = isFull || !random.chance(richness) ? 0 : random.between(1, 2);
  return Math.min(slot.max, 1 + more);
}

/** Whether a reader would find exactly this slot for the tag. */
function isReadBack(walk: Walk, depth: number, slot: Slot): boolean {
  for (let at = walk.open.length - 1; at >= 0; at -= 1) {
    const loop = walk.open[at] as OpenLoop;
    const found = loop.slot.slots.find((it) => it.tag === slot.tag && takes(loop, it));
    if (found !== undefined) return found === slot && at === depth;
  }
  return false;
}

/** Room for one more at or after the last place used, and nothing mandatory in between. */
function takes({ slot, position, used }: OpenLoop, wanted: Slot): boolean {
  if (wanted.order < position) return false;
  if (wanted.order === position) return used < wanted.max;
  return !slot.slots.some(
    (it) => it.mandatory && it.order > position && it.order < wanted.order && it.max > 0,
  );
}

function enter({ open, chosen }: Walk, depth: number, slot: Slot): void {
  open.length = depth + 1;
  const loop = open[depth] as OpenLoop;
  loop.used = loop.position === slot.order ? loop.used + 1 : 1;
  loop.position = slot.order;
  chosen.push(slot);
  if (slot.slots.length > 0) open.push(openLoop(slot));
}
