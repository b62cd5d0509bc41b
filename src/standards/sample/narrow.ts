/** Definitions narrowed by what rules ask: of a message before it is sampled, and of one segment. */
import type {
  ElementDefinition,
  MessageDefinition,
  SegmentDefinition,
  Slot,
} from '../definition.ts';
import type { Demand, PartnerRule, RulePlace, Selection } from '../rules/rule.ts';
import { slotBelow } from '../rules/walk.ts';

/** What holds for every occurrence; conditions and selections wait until there is a message. */
export function narrowMessage(
  definition: MessageDefinition,
  rules: readonly PartnerRule[],
): MessageDefinition {
  const demands = new Map<Slot, Demand[]>();
  for (const demand of rules.flatMap(alwaysAsked)) {
    const slot = slotAt(definition.root, demand.place);
    if (slot !== undefined) demands.set(slot, [...(demands.get(slot) ?? []), demand]);
  }
  return { ...definition, root: narrowSlot(definition.root, demands) };
}

const alwaysAsked = ({ when, scope, demands }: PartnerRule): readonly Demand[] =>
  when.length > 0 || scope.length > 0
    ? []
    : demands.filter(({ place }) => place.steps.every(({ select }) => select.length === 0));

const slotAt = (root: Slot, { steps }: RulePlace): Slot | undefined =>
  steps.reduce<Slot | undefined>((slot, step) => slot && slotBelow(slot, step), root);

function narrowSlot(slot: Slot, demands: ReadonlyMap<Slot, readonly Demand[]>): Slot {
  const its = demands.get(slot) ?? [];
  const inside = slot.slots.map((each) => narrowSlot(each, demands));
  let narrowed: Slot = { ...slot, slots: inside };
  for (const demand of its) {
    const { element } = demand.place;
    narrowed =
      element === 0
        ? narrowUses(narrowed, demand)
        : { ...narrowed, segment: narrowSegment(narrowed.segment, demand.place, demand) };
  }
  return narrowed;
}

function narrowUses(slot: Slot, demand: Demand): Slot {
  if (demand.is === 'required') return { ...slot, mandatory: true };
  if (demand.is === 'unused') return { ...slot, max: 0 };
  if (demand.is !== 'times') return slot;
  const max = Math.min(slot.max, demand.max);
  return { ...slot, max, mandatory: slot.mandatory || demand.min > 0 };
}

type Narrowing =
  Exclude<Demand, { is: 'times' }> extends infer D
    ? D extends { place: RulePlace }
      ? Omit<D, 'place'>
      : never
    : never;

/** One element or component of a segment. */
export function narrowSegment(
  segment: SegmentDefinition,
  { element, component }: Pick<RulePlace, 'element' | 'component'>,
  asked: Demand | Narrowing,
): SegmentDefinition {
  const elements = segment.elements.map((each, index) =>
    index + 1 === element ? narrowElement(each, component, asked as Narrowing) : each,
  );
  return { ...segment, elements };
}

/** `N1(1=ST)`: the element is there with one of the values. */
export const narrowBySelection = (
  segment: SegmentDefinition,
  select: readonly Selection[],
): SegmentDefinition =>
  select.reduce((narrowed, { element, component, values }) => {
    const place = { element, component };
    const there = narrowSegment(narrowed, place, { is: 'required' });
    return narrowSegment(there, place, { is: 'only', codes: values });
  }, segment);

function narrowElement(
  element: ElementDefinition,
  component: number,
  asked: Narrowing,
): ElementDefinition {
  if (component === 0 || element.components.length === 0) return narrowValue(element, asked);
  const components = element.components.map((part, index) =>
    index + 1 === component ? narrowValue(part, asked) : part,
  );
  // A component that has to be there makes its composite so.
  return { ...element, components, mandatory: element.mandatory || asked.is === 'required' };
}

function narrowValue(value: ElementDefinition, asked: Narrowing): ElementDefinition {
  switch (asked.is) {
    case 'required':
      return { ...value, mandatory: true };
    case 'unused':
      return { ...value, repeats: 0 };
    case 'only':
      return { ...value, codes: commonCodes(value.codes, asked.codes) };
    default: {
      const min = Math.max(value.min, asked.min);
      return { ...value, min, max: Math.max(min, Math.min(value.max, asked.max)) };
    }
  }
}

/** Codes that the standard does not list are agreed all the same, where it is only they. */
function commonCodes(
  listed: ReadonlySet<string> | undefined,
  agreed: ReadonlySet<string>,
): ReadonlySet<string> {
  const common = new Set([...agreed].filter((code) => listed?.has(code) !== false));
  return common.size > 0 ? common : agreed;
}
