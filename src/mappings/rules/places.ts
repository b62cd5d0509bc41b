/** Finds the place that a rule names: a path in the diagram, then an element of its segment. */
import type { ElementDefinition, MessageDefinition, Slot } from '../../standards/definition.ts';
import type { SegmentStep, Selection } from '../../standards/rules/rule.ts';
import { type FaultList, nearestWord, type Origin } from '../fault.ts';
import type { ElementStep, NodeStep, Step } from '../place.ts';
import { tellUnlisted } from './listed-codes.ts';
import type { ParsedPlace } from './parse.ts';

export interface PlaceBinding {
  readonly definition: MessageDefinition;
  /** `850 of 004010`. */
  readonly messageName: string;
  readonly faults: FaultList;
}

/** From the message itself. */
export interface FoundPlace {
  readonly steps: readonly SegmentStep[];
  readonly element: number;
  readonly component: number;
  readonly definition: ElementDefinition | undefined;
  readonly text: string;
}

export function bindPlace(place: ParsedPlace, binding: PlaceBinding): FoundPlace | undefined {
  const { text, origin } = place;
  const nodes = place.steps.filter((step): step is NodeStep => step.is === 'node');
  const [first, ...rest] = nodes;
  if (first === undefined) {
    binding.faults.error('map-rule', origin, `${text}: name the segment: BEG02, or BEG/2`);
    return undefined;
  }
  const above = firstSlots(first, place, binding);
  if (above === undefined) return undefined;
  const steps = [...above];
  for (const node of rest) {
    const step = stepBelow(steps.at(-1)!.slot, node, origin, binding);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return withElement(steps, place.steps.at(-1)!, place, binding);
}

/** In the message itself, or else at the only place deeper down that has the segment. */
function firstSlots(
  node: NodeStep,
  { text, origin }: ParsedPlace,
  binding: PlaceBinding,
): readonly SegmentStep[] | undefined {
  const { root, tags } = binding.definition;
  if (root.slots.some((slot) => isNamed(slot, node))) {
    const step = stepBelow(root, node, origin, binding);
    return step && [step];
  }
  const paths = [...pathsTo(root, node, [])];
  const [only, another] = paths;
  if (only !== undefined && another === undefined) {
    const outer = only.slice(0, -1).map((slot, at) => plainStep(slot, only[at - 1] ?? root));
    const step = stepBelow(only.at(-2) ?? root, node, origin, binding);
    return step && [...outer, step];
  }
  binding.faults.error(
    another === undefined ? 'map-place-unknown' : 'map-place-ambiguous',
    origin,
    another === undefined ? unknownText(node, binding, tags) : severalText(text, node, paths),
  );
  return undefined;
}

const isNamed = (slot: Slot, { name, group }: NodeStep): boolean =>
  slot.tag === name && (group === undefined || slot.group === group);

function* pathsTo(
  parent: Slot,
  node: NodeStep,
  above: readonly Slot[],
): Generator<readonly Slot[]> {
  for (const slot of parent.slots) {
    const path = [...above, slot];
    if (isNamed(slot, node)) yield path;
    yield* pathsTo(slot, node, path);
  }
}

function unknownText(
  { name, text }: NodeStep,
  { definition, messageName }: PlaceBinding,
  tags: ReadonlySet<string> | undefined,
): string {
  const inside = [...new Set([...allSlots(definition.root)].map(({ tag }) => tag))];
  const near = nearestWord(name, inside);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  const is = tags?.has(name) === false ? `no segment of ${definition.type.version}` : undefined;
  return `${text} is ${is ?? `not in ${messageName}`}${hint}`;
}

function* allSlots({ slots }: Slot): Generator<Slot> {
  for (const slot of slots) {
    yield slot;
    yield* allSlots(slot);
  }
}

const shownMax = 6;

function severalText(
  said: string,
  { name }: NodeStep,
  paths: readonly (readonly Slot[])[],
): string {
  const texts = paths.map((path) => path.map(({ tag }) => tag).join('/'));
  const shown = texts.slice(0, shownMax).join(', ');
  const more = texts.length > shownMax ? ` and ${texts.length - shownMax} more places` : '';
  const written = said.replace(name, texts[0] ?? name);
  return `${said}: ${name} stands at ${shown}${more}: write which, ${written}`;
}

const plainStep = (slot: Slot, parent: Slot): SegmentStep => ({
  tag: slot.tag,
  ordinal: ordinalOf(slot, parent),
  slot,
  select: [],
  text: slot.tag,
});

function ordinalOf(slot: Slot, parent: Slot): number | undefined {
  const same = parent.slots.filter(({ tag }) => tag === slot.tag);
  return same.length > 1 ? same.indexOf(slot) : undefined;
}

/** HL levels hold levels, though the diagram does not show it. */
function stepBelow(
  parent: Slot,
  node: NodeStep,
  origin: Origin,
  binding: PlaceBinding,
): SegmentStep | undefined {
  const isLevel = parent.tag === 'HL' && node.name === 'HL';
  const found = isLevel ? [parent] : parent.slots.filter((slot) => isNamed(slot, node));
  const [slot, another] = found;
  if (slot === undefined) {
    const tags = [...new Set(parent.slots.map(({ tag }) => tag))];
    const near = nearestWord(node.name, tags);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    const holds = `${parent.tag} holds ${tags.join(' ') || 'no segments'}`;
    binding.faults.error('map-place-unknown', origin, `${node.text} is not in ${holds}${hint}`);
    return undefined;
  }
  if (another !== undefined && slot.group !== undefined) {
    const groups = found.map(({ group }) => `${group} ${node.name}`).join(' or ');
    binding.faults.error('map-place-ambiguous', origin, `${node.text} stands twice: ${groups}`);
    return undefined;
  }
  const select = selectionsOf(node, slot, origin, binding);
  const ordinal = isLevel ? undefined : ordinalOf(slot, parent);
  return select && { tag: slot.tag, ordinal, slot, select, text: node.text };
}

function selectionsOf(
  node: NodeStep,
  slot: Slot,
  origin: Origin,
  binding: PlaceBinding,
): readonly Selection[] | undefined {
  const selections: Selection[] = [];
  for (const { steps, values } of node.conditions) {
    const at = elementOf(steps[0] as ElementStep, slot, origin, binding);
    if (at === undefined) return undefined;
    tellUnlisted(node.text, values, at.definition, origin, binding.faults);
    selections.push({ ...at, values: new Set(values) });
  }
  return selections;
}

function withElement(
  steps: readonly SegmentStep[],
  last: Step,
  { text, origin }: ParsedPlace,
  binding: PlaceBinding,
): FoundPlace | undefined {
  if (last.is !== 'element') {
    return { steps, element: 0, component: 0, definition: undefined, text };
  }
  const found = elementOf(last, steps.at(-1)!.slot, origin, binding);
  return found && { steps, ...found, text };
}

interface FoundElement {
  readonly element: number;
  readonly component: number;
  readonly definition: ElementDefinition | undefined;
}

function elementOf(
  { element, component = 0, text }: ElementStep,
  { segment }: Slot,
  origin: Origin,
  binding: PlaceBinding,
): FoundElement | undefined {
  const { tag, elements } = segment;
  if (elements.length === 0) return { element, component, definition: undefined };
  const whole = elements[element - 1];
  const say = (why: string): undefined => {
    binding.faults.error('map-place-unknown', origin, `${tag}/${text}: ${why}`);
  };
  if (whole === undefined) {
    return say(`${tag} has ${elements.length} elements in ${binding.definition.type.version}`);
  }
  if (component === 0) return { element, component, definition: whole };
  const part = whole.components[component - 1];
  if (part !== undefined) return { element, component, definition: part };
  return say(
    whole.components.length === 0
      ? `element ${element} of ${tag} has no components`
      : `${whole.id} has ${whole.components.length} components`,
  );
}
