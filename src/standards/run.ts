/** What the steps of checking one message share. */
import type { Place, Severity } from '../model/finding.ts';
import type { Message, Segments } from '../model/message.ts';
import type { ElementDefinition } from './definition.ts';
import type { FindingList } from './findings.ts';
import type { Frame } from './frames.ts';
import type { SlotPlan } from './plan.ts';
import type { StandardsCode } from './policy.ts';

export interface Run {
  readonly message: Message;
  readonly segments: Segments;
  /** What is checked, in words: `004010`, `D96A`. */
  readonly version: string;
  readonly isX12: boolean;
  /** The syntax has a repetition separator. */
  readonly mayRepeat: boolean;
  /** The definition is of another version than the message names. */
  readonly isStandIn: boolean;
  /** EDIFACT code lists of an industry's subset (EAN008) are not the directory's. */
  readonly checksCodes: boolean;
  readonly findings: FindingList;
  /** The open loops, and how many of them are in use. */
  readonly frames: Frame[];
  depth: number;
  /** The slot of the segment at hand, while its elements are checked. */
  slot: SlotPlan | undefined;
  occurrence: number;
  /** A loop whose trigger is missing: what else belongs to it is not told again. */
  lost: SlotPlan | undefined;
  /** The last misplaced segment: its like, and what came late with it, are not told again. */
  misplaced:
    | { readonly slot: SlotPlan; readonly frame: Frame; readonly segment: number }
    | undefined;
}

/** Where a value is: 1-based element and component, 0 for none. */
export interface Spot {
  readonly element: number;
  readonly component: number;
  readonly repeat: number;
}

/** `ST 0001`, where every path begins. */
export const messagePath = (message: Message): string =>
  `${message.type.standard === 'x12' ? 'ST' : 'UNH'} ${message.control}`;

/** The open loops as a path: `ST 0001 / PO1[3] / N1[1]`. */
export function loopPath(run: Run, depth: number): string {
  let path = messagePath(run.message);
  for (let at = 1; at < depth; at += 1) {
    const frame = run.frames[at] as Frame;
    path += ` / ${numbered(frame.plan, frame.occurrence)}`;
  }
  return path;
}

export const numbered = (plan: SlotPlan, occurrence: number): string =>
  plan.max === 1 ? plan.slot.tag : `${plan.slot.tag}[${occurrence}]`;

/** The place of a segment below a path; the bytes are the segment's. */
export function segmentPlace(run: Run, segment: number, path: string): Place {
  const { segments, message } = run;
  return {
    path,
    message: message.control,
    segment: segment + 1,
    tag: segments.tag(segment),
    start: segments.start(segment),
    end: segments.end(segment),
  };
}

/** `PO103`, `MEA04-1`: a segment's element, as the trade writes it. */
export function elementName(tag: string, { element, component }: Spot): string {
  const position = element < 10 ? `0${element}` : `${element}`;
  return component === 0 ? `${tag}${position}` : `${tag}${position}-${component}`;
}

/** `element 355, Unit or Basis for Measurement Code`. */
export const elementText = ({ id, name }: ElementDefinition): string =>
  name === undefined ? `element ${id}` : `element ${id}, ${name}`;

/** The place of a value in the segment at hand. */
export function valuePlace(run: Run, segment: number, spot: Spot): Place {
  const { slot, segments } = run;
  const tag = segments.tag(segment);
  const open = slot?.isLoop === true ? run.depth - 1 : run.depth;
  const above = loopPath(run, open);
  const self = slot === undefined ? tag : numbered(slot, run.occurrence);
  const component = spot.component === 0 ? undefined : spot.component;
  const repeat = spot.repeat > 1 ? spot.repeat : undefined;
  return {
    ...segmentPlace(run, segment, `${above} / ${self} / ${elementName(tag, spot)}`),
    ...segments.range(segment, spot.element, component, repeat),
    element: spot.element,
    ...(component === undefined ? {} : { component }),
    ...(repeat === undefined ? {} : { repeat }),
  };
}

/** Adds a finding about a value of the segment at hand. */
export function reportValue(
  run: Run,
  code: StandardsCode,
  segment: number,
  spot: Spot,
  text: string,
  more: { readonly value?: string; readonly atMost?: Severity } = {},
): void {
  if (run.findings.wants(code)) run.findings.add(code, valuePlace(run, segment, spot), text, more);
}
