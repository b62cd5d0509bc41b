/**
 * Segments that do not stand where the diagram has them. Each fault is told once, and what follows
 * is placed as if it had not happened: a repeat too many stays where it is, a late segment goes
 * back to its place, a gap is a missing segment, and a loop without its trigger is skipped whole.
 */
import { closeFrames, enter, settle } from './enter.ts';
import { quoted } from './findings.ts';
import { bestReading, type Reading as Candidate } from './foresee.ts';
import { addLate, type Frame, makeNode } from './frames.ts';
import { parentLevel } from './levels.ts';
import { isReported, reportAbsent, reportMissing } from './missing.ts';
import type { MessagePlan, SlotPlan } from './plan.ts';
import type { StandardsCode } from './policy.ts';
import { loopPath, numbered, type Run, segmentPlace } from './run.ts';

export function placeElsewhere(run: Run, plan: MessagePlan, segment: number, tag: string): void {
  run.slot = undefined;
  if (!plan.root.tags.has(tag)) {
    reportStranger(run, plan, segment, tag);
    return;
  }
  if (run.lost?.tags.has(tag) === true) return;
  const { full, late, ahead } = candidates(run, tag);
  const best = bestReading(run, [full, late, ahead].filter(isThere), segment);
  if (best === undefined) placeNowhere(run, segment, tag);
  else if (best === full) enter(run, full.at, full.slot, segment);
  else if (best === late) placeBack(run, late, segment);
  else placeAhead(run, best, segment);
}

const isThere = (candidate: Candidate | undefined): candidate is Candidate =>
  candidate !== undefined;

/** A segment that fits where it is may be the one that was told missing: what follows decides. */
export function placeMissing(run: Run, fitting: Candidate, segment: number): boolean {
  const frame = run.frames[fitting.at] as Frame;
  const { tag } = fitting.slot.slot;
  const missing = frame.missing?.find(
    (it) => it.slot.tag === tag && it.slot.order < frame.position,
  );
  const slot = frame.plan.children.find((it) => it.slot === missing?.slot);
  if (slot === undefined) return false;
  const late = { at: fitting.at, slot, isBehind: true };
  if (bestReading(run, [fitting, late], segment) !== late) return false;
  placeBack(run, late, segment);
  return true;
}

/** The innermost place that is used up, that is past, and that lies behind a mandatory one. */
function candidates(run: Run, tag: string) {
  let full: Candidate | undefined;
  let late: Candidate | undefined;
  let ahead: Candidate | undefined;
  for (let at = run.depth - 1; at >= 0; at -= 1) {
    const frame = run.frames[at] as Frame;
    for (const slot of frame.plan.inside.get(tag) ?? []) {
      const candidate = { at, slot, isBehind: slot.order < frame.position };
      // One that was told missing is the one that comes late.
      if (candidate.isBehind)
        late = late === undefined || isReported(frame, slot) ? candidate : late;
      else if (slot.order === frame.position && frame.used >= slot.max) full ??= candidate;
      else ahead ??= candidate;
    }
  }
  return { full, late, ahead };
}

/** A segment that comes late: loops inside stay open, unless it opens one itself. */
function placeBack(run: Run, { at, slot }: Candidate, segment: number): void {
  const frame = run.frames[at] as Frame;
  const occurrence = addLate(frame, slot);
  if (slot.isLoop) closeFrames(run, at + 1, segment);
  const wasMissing = takeBackMissing(run, frame, slot);
  if (slot.mandatory && occurrence === 1 && !wasMissing) frame.accounted += 1;
  if (!isToldBefore(run, frame, slot, segment)) {
    reportMisplaced(run, at, slot, segment, occurrence);
  }
  run.misplaced = { slot, frame, segment };
  const node = makeNode(slot.slot, segment, slot.isLoop);
  const parent = slot.isLevel ? parentLevel(run, frame, node) : frame.node;
  parent.children.push(node);
  settle(run, slot, node, occurrence);
}

/** Of the same loop: the like of the last late segment, or one that came late together with it. */
function isToldBefore({ misplaced }: Run, frame: Frame, slot: SlotPlan, segment: number): boolean {
  if (misplaced?.frame !== frame) return false;
  return misplaced.slot === slot || misplaced.segment === segment - 1;
}

/** A segment that was reported missing and now is only late is one fault, not two. */
function takeBackMissing(run: Run, frame: Frame, slot: SlotPlan): boolean {
  const missing = frame.missing?.find((it) => it.slot === slot.slot);
  if (missing === undefined) return false;
  frame.missing = frame.missing?.filter((it) => it !== missing);
  if (missing.finding !== undefined) run.findings.retract(missing.finding);
  return true;
}

function reportMisplaced(
  run: Run,
  at: number,
  slot: SlotPlan,
  segment: number,
  occurrence: number,
): void {
  if (!run.findings.wants('segment-misplaced')) return;
  const { tag } = slot.slot;
  const after = run.segments.tag(segment - 1).slice(0, tagCharactersMax);
  const path = `${loopPath(run, at + 1)} / ${numbered(slot, occurrence)}`;
  const fault = `${tag} stands after ${after}, but ${run.version} has it earlier`;
  const text = `${fault}; it is read as if it stood there.`;
  run.findings.add('segment-misplaced', segmentPlace(run, segment, path), text);
}

/** A segment behind mandatory ones that did not come. */
function placeAhead(run: Run, { at, slot }: Candidate, segment: number): void {
  closeFrames(run, at + 1, segment);
  reportMissing(run, at, slot.order, segment);
  enter(run, at, slot, segment);
}

/** A segment of a loop that is not open: its trigger is missing, or there is no place at all. */
/** What stands for a tag may be as long as its segment. */
const tagCharactersMax = 10;

function placeNowhere(run: Run, segment: number, tag: string): void {
  for (let at = run.depth - 1; at >= 0; at -= 1) {
    const frame = run.frames[at] as Frame;
    const loop = frame.plan.loopsWith.get(tag)?.find((it) => it.order >= frame.position);
    if (loop === undefined) continue;
    const because = `${tag} belongs to what ${loop.slot.tag} begins, and cannot be read without it`;
    if (!isReported(frame, loop)) reportAbsent(run, at, loop, segment, because);
    run.lost = loop;
    return;
  }
  const after = run.segments.tag(segment - 1).slice(0, tagCharactersMax);
  const text = `${tag} has no place after ${after} in ${run.version}; it is not read.`;
  reportUnplaced(run, 'segment-unexpected', segment, tag, text);
}

/** What is no tag at all was told by the codec (`segment-bad`). */
function reportStranger(run: Run, plan: MessagePlan, segment: number, tag: string): void {
  if (!/^[A-Z0-9]{2,3}$/.test(tag)) return;
  const { name, version } = plan.definition.type;
  if (plan.definition.tags?.has(tag) === true) {
    const text = `${tag} has no place in ${name} of ${version}; it is not read.`;
    reportUnplaced(run, 'segment-not-in-message', segment, tag, text);
  } else {
    const text = `${quoted(tag)} is no segment of ${version}; it is not read.`;
    reportUnplaced(run, 'segment-unknown', segment, tag, text);
  }
}

function reportUnplaced(
  run: Run,
  code: StandardsCode,
  segment: number,
  tag: string,
  text: string,
): void {
  if (!run.findings.wants(code)) return;
  const path = `${loopPath(run, run.depth)} / ${tag.slice(0, tagCharactersMax)}`;
  run.findings.add(code, segmentPlace(run, segment, path), text);
}
