/**
 * Puts each segment in its place of the standard's diagram, one look at the open loops a segment.
 * A segment belongs to the innermost open loop that has room for it at or after the last place
 * used, without leaving out a mandatory segment. Everything else is a fault (misplace.ts).
 */
import { enter } from './enter.ts';
import type { Frame } from './frames.ts';
import { placeElsewhere, placeMissing } from './misplace.ts';
import type { MessagePlan, SlotPlan } from './plan.ts';
import type { Run } from './run.ts';

/** Sets `run.slot`: undefined where no place was found. */
export function placeSegment(run: Run, plan: MessagePlan, segment: number): void {
  const tag = run.segments.tag(segment);
  for (let at = run.depth - 1; at >= 0; at -= 1) {
    const frame = run.frames[at] as Frame;
    const slots = frame.plan.inside.get(tag);
    if (slots === undefined) continue;
    for (const slot of slots) {
      if (fits(frame, slot) && skipsNothing(frame, slot)) {
        if (
          frame.missing !== undefined &&
          placeMissing(run, { at, slot, isBehind: false }, segment)
        ) {
          return;
        }
        enter(run, at, slot, segment);
        return;
      }
    }
  }
  placeElsewhere(run, plan, segment, tag);
}

const fits = (frame: Frame, slot: SlotPlan): boolean =>
  slot.order > frame.position || (slot.order === frame.position && frame.used < slot.max);

const skipsNothing = (frame: Frame, slot: SlotPlan): boolean =>
  frame.accounted >= (frame.plan.mandatoryBefore[slot.order] as number);
