/** Opens and closes loops as segments go to their places. */
import { type Frame, type GrowingNode, makeNode, openFrame, sortLate } from './frames.ts';
import { parentLevel } from './levels.ts';
import { isReported, reportMissing, reportRepeats } from './missing.ts';
import type { SlotPlan } from './plan.ts';
import type { Run } from './run.ts';

/** Closes the loops inside the frame and puts the segment there. */
export function enter(run: Run, at: number, slot: SlotPlan, segment: number): void {
  closeFrames(run, at + 1, segment);
  const frame = run.frames[at] as Frame;
  if (slot.order === frame.position && frame.used > 0) {
    frame.used += 1;
    if (frame.used === slot.max + 1) reportRepeats(run, at, slot, segment);
  } else {
    frame.position = slot.order;
    frame.used = 1;
    if (slot.mandatory && !isReported(frame, slot)) frame.accounted += 1;
  }
  const node = makeNode(slot.slot, segment, slot.isLoop);
  const parent = slot.isLevel ? parentLevel(run, frame, node) : frame.node;
  parent.children.push(node);
  settle(run, slot, node, frame.used);
}

/** The segment at hand has its place; a loop stays open. */
export function settle(run: Run, slot: SlotPlan, node: GrowingNode, occurrence: number): void {
  run.slot = slot;
  run.occurrence = occurrence;
  run.lost = undefined;
  if (slot.isLoop) {
    run.frames[run.depth] = openFrame(slot, node, occurrence);
    run.depth += 1;
  }
}

/** Ends loops until so many are open; `segment` is the one that ends them. */
export function closeFrames(run: Run, depth: number, segment: number): void {
  while (run.depth > depth) {
    const frame = run.frames[run.depth - 1] as Frame;
    if (frame.accounted < frame.plan.mandatoryCount) {
      reportMissing(run, run.depth - 1, Number.POSITIVE_INFINITY, segment);
    }
    sortLate(frame);
    run.depth -= 1;
  }
}
