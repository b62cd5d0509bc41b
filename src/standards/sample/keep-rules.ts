/** Changes a draft until it keeps the rules that need a message to be judged by. */
import { HubError } from '../../model/errors.ts';
import type { ElementData } from '../../model/message.ts';
import type { ElementDefinition, SegmentDefinition, Slot } from '../definition.ts';
import { holds } from '../rules/holds.ts';
import type { Demand, DemandOf, PartnerRule, RulePlace, SegmentStep } from '../rules/rule.ts';
import { childrenAt, follow, type Standing, slotBelow, valuesAt } from '../rules/walk.ts';
import { addItem, type Draft, type DraftNode, insert } from './draft.ts';
import { narrowBySelection, narrowSegment } from './narrow.ts';
import { type SegmentOptions, sampleSegment } from './segment.ts';

/** What is changed for one rule may break another: so many rounds settle what can be settled. */
const roundsMax = 8;

export function keepRules(
  draft: Draft,
  rules: readonly PartnerRule[],
  options: SegmentOptions,
): void {
  const work: Work = { ...draft, draft, options };
  for (const rule of rules) if (options.random.chance(0.5)) makeHold(work, rule);
  for (let round = 0; round < roundsMax; round += 1) {
    const changed = rules.map((rule) => keepRule(work, rule));
    if (!changed.includes(true)) return;
  }
}

interface Work extends Draft {
  readonly draft: Draft;
  readonly options: SegmentOptions;
}

const scopesOf = ({ root, segments }: Draft, { scope }: PartnerRule): readonly Standing[] => [
  ...follow({ node: root, above: undefined }, scope, segments),
];

/** Conditions that hold by chance alone are rare. */
function makeHold(work: Work, rule: PartnerRule): void {
  for (const scope of scopesOf(work, rule)) {
    for (const { is, place, values } of rule.when) {
      if (is !== 'oneOf') continue;
      const [first] = follow(scope, place.steps, work.segments);
      if (first === undefined) continue;
      const known = definitionAt(work, first.node as DraftNode, place)?.codes;
      if (known !== undefined && ![...values].some((value) => known.has(value))) continue;
      narrow(work, first.node as DraftNode, place, { is: 'required', place });
      narrow(work, first.node as DraftNode, place, { is: 'only', place, codes: values });
    }
  }
}

function definitionAt(
  { items }: Work,
  { segment }: DraftNode,
  { element, component }: RulePlace,
): ElementDefinition | undefined {
  const whole = items[segment]?.definition.elements[element - 1];
  return component === 0 ? whole : whole?.components[component - 1];
}

/** True where something had to be changed. */
function keepRule(work: Work, rule: PartnerRule): boolean {
  let isChanged = false;
  for (const scope of scopesOf(work, rule)) {
    if (!holds(rule, scope, work.segments)) continue;
    const isDeep = rule.when.length > 0;
    for (const demand of rule.demands) {
      isChanged = keepDemand(work, demand, scope, isDeep) || isChanged;
    }
  }
  return isChanged;
}

function keepDemand(work: Work, demand: Demand, scope: Standing, isDeep: boolean): boolean {
  switch (demand.is) {
    case 'required':
      return keepRequired(work, demand.place, scope, { at: 0, isDeep });
    case 'unused':
      return demand.place.element === 0
        ? removeAll(work, demand.place, scope)
        : narrowAll(work, demand, scope);
    case 'times':
      return keepTimes(work, demand, scope);
    default:
      return narrowAll(work, demand, scope);
  }
}

function keepRequired(
  work: Work,
  place: RulePlace,
  from: Standing,
  { at, isDeep }: { readonly at: number; readonly isDeep: boolean },
): boolean {
  const node = from.node as DraftNode;
  const step = place.steps[at];
  if (step === undefined) {
    if (place.element === 0 || valuesAt(node, place, work.segments).length > 0) return false;
    return narrow(work, node, place, { is: 'required', place });
  }
  const isAsked = isDeep || (place.element === 0 && at === place.steps.length - 1);
  let isChanged = false;
  if (isAsked && [...childrenAt(from, step, work.segments)].length === 0) {
    isChanged = addStep(work, node, step);
  }
  for (const child of [...childrenAt(from, step, work.segments)]) {
    isChanged = keepRequired(work, place, child, { at: at + 1, isDeep }) || isChanged;
  }
  return isChanged;
}

/** Where there is no room for one more, one that is there becomes it. */
function addStep(work: Work, parent: DraftNode, step: SegmentStep): boolean {
  const slot = slotBelow(parent.slot, step);
  if (slot === undefined || slot.max < 1) return false;
  const like = parent.children.filter((child) => child.slot === slot);
  const segment = narrowBySelection(slot.segment, step.select);
  const last = like.at(-1);
  if (last !== undefined && like.length >= slot.max) return refill(work, last, segment);
  const node = makeLoop(work, slot);
  refill(work, node, segment);
  insert(parent, node);
  return true;
}

/** A segment with what its loop has to have. */
function makeLoop(work: Work, slot: Slot): DraftNode {
  const node = addItem(work.draft, slot, sampleSegment(slot.segment, work.options));
  for (const inner of slot.slots) if (inner.mandatory) insert(node, makeLoop(work, inner));
  return node;
}

function removeAll(work: Work, { steps }: RulePlace, scope: Standing): boolean {
  const found = [...follow(scope, steps, work.segments)];
  for (const { node, above } of found) remove(above?.node as DraftNode, node as DraftNode);
  return found.length > 0;
}

function remove(parent: DraftNode, node: DraftNode): void {
  const at = parent.children.indexOf(node);
  if (at >= 0) parent.children.splice(at, 1);
}

function keepTimes(work: Work, demand: DemandOf<'times'>, scope: Standing): boolean {
  const { place, min, max } = demand;
  const step = place.steps.at(-1);
  if (step === undefined) return false;
  let isChanged = false;
  for (const parent of [...follow(scope, place.steps.slice(0, -1), work.segments)]) {
    const found = [...childrenAt(parent, step, work.segments)];
    for (const { node, above } of found.slice(max)) {
      remove(above?.node as DraftNode, node as DraftNode);
    }
    for (let count = found.length; count < min; count += 1) {
      addStep(work, parent.node as DraftNode, step);
    }
    isChanged ||= found.length < min || found.length > max;
  }
  return isChanged;
}

/** Every segment at the place, where its value is not yet as asked. */
function narrowAll(work: Work, demand: Demand, scope: Standing): boolean {
  const { place } = demand;
  let isChanged = false;
  for (const { node } of [...follow(scope, place.steps, work.segments)]) {
    const values = valuesAt(node, place, work.segments).map(({ value }) => value);
    if (values.every((value) => isGood(value, demand))) continue;
    isChanged = narrow(work, node as DraftNode, place, demand) || isChanged;
  }
  return isChanged;
}

function isGood(value: string, demand: Demand): boolean {
  if (demand.is === 'only') return demand.codes.has(value);
  if (demand.is !== 'length') return false;
  const length = value.replace(/[-.,]/g, '').length;
  return length >= demand.min && length <= demand.max;
}

const narrow = (work: Work, node: DraftNode, place: RulePlace, asked: Demand): boolean =>
  refill(work, node, narrowSegment(work.items[node.segment]!.definition, place, asked));

/** Values that are as asked stay, and so does what is there, where the segment's notes let it. */
function refill({ items, options }: Work, node: DraftNode, definition: SegmentDefinition): boolean {
  const item = items[node.segment]!;
  const { data } = item;
  item.definition = definition;
  const made = firstMade([withThose(definition, data.elements), definition], options);
  if (made === undefined) return false;
  const elements = made.elements.map((element, index) => {
    const before = data.elements[index] ?? '';
    const asked = definition.elements[index];
    return asked !== undefined && element !== '' && fits(before, asked) ? before : element;
  });
  item.data = { ...data, elements };
  return true;
}

function firstMade(definitions: readonly SegmentDefinition[], options: SegmentOptions) {
  for (const definition of definitions) {
    try {
      return sampleSegment(definition, options);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
    }
  }
  return undefined;
}

/** What is there is mandatory, but for what may not be. */
function withThose(
  definition: SegmentDefinition,
  there: readonly ElementData[],
): SegmentDefinition {
  const elements = definition.elements.map((each, index) => {
    const isThere = (there[index] ?? '') !== '' && each.repeats > 0;
    return isThere ? { ...each, mandatory: true } : each;
  });
  return { ...definition, elements };
}

function fits(data: ElementData, asked: ElementDefinition): boolean {
  if (data === '' || asked.repeats < 1) return false;
  if (typeof data === 'string') return fitsValue(data, asked);
  if ('repeats' in data) return data.repeats.every((each) => fits(each, asked));
  return asked.components.every((part, index) => {
    const value = data[index] ?? '';
    return value === '' ? !part.mandatory : part.repeats > 0 && fitsValue(value, part);
  });
}

function fitsValue(value: string, { codes, min, max, components }: ElementDefinition): boolean {
  if (components.length > 0) return false;
  if (codes !== undefined && !codes.has(value)) return false;
  const length = value.replace(/[-.,]/g, '').length;
  return codes !== undefined || (length >= min && length <= max);
}
