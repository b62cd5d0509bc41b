/** Places of segments as people write them; made only when a finding or a lineage row needs one. */
import type { Place } from '../../model/finding.ts';
import type { Message, Segments } from '../../model/message.ts';
import type { PlacedNode } from '../../standards/definition.ts';

export interface SegmentPlaces {
  /** `ST 0001 / PO1[3] / PO102`. */
  value(segment: number, element: number, component: number, repeat: number): Place;
  segment(segment: number): Place;
  /** In the mapping language: `PO1[3]/PO4/4`. */
  path(segment: number, element: number, component: number): string;
}

export function placesOf(message: Message, segments: Segments, root: PlacedNode): SegmentPlaces {
  const paths = new Map<number, readonly string[]>();
  collect(root, [], paths);
  const stepsOf = (segment: number): readonly string[] =>
    paths.get(segment) ?? [segments.tag(segment)];
  const head = `${message.type.standard === 'x12' ? 'ST' : 'UNH'} ${message.control}`;
  const whole = (segment: number): Place => ({
    path: [head, ...stepsOf(segment)].join(' / '),
    message: message.control,
    segment: segment + 1,
    tag: segments.tag(segment),
    start: segments.start(segment),
    end: segments.end(segment),
  });
  return {
    segment: whole,
    value(segment, element, component, repeat) {
      const place = whole(segment);
      const part = component > 0 ? component : undefined;
      const again = repeat > 1 ? repeat : undefined;
      return {
        ...place,
        ...segments.range(segment, element, part, again),
        path: `${place.path} / ${elementName(segments.tag(segment), element, component)}`,
        element,
        ...(part === undefined ? {} : { component: part }),
        ...(again === undefined ? {} : { repeat: again }),
      };
    },
    path(segment, element, component) {
      const position = component > 0 ? `${element}.${component}` : `${element}`;
      return [...stepsOf(segment), position].join('/');
    },
  };
}

/** `PO103`, `MEA04-1`, as the trade writes it. */
function elementName(tag: string, element: number, component: number): string {
  const position = String(element).padStart(2, '0');
  return component === 0 ? tag + position : `${tag}${position}-${component}`;
}

function collect(
  node: PlacedNode,
  above: readonly string[],
  paths: Map<number, readonly string[]>,
): void {
  const counts = new Map<string, number>();
  for (const child of node.children) {
    const { tag, max } = child.slot;
    const count = (counts.get(tag) ?? 0) + 1;
    counts.set(tag, count);
    const steps = [...above, max === 1 ? tag : `${tag}[${count}]`];
    if (child.segment >= 0) paths.set(child.segment, steps);
    collect(child, steps, paths);
  }
}
