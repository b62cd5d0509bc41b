/** Places in a checked message, as findings of the standard's check write them. */
import type { Place } from '../../model/finding.ts';
import type { Message, Segments } from '../../model/message.ts';
import type { PlacedNode } from '../definition.ts';
import { elementName, messagePath } from '../run.ts';
import type { RulePlace, SegmentStep } from './rule.ts';
import { type Standing, slotBelow } from './walk.ts';

export interface Site {
  readonly message: Message;
  readonly segments: Segments;
}

export function segmentSite(site: Site, { node, above }: Standing): Place {
  if (node.segment < 0) return messageSite(site);
  const { segments, message } = site;
  return {
    path: pathOf(site, { node, above }),
    message: message.control,
    segment: node.segment + 1,
    tag: segments.tag(node.segment),
    start: segments.start(node.segment),
    end: segments.end(node.segment),
  };
}

const messageSite = ({ message }: Site): Place => {
  const { control, start, end } = message;
  return { path: messagePath(message), message: control, start, end };
};

/** The place of an element; an absent one is an empty range where it should be. */
export function elementSite(
  site: Site,
  standing: Standing,
  { element, component }: RulePlace,
  repeat = 1,
): Place {
  const place = segmentSite(site, standing);
  const part = component === 0 ? undefined : component;
  const again = repeat > 1 ? repeat : undefined;
  const { segment } = standing.node;
  return {
    ...place,
    ...site.segments.range(segment, element, part, again),
    path: `${place.path} / ${elementName(place.tag ?? '', { element, component, repeat })}`,
    element,
    ...(part === undefined ? {} : { component: part }),
    ...(again === undefined ? {} : { repeat: again }),
  };
}

/** A segment that is not there: the place is that of the one that stands where it should. */
export function absentSite(site: Site, parent: Standing, step: SegmentStep): Place {
  const segment = segmentAfter(parent.node, step);
  const start = site.segments.start(Math.min(segment, site.segments.count - 1));
  return {
    path: `${pathOf(site, parent)} / ${step.tag}`,
    message: site.message.control,
    segment: segment + 1,
    tag: step.tag,
    start,
    end: start,
  };
}

/** Behind everything of the parent that the standard puts before it. */
function segmentAfter(parent: PlacedNode, step: SegmentStep): number {
  const order = slotBelow(parent.slot, step)?.order ?? -1;
  let last = Math.max(parent.segment, 0);
  for (const child of parent.children) {
    // Levels below levels have orders of the loop that holds them all.
    if (isLevel(parent) && isLevel(child)) continue;
    if (child.slot.order <= order) last = Math.max(last, lastSegment(child));
  }
  return last + 1;
}

const isLevel = ({ slot }: PlacedNode): boolean => slot.tag === 'HL' && slot.slots.length > 0;

const lastSegment = (node: PlacedNode): number =>
  node.children.reduce((last, child) => Math.max(last, lastSegment(child)), node.segment);

/** `ST 0001 / PO1[3] / N1[1]`; levels of HL are counted through, as they stand in the message. */
function pathOf(site: Site, standing: Standing): string {
  const steps: string[] = [];
  for (let at: Standing | undefined = standing; at?.above !== undefined; at = at.above) {
    const isLevelAbove = isLevel(at.node) && steps.at(-1)?.startsWith('HL[') === true;
    if (!isLevelAbove) steps.push(stepText(site, at.node, at.above.node));
  }
  return [messagePath(site.message), ...steps.toReversed()].join(' / ');
}

function stepText({ segments }: Site, node: PlacedNode, parent: PlacedNode): string {
  const { tag, max } = node.slot;
  if (max === 1) return tag;
  let count = 0;
  if (isLevel(node)) {
    for (let at = 0; at <= node.segment; at += 1) if (segments.tag(at) === tag) count += 1;
    return `${tag}[${count}]`;
  }
  for (const child of parent.children) {
    if (child.slot === node.slot) count += 1;
    if (child === node) break;
  }
  return `${tag}[${count}]`;
}
