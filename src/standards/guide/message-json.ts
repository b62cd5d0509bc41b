/**
 * A checked message as JSON, the form that a guide's schema describes: segments by their tags, those
 * that may repeat as lists, loops with their segments inside; elements as `BEG02`, the components of a
 * composite as `RFF01-1`. What is empty is not there. Levels of HL stand beside each other.
 */
import type { Segments } from '../../model/message.ts';
import type { PlacedNode, Slot } from '../definition.ts';
import { elementName } from '../run.ts';

export type MessageJson = { [name: string]: string | MessageJson | (string | MessageJson)[] };

export function messageJson(root: PlacedNode, segments: Segments): MessageJson {
  const json: MessageJson = {};
  addChildren(json, root, segments);
  return json;
}

function addChildren(json: MessageJson, node: PlacedNode, segments: Segments): void {
  for (const child of flatLevels(node)) {
    const key = slotKey(node.slot, child.slot);
    const made = segmentJson(child, segments);
    const known = json[key];
    if (child.slot.max === 1 && known === undefined) json[key] = made;
    else if (Array.isArray(known)) known.push(made);
    else json[key] = known === undefined ? [made] : [known, made];
  }
}

/** Levels below levels, in the order of the message. */
function flatLevels({ children }: PlacedNode): readonly PlacedNode[] {
  return children
    .flatMap((child) => (isLevel(child.slot) ? [child, ...levelsBelow(child)] : [child]))
    .toSorted((one, other) => one.segment - other.segment);
}

const levelsBelow = ({ children }: PlacedNode): readonly PlacedNode[] =>
  children.filter(({ slot }) => isLevel(slot)).flatMap((child) => [child, ...levelsBelow(child)]);

const isLevel = ({ tag, slots }: Slot): boolean => tag === 'HL' && slots.length > 0;

/** The tag; with its group where the tag stands twice at one level: `SG50 TAX`. */
export function slotKey(parent: Slot, slot: Slot): string {
  const same = parent.slots.filter(({ tag }) => tag === slot.tag);
  if (same.length < 2) return slot.tag;
  return slot.group === undefined
    ? `${slot.tag} ${same.indexOf(slot) + 1}`
    : `${slot.group} ${slot.tag}`;
}

function segmentJson(node: PlacedNode, segments: Segments): MessageJson {
  const json: MessageJson = {};
  const { segment, slot } = node;
  for (let element = 1; element <= segments.elements(segment); element += 1) {
    const key = elementKey(slot.tag, element, 0);
    const values = repetitions(segments, segment, element, slot);
    const [first] = values;
    if (first !== undefined) json[key] = values.length === 1 ? first : values;
  }
  const inner = slot.slots.length === 0 ? [] : node.children.filter((it) => !isLevel(it.slot));
  if (inner.length > 0) addChildren(json, { ...node, children: inner }, segments);
  return json;
}

export const elementKey = (tag: string, element: number, component: number): string =>
  elementName(tag, { element, component, repeat: 1 });

function repetitions(
  segments: Segments,
  segment: number,
  element: number,
  { tag, segment: { elements } }: Slot,
): (string | MessageJson)[] {
  const isComposite = (elements[element - 1]?.components.length ?? 0) > 0;
  const found: (string | MessageJson)[] = [];
  for (let repeat = 1; repeat <= segments.repeats(segment, element); repeat += 1) {
    if (!isComposite) {
      const value = segments.value(segment, element, undefined, repeat);
      if (value !== '') found.push(value);
      continue;
    }
    const parts: MessageJson = {};
    for (let part = 1; part <= segments.components(segment, element, repeat); part += 1) {
      const value = segments.value(segment, element, part, repeat);
      if (value !== '') parts[elementKey(tag, element, part)] = value;
    }
    if (Object.keys(parts).length > 0) found.push(parts);
  }
  return found;
}
