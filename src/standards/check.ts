/** Checks a message of segments against its standard: segments in their places, elements right. */
import type { Place } from '../model/finding.ts';
import type { Message, MessageType, Segments } from '../model/message.ts';
import type { Checked, MessageDefinition } from './definition.ts';
import { checkElements } from './elements.ts';
import { closeFrames } from './enter.ts';
import { FindingList, quoted } from './findings.ts';
import { makeNode, openFrame } from './frames.ts';
import { placeSegment } from './place.ts';
import { type MessagePlan, planOf } from './plan.ts';
import { type CheckPolicy, defaultPolicy } from './policy.ts';
import { messagePath, type Run } from './run.ts';

/**
 * One pass over the segments. The tree holds every segment that has a place, the faulty ones too;
 * what has none is named by a finding. Throws TypeError for a message that is a tree.
 */
export function checkMessage(
  message: Message,
  definition: MessageDefinition,
  policy: CheckPolicy = defaultPolicy,
): Checked {
  if (message.content.form !== 'segments') {
    throw new TypeError(`${definition.key} is checked by segments, not as a tree`);
  }
  const plan = planOf(definition);
  const { segments } = message.content;
  const root = makeNode(definition.root, -1, true);
  const run = startRun(message, segments, plan, policy);
  run.frames[0] = openFrame(plan.root, root, 1);
  const { control, start, end } = message;
  const place = { path: messagePath(message), message: control, start, end };
  noteStandIn(run, definition, place);
  checkBody(run, plan);
  return { definition, root, findings: run.findings.all(place) };
}

function startRun(
  message: Message,
  segments: Segments,
  { definition }: MessagePlan,
  policy: CheckPolicy,
): Run {
  const { standard, version } = definition.type;
  return {
    message,
    segments,
    version,
    isX12: standard === 'x12',
    mayRepeat: segments.mayRepeat !== false,
    isStandIn: isStandIn(message.type, definition.type),
    checksCodes: message.type.association?.startsWith('EAN') !== true,
    findings: new FindingList(policy, isStandIn(message.type, definition.type)),
    frames: [],
    depth: 1,
    slot: undefined,
    occurrence: 1,
    lost: undefined,
    misplaced: undefined,
  };
}

/** CONTRL has no directory: its version is that of the syntax, however it is written. */
const isStandIn = (named: MessageType, read: MessageType): boolean =>
  named.version !== read.version && read.name !== 'CONTRL';

function noteStandIn(run: Run, { type }: MessageDefinition, place: Place): void {
  const { version } = run.message.type;
  if (!isStandIn(run.message.type, type)) return;
  if (!run.findings.wants('version-stands-in')) return;
  const nearest = `${type.name} was checked against ${type.version}, the nearest`;
  const text = `${quoted(version)} is not installed: ${nearest}.`;
  run.findings.add('version-stands-in', place, text);
}

/** The codec compares header and trailer; here only the header's own elements are judged. */
function checkBody(run: Run, plan: MessagePlan): void {
  const { segments } = run;
  const { header, trailer } = plan;
  const last = segments.count - 1;
  const hasTrailer = last > 0 && segments.tag(last) === trailer?.tag;
  const end = hasTrailer ? last : last + 1;
  if (header !== undefined) checkElements(run, header, 0);
  for (let segment = 1; segment < end; segment += 1) {
    placeSegment(run, plan, segment);
    if (run.slot !== undefined) checkElements(run, run.slot.segment, segment);
  }
  closeFrames(run, 0, last);
}
