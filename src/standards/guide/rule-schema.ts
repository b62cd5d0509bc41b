/** A partner's rule as JSON Schema: its condition as `if`, what it asks for as `then`. */
import type { Slot } from '../definition.ts';
import type {
  Demand,
  DemandOf,
  PartnerRule,
  RulePlace,
  RuleTest,
  SegmentStep,
} from '../rules/rule.ts';
import { slotBelow } from '../rules/walk.ts';
import { elementKey, slotKey } from './message-json.ts';
import { numberPattern, type Schema } from './value-schema.ts';

export function ruleSchema(rule: PartnerRule, root: Slot): Schema {
  const said = rule.say === '' ? {} : { description: rule.say };
  const schema = each(rule.scope, root, (slot) => {
    const then = allOf(rule.demands.map((demand) => demandSchema(demand, slot, rule)));
    if (rule.when.length === 0) return then;
    const condition = allOf(rule.when.map((test) => testSchema(test, slot)));
    return { if: condition, then };
  });
  return { ...said, $comment: rule.line, ...schema };
}

const allOf = (schemas: readonly Schema[]): Schema =>
  schemas.length === 0 ? {} : schemas.length === 1 ? schemas[0]! : { allOf: schemas };

type Inner = (slot: Slot) => Schema;

/** What holds for every occurrence that the steps lead to. */
function each(steps: readonly SegmentStep[], from: Slot, inner: Inner): Schema {
  const [step, ...rest] = steps;
  if (step === undefined) return inner(from);
  const slot = slotBelow(from, step);
  if (slot === undefined) return {};
  const inside = each(rest, slot, inner);
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  const chosen = step.select.length === 0 ? inside : { if: selected(step), then: inside };
  const key = slotKey(from, slot);
  return { properties: { [key]: slot.max === 1 ? chosen : { items: chosen } } };
}

/** What holds for at least one. */
function some(steps: readonly SegmentStep[], from: Slot, inner: Inner): Schema {
  const [step, ...rest] = steps;
  if (step === undefined) return inner(from);
  const slot = slotBelow(from, step);
  if (slot === undefined) return { not: {} };
  const inside = allOf([selected(step), some(rest, slot, inner)]);
  const key = slotKey(from, slot);
  const property = slot.max === 1 ? inside : { contains: inside };
  return { required: [key], properties: { [key]: property } };
}

const selected = (step: SegmentStep): Schema =>
  allOf(
    step.select.map(({ element, component, values }) =>
      value(step.tag, { element, component }, { enum: [...values] }, true),
    ),
  );

/** An element or component with a value of this kind; asked for only where it is told so. */
function value(
  tag: string,
  { element, component }: Pick<RulePlace, 'element' | 'component'>,
  schema: Schema | boolean,
  isRequired: boolean,
): Schema {
  const key = elementKey(tag, element, 0);
  const part = elementKey(tag, element, component);
  const inner =
    component === 0
      ? schema
      : { ...(isRequired ? { required: [part] } : {}), properties: { [part]: schema } };
  return { ...(isRequired ? { required: [key] } : {}), properties: { [key]: inner } };
}

function testSchema({ place, is, values }: RuleTest, slot: Slot): Schema {
  const isTold = is === 'oneOf' || is === 'noneOf';
  const there = some(place.steps, slot, ({ tag }) =>
    place.element === 0 ? {} : value(tag, place, isTold ? inList(place, values) : {}, true),
  );
  return is === 'absent' || is === 'noneOf' ? { not: there } : there;
}

/** A repeated element is a list. */
function inList({ component }: RulePlace, values: ReadonlySet<string>): Schema {
  const one = { enum: [...values] };
  return component > 0 ? one : { anyOf: [one, { type: 'array', contains: one }] };
}

function demandSchema(demand: Demand, slot: Slot, { when }: PartnerRule): Schema {
  const { place } = demand;
  switch (demand.is) {
    case 'required':
      return required(place, place.steps, slot, when.length > 0);
    case 'unused':
      return place.element === 0
        ? { not: some(place.steps, slot, () => ({})) }
        : each(place.steps, slot, ({ tag }) => value(tag, place, false, false));
    case 'times':
      return times(demand, slot);
    default:
      return each(place.steps, slot, ({ tag }) => {
        const one = oneValue(demand);
        const list = place.component > 0 ? one : { anyOf: [one, { type: 'array', items: one }] };
        return value(tag, place, list, false);
      });
  }
}

function required(
  place: RulePlace,
  steps: readonly SegmentStep[],
  from: Slot,
  isDeep: boolean,
): Schema {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return place.element === 0 ? {} : value(from.tag, place, {}, true);
  }
  const inside = each([step], from, (slot) => required(place, rest, slot, isDeep));
  const isAsked = isDeep || (place.element === 0 && rest.length === 0);
  return isAsked ? allOf([some([step], from, () => ({})), inside]) : inside;
}

function times({ place, min, max }: DemandOf<'times'>, from: Slot): Schema {
  const step = place.steps.at(-1);
  if (step === undefined) return {};
  return each(place.steps.slice(0, -1), from, (parent) => {
    const slot = slotBelow(parent, step);
    if (slot === undefined) return {};
    const key = slotKey(parent, slot);
    const needed = min > 0 ? { required: [key] } : {};
    if (slot.max === 1) return max < 1 ? { properties: { [key]: false } } : needed;
    const most = Number.isFinite(max) ? { maxContains: max } : {};
    const counted = { contains: selected(step), minContains: min, ...most };
    return { ...needed, properties: { [key]: counted } };
  });
}

function oneValue(demand: DemandOf<'only' | 'length'>): Schema {
  if (demand.is === 'only') return { enum: [...demand.codes] };
  const { min, max, place } = demand;
  return /^(?:R|n|N\d?)$/.test(place.definition?.type ?? '')
    ? { pattern: numberPattern(min, max) }
    : { minLength: min, maxLength: max };
}
