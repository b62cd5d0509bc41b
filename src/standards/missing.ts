/** Findings about what is not there, and about what is there too often. */
import type { Place } from '../model/finding.ts';
import { type Frame, usesOf } from './frames.ts';
import type { SlotPlan } from './plan.ts';
import { loopPath, numbered, type Run, segmentPlace } from './run.ts';

/** Tells which mandatory segments before an order are missing; `segment` stands in their place. */
export function reportMissing(run: Run, at: number, before: number, segment: number): void {
  const frame = run.frames[at] as Frame;
  for (const child of frame.plan.children) {
    if (child.order >= before) break;
    if (child.mandatory && !isAccounted(frame, child)) reportAbsent(run, at, child, segment);
  }
}

const isAccounted = (frame: Frame, child: SlotPlan): boolean =>
  isReported(frame, child) || usesOf(child.slot, frame.node) > 0;

/** True when its absence from this loop was told already. */
export const isReported = (frame: Frame, child: SlotPlan): boolean =>
  frame.missing?.some((it) => it.slot === child.slot) === true;

/** One absent segment; `because` says what asks for it, where that is not the requirement alone. */
export function reportAbsent(
  run: Run,
  at: number,
  child: SlotPlan,
  segment: number,
  because?: string,
): void {
  const frame = run.frames[at] as Frame;
  frame.missing ??= [];
  frame.missing.push({
    slot: child.slot,
    finding: absentFinding(run, at, child, segment, because),
  });
  if (child.mandatory) frame.accounted += 1;
}

function absentFinding(
  run: Run,
  at: number,
  child: SlotPlan,
  segment: number,
  because: string | undefined,
) {
  if (!run.findings.wants('segment-missing')) return undefined;
  const { tag, group } = child.slot;
  const path = loopPath(run, at + 1);
  const what = group === undefined ? tag : `${tag} (which begins ${group})`;
  const within = at === 0 ? 'the message' : `the ${(run.frames[at] as Frame).plan.slot.tag} loop`;
  const why = because ?? `${run.version} makes it mandatory in ${within}`;
  const text = `${what} is missing before segment ${segment + 1}: ${why}.`;
  // A loop without its trigger may be one that begins otherwise in the message's own version.
  const isUnsure = because !== undefined && run.isStandIn;
  const more = isUnsure ? ({ atMost: 'warning' } as const) : {};
  return run.findings.add('segment-missing', absentPlace(run, segment, path, tag), text, more);
}

/** The place is that of the segment which stands where the missing one should. */
function absentPlace(run: Run, segment: number, path: string, tag: string): Place {
  const start = run.segments.start(segment);
  return { ...segmentPlace(run, segment, `${path} / ${tag}`), tag, start, end: start };
}

/** Called once, for the first occurrence that is too many. */
export function reportRepeats(run: Run, at: number, slot: SlotPlan, segment: number): void {
  const code = slot.isLoop ? 'loop-repeats' : 'segment-repeats';
  if (!run.findings.wants(code)) return;
  const path = `${loopPath(run, at + 1)} / ${numbered(slot, slot.max + 1)}`;
  const what = slot.isLoop ? `The ${slot.slot.group ?? slot.slot.tag} loop` : slot.slot.tag;
  const times = slot.max === 1 ? 'once' : `${slot.max} times`;
  const text = `${what} may occur ${times} here in ${run.version}, and this is one more.`;
  run.findings.add(code, segmentPlace(run, segment, path), text);
}
