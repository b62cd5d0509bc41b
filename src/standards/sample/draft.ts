/** A sample that is still changed: its segments as a tree, read as a message is read. */
import type { ElementData, SegmentData, Segments } from '../../model/message.ts';
import type { PlacedNode, SegmentDefinition, Slot } from '../definition.ts';
import type { SampledSegment } from './ties.ts';

export interface DraftNode extends PlacedNode {
  readonly children: DraftNode[];
}

export interface Draft {
  readonly root: DraftNode;
  /** By a node's number; in the order they were made, which is not that of the message. */
  readonly items: DraftItem[];
  readonly segments: Segments;
}

export interface DraftItem {
  data: SegmentData;
  /** The segment's definition, narrowed by what rules ask of this one. */
  definition: SegmentDefinition;
}

export function draftOf(root: Slot, sampled: readonly SampledSegment[]): Draft {
  const items: DraftItem[] = [];
  const draft = { root: { slot: root, segment: -1, children: [] }, items, segments: read(items) };
  const open: DraftNode[] = [draft.root];
  for (const { slot, tag, elements } of sampled) {
    while (open.length > 1 && !open.at(-1)!.slot.slots.includes(slot)) open.pop();
    const node = addItem(draft, slot, { tag, elements });
    open.at(-1)!.children.push(node);
    if (slot.slots.length > 0) open.push(node);
  }
  return draft;
}

/** A node that stands nowhere yet. */
export function addItem({ items }: Draft, slot: Slot, data: SegmentData): DraftNode {
  items.push({ data, definition: slot.segment });
  return { slot, segment: items.length - 1, children: [] };
}

/** Behind its like, and before what the diagram has after it. */
export function insert(parent: DraftNode, node: DraftNode): void {
  const after = parent.children.findLastIndex(({ slot }) => slot.order <= node.slot.order);
  parent.children.splice(after + 1, 0, node);
}

/** The segments in the order of the message. */
export const flatten = ({ root, items }: Draft): readonly SampledSegment[] =>
  flattenNode(root).map(({ slot, segment }) => ({ ...items[segment]!.data, slot }));

const flattenNode = (node: DraftNode): readonly DraftNode[] =>
  node.children.flatMap((child) => [child, ...flattenNode(child)]);

const read = (items: readonly DraftItem[]): Segments =>
  segmentsOf({ count: () => items.length, at: (segment) => items[segment]?.data });

export interface SegmentList {
  readonly count: () => number;
  readonly at: (segment: number) => SegmentData | undefined;
}

/** Segments that are data, read as those that a codec hands over; they have no bytes. */
export function segmentsOf({ count, at }: SegmentList): Segments {
  const repetitions = (segment: number, element: number): readonly ElementData[] => {
    const data = at(segment)?.elements[element - 1] ?? '';
    return typeof data === 'object' && 'repeats' in data ? data.repeats : [data];
  };
  const nowhere = { start: 0, end: 0 };
  return {
    get count() {
      return count();
    },
    tag: (segment) => at(segment)?.tag ?? '',
    elements: (segment) => at(segment)?.elements.length ?? 0,
    repeats: (segment, element) => repetitions(segment, element).length,
    components: (segment, element, repeat = 1) => {
      const data = repetitions(segment, element)[repeat - 1] ?? '';
      return Array.isArray(data) ? data.length : 1;
    },
    value: (segment, element, component = 0, repeat = 1) => {
      const data = repetitions(segment, element)[repeat - 1] ?? '';
      return textOf(data as string | readonly string[], component);
    },
    simpleLength: () => -1,
    visit: (onValue) => {
      for (let segment = 0; segment < count(); segment++) {
        const { tag, elements } = at(segment) ?? { tag: '', elements: [] };
        for (const value of [tag, ...elements.flatMap(textsOf)]) onValue(value);
      }
    },
    start: () => 0,
    end: () => 0,
    range: () => nowhere,
  };
}

function textsOf(data: ElementData): readonly string[] {
  if (typeof data === 'string') return [data];
  return 'repeats' in data ? data.repeats.flat() : data;
}

function textOf(data: string | readonly string[], component: number): string {
  if (typeof data === 'string') return component > 1 ? '' : data;
  return component === 0 ? data.join(':') : (data[component - 1] ?? '');
}
