/**
 * Which of several readings of a misplaced segment leaves the least to complain about: each is
 * tried on the segments that follow. One fault then gives one finding, where the first place that
 * comes to hand may give a second one further on (a missing UNS, a missing total). Runs at faults only.
 */
import type { Frame } from './frames.ts';
import type { SlotPlan } from './plan.ts';
import type { Run } from './run.ts';

export interface Reading {
  /** Index of the open loop in which the segment would go to the slot. */
  readonly at: number;
  readonly slot: SlotPlan;
  /** True: the place is behind, and the loops stay as they are. */
  readonly isBehind: boolean;
}

/** Looking farther costs time in hostile messages, and nearer misses what comes after a loop. */
const segmentsAhead = 24;

/** The reading after which the most segments find their places; of equals the first. */
export function bestReading<R extends Reading>(
  run: Run,
  readings: readonly R[],
  segment: number,
): R | undefined {
  if (readings.length < 2) return readings[0];
  let best: R | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const reading of readings) {
    const placed = placedAfter(run, reading, segment);
    if (placed > most) {
      best = reading;
      most = placed;
    }
  }
  return best;
}

/** An open loop, as far as placing needs it. */
interface Loop {
  readonly plan: SlotPlan;
  position: number;
  used: number;
  /** Mandatory places before this order are forgiven: they were told, or will be. */
  forgiven: number;
}

function placedAfter(run: Run, reading: Reading, segment: number): number {
  const loops = openLoops(run);
  const { at, slot, isBehind } = reading;
  const staysOpen = isBehind && !slot.isLoop;
  const closed = staysOpen ? [] : loops.slice(at + 1);
  // What a closed loop still owes is one more fault.
  const debt = closed.some((it) => owes(it, Number.POSITIVE_INFINITY)) ? 1 : 0;
  if (isBehind) goBack(loops, at, slot);
  else {
    const loop = loops[at] as Loop;
    loop.forgiven = slot.order;
    goTo(loops, at, slot);
  }
  return countPlaced(run, loops, reading, segment) - debt;
}

function countPlaced(run: Run, loops: Loop[], reading: Reading, segment: number): number {
  const { slot, isBehind } = reading;
  const skipped = isBehind ? [] : skippedTags(run, reading);
  let placed = 0;
  const last = Math.min(run.segments.count - 1, segment + segmentsAhead);
  for (let next = segment + 1; next < last; next += 1) {
    const tag = run.segments.tag(next);
    // Late ones of a row are one fault.
    const isSame = isBehind && placed === next - segment - 1 && tag === slot.slot.tag;
    if (!isSame && !isPlaced(loops, tag) && !takeOut(skipped, tag)) return placed;
    placed += 1;
  }
  return isOwed(loops, run, last) ? placed : placed + 1;
}

/** What is mandatory before the place and not there: should it come late, that is the same fault. */
function skippedTags(run: Run, { at, slot }: Reading): string[] {
  const { plan, position, used } = run.frames[at] as Frame;
  const from = used === 0 ? position - 1 : position;
  return plan.children
    .filter((it) => it.mandatory && it.order > from && it.order < slot.order)
    .map((it) => it.slot.tag);
}

function takeOut(tags: string[], tag: string): boolean {
  const at = tags.indexOf(tag);
  if (at >= 0) tags.splice(at, 1);
  return at >= 0;
}

const openLoops = (run: Run): Loop[] =>
  run.frames.slice(0, run.depth).map(({ plan, position, used, accounted }: Frame) => ({
    plan,
    position,
    used,
    forgiven: forgivenUpTo(plan, accounted),
  }));

/** The order before which every mandatory place is seen or told. */
function forgivenUpTo(plan: SlotPlan, accounted: number): number {
  let order = 0;
  while (order < plan.children.length && (plan.mandatoryBefore[order] as number) <= accounted) {
    order += 1;
  }
  return order - 1;
}

/** A late loop is open until something stands outside it; a late plain segment opens nothing. */
function goBack(loops: Loop[], at: number, slot: SlotPlan): void {
  if (!slot.isLoop) return;
  loops.length = at + 1;
  loops.push(newLoop(slot));
}

function goTo(loops: Loop[], at: number, slot: SlotPlan): void {
  loops.length = at + 1;
  const loop = loops[at] as Loop;
  loop.used = loop.position === slot.order ? loop.used + 1 : 1;
  loop.position = slot.order;
  if (slot.isLoop) loops.push(newLoop(slot));
}

const newLoop = (plan: SlotPlan): Loop => ({ plan, position: 0, used: 0, forgiven: 0 });

/** As placeSegment does it; loops that it leaves may owe nothing. */
function isPlaced(loops: Loop[], tag: string): boolean {
  for (let at = loops.length - 1; at >= 0; at -= 1) {
    const loop = loops[at] as Loop;
    const slot = loop.plan.inside.get(tag)?.find((it) => fits(loop, it));
    if (slot !== undefined) {
      goTo(loops, at, slot);
      return true;
    }
    if (owes(loop, Number.POSITIVE_INFINITY)) return false;
  }
  return false;
}

const fits = (loop: Loop, slot: SlotPlan): boolean =>
  (slot.order > loop.position || (slot.order === loop.position && loop.used < slot.max)) &&
  !owes(loop, slot.order);

/** Something mandatory stands between what was used last, or told, and an order. */
function owes({ plan, position, used, forgiven }: Loop, before: number): boolean {
  const from = used === 0 ? position - 1 : position;
  return plan.children.some(
    (it) => it.mandatory && it.order > from && it.order >= forgiven && it.order < before,
  );
}

/** At the trailer nothing may be owed. */
function isOwed(loops: readonly Loop[], run: Run, last: number): boolean {
  return last === run.segments.count - 1 && loops.some((it) => owes(it, Number.POSITIVE_INFINITY));
}
