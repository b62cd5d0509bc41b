/** The message side: finds the places of a mapping in the standard's diagram and dictionary. */
import type { ElementDefinition, Slot } from '../../standards/definition.ts';
import type { Origin } from '../fault.ts';
import { nearestWord } from '../fault.ts';
import type { BoundCondition, LeafPlace } from '../model.ts';
import type { Condition, ElementStep, NodeStep, Step } from '../place.ts';
import { isVerb, type RuleTree } from '../rule.ts';
import type { Binding } from './binding.ts';

/** The slot of a segment below another; undefined with a fault when there is none. */
export function bindSlot(
  parent: Slot,
  step: NodeStep,
  origin: Origin,
  binding: Binding,
): { slot: Slot; ordinal: number | undefined } | undefined {
  const sameTag = parent.slots.filter((slot) => slot.tag === step.name);
  const found = sameTag.filter((slot) => step.group === undefined || slot.group === step.group);
  const where = parent.tag === '' ? binding.messageName : `${binding.messageName}/${parent.tag}`;
  if (found.length === 0) {
    const text = `${step.text} is not in ${where}; ${heldText(parent, step.name)}`;
    binding.faults.error('map-place-unknown', origin, text);
    return undefined;
  }
  const groups = found.map((slot) => slot.group ?? 'no group');
  if (found.length > 1 && found.some((slot) => slot.group !== undefined)) {
    const text = `${step.name} is ${groups.join(' and ')} in ${where}: write ${groups[1]} ${step.name}`;
    binding.faults.error('map-place-ambiguous', origin, text);
    return undefined;
  }
  const slot = found[0]!;
  return { slot, ordinal: sameTag.length > found.length ? sameTag.indexOf(slot) : undefined };
}

function heldText(parent: Slot, name: string): string {
  const tags = [...new Set(parent.slots.map((slot) => slot.tag))];
  const near = nearestWord(name, tags);
  const holds = `${parent.tag || 'it'} holds ${tags.join(' ') || 'no segments'}`;
  return near === undefined ? holds : `${holds}; did you mean ${near}?`;
}

/** The values a step names: one, or each of a run. `first` is where a chunk begins. */
export function bindElements(
  step: ElementStep,
  slot: Slot,
  origin: Origin,
  binding: Binding,
  first: ChunkStart,
): readonly LeafPlace[] {
  const ofComponents = step.component !== undefined;
  const from = step.component ?? step.element;
  const places: LeafPlace[] = [];
  for (let at = from; at <= (step.last ?? from); at++) {
    const [element, component] = ofComponents ? [step.element, at] : [at, 0];
    const place = bindElement(shifted(element, component, first), slot, step.text, origin, binding);
    if (place === undefined) return [];
    // In a chunk of components `1` is a component of the element that the chunk stands in.
    if (first.component > 0) places.push({ ...place, element: first.element, component: element });
    else if (first.element === 0 || component === 0) places.push({ ...place, element, component });
    else places.push({ ...place, element, component, inChunk: true });
  }
  return places;
}

/** Inside a chunk of elements `1` is the chunk's first; inside one of components too. */
export interface ChunkStart {
  readonly element: number;
  readonly component: number;
}
export const noChunk: ChunkStart = { element: 0, component: 0 };

function shifted(element: number, component: number, first: ChunkStart): [number, number] {
  if (first.component > 0) return [first.element, first.component + element - 1];
  return first.element > 0 ? [first.element + element - 1, component] : [element, component];
}

function bindElement(
  [element, component]: [number, number],
  slot: Slot,
  text: string,
  origin: Origin,
  binding: Binding,
): LeafPlace | undefined {
  const { elements, tag } = slot.segment;
  const say = (why: string): undefined => {
    binding.faults.error('map-place-unknown', origin, `${tag}/${text}: ${why}`);
  };
  const whole = { element, component, attribute: '', definition: undefined, repeats: 1 };
  if (elements.length === 0) return whole;
  const definition = elements[element - 1];
  if (definition === undefined) return say(`${tag} has ${elements.length} elements`);
  const { components, repeats } = definition;
  if (components.length === 0) {
    if (component > 1) return say(`${element} of ${tag} has no components`);
    return { ...whole, component, definition, repeats };
  }
  if (component === 0) {
    return say(
      `${element} is the composite ${definition.id}: write ${element}.1 to ${element}.${components.length}`,
    );
  }
  const part = components[component - 1];
  if (part === undefined) return say(`${definition.id} has ${components.length} components`);
  return { ...whole, definition: part, repeats };
}

/** Attribute or text of a tree's element. */
export const treePlace = (step: Step): LeafPlace => ({
  element: 0,
  component: 0,
  attribute: step.is === 'attribute' ? step.name : '',
  definition: undefined,
  repeats: 1,
});

export function bindConditions(
  conditions: readonly Condition[],
  tree: RuleTree,
  slot: Slot | undefined,
  binding: Binding,
  first: ChunkStart = noChunk,
): readonly BoundCondition[] {
  return conditions.flatMap((condition) => {
    const { steps, values } = condition;
    const last = steps.at(-1)!;
    const isRead = steps.length === 1 && isReadInside(tree, last);
    if (slot === undefined || last.is !== 'element') {
      const nodes = last.is === 'node' ? steps : steps.slice(0, -1);
      const path = nodes.map((step) => (step.is === 'node' ? step.name : step.text));
      return [{ path, place: treePlace(last), values, isRead }];
    }
    const [place] = bindElements(last, slot, tree.origin, binding, first);
    return place === undefined ? [] : [{ path: [], place, values, isRead }];
  });
}

/** `(3=T|P)` with `3: kind`: the rule inside claims and writes the value. */
function isReadInside(tree: RuleTree, last: Step): boolean {
  const reader = tree.children.find(({ step }) => step!.text === last.text);
  if (reader === undefined) return false;
  const value =
    last.is === 'node' ? reader.children.find(({ step }) => step!.is === 'text') : reader;
  return value !== undefined && isVerb(value) && !value.said.has('ignore');
}

/** 2379 beside 2380, unless a rule of its own reads it. */
export function formatPlace(
  place: LeafPlace | undefined,
  slot: Slot | undefined,
  siblings: readonly RuleTree[],
): LeafPlace | undefined {
  if (place?.definition?.id !== '2380' || slot === undefined) return undefined;
  const component = place.component + 1;
  const parts = slot.segment.elements[place.element - 1]?.components ?? [];
  const definition: ElementDefinition | undefined = parts[component - 1];
  const own = `${place.element}.${component}`;
  if (definition?.id !== '2379' || siblings.some(({ step }) => step!.text === own))
    return undefined;
  return { ...place, component, definition };
}
