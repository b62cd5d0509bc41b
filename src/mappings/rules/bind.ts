/** Binds parsed rules to the standard's diagram: every place found, every code looked up. */
import type { MessageDefinition } from '../../standards/definition.ts';
import type { Demand, PartnerRule, RulePlace, RuleTest } from '../../standards/rules/rule.ts';
import type { FaultList } from '../fault.ts';
import { tellUnlisted } from './listed-codes.ts';
import type { ParsedDemand, ParsedPlace, ParsedRule, ParsedTest } from './parse.ts';
import { bindPlace, type FoundPlace, type PlaceBinding } from './places.ts';

/** Rules with a place that is not there are left out, and told. */
export function bindRules(
  rules: readonly ParsedRule[],
  definition: MessageDefinition,
  faults: FaultList,
): readonly PartnerRule[] {
  const { version, name } = definition.type;
  const binding = { definition, faults, messageName: `${name} of ${version}` };
  return rules.flatMap((rule) => bindRule(rule, binding) ?? []);
}

function bindRule(rule: ParsedRule, binding: PlaceBinding): PartnerRule | undefined {
  const before = errorsOf(binding.faults);
  const tests = rule.when.map((test) => ({ test, place: bindPlace(test.place, binding) }));
  const demands = rule.demands.map((demand) => ({
    demand,
    place: bindPlace(demand.place, binding),
  }));
  for (const { test, place } of tests) if (place !== undefined) checkTest(test, place, binding);
  for (const { demand, place } of demands) {
    if (place !== undefined) checkDemand(demand, place, binding);
  }
  if (errorsOf(binding.faults) > before) return undefined;
  const depth = tests.length === 0 ? 0 : scopeDepth(tests, demands);
  const [first] = [...tests, ...demands];
  const { file, line } = rule.origin;
  return {
    scope: first?.place?.steps.slice(0, depth) ?? [],
    when: tests.map(({ test, place }) => testOf(test, below(place!, depth))),
    demands: demands.map(({ demand, place }) => demandOf(demand, below(place!, depth))),
    say: rule.say,
    severity: rule.severity,
    line: `${file}:${line}`,
  };
}

const errorsOf = ({ all }: FaultList): number =>
  all.filter(({ severity }) => severity === 'error').length;

const below = (place: FoundPlace, depth: number): RulePlace => ({
  ...place,
  steps: place.steps.slice(depth),
});

/**
 * A condition and what follows from it are of the same occurrence of the innermost loop that all
 * its places share. A segment that is asked for, or told absent, is looked for inside that loop.
 */
function scopeDepth(
  tests: readonly { readonly test: ParsedTest; readonly place: FoundPlace | undefined }[],
  demands: readonly { readonly place: FoundPlace | undefined }[],
): number {
  const paths = [
    ...tests.map(({ test, place }) => stepTexts(place, test.is === 'there')),
    ...demands.map(({ place }) => stepTexts(place, false)),
  ];
  const [first = [], ...others] = paths;
  const end = first.findIndex((text, at) => others.some((path) => path[at] !== text));
  return end < 0 ? first.length : end;
}

const stepTexts = (place: FoundPlace | undefined, whole: boolean): readonly string[] => {
  const texts = (place?.steps ?? []).map(({ text }) => text);
  return whole || place?.element !== 0 ? texts : texts.slice(0, -1);
};

const testOf = ({ is, values, text }: ParsedTest, place: RulePlace): RuleTest => ({
  place,
  is,
  text,
  values: new Set(values),
});

function demandOf({ ask }: ParsedDemand, place: RulePlace): Demand {
  return ask.is === 'only' ? { ...ask, place, codes: new Set(ask.codes) } : { ...ask, place };
}

function checkTest(
  { place: said, values, is }: ParsedTest,
  place: FoundPlace,
  binding: PlaceBinding,
) {
  if (is === 'oneOf' || is === 'noneOf') checkCodes(said, place, values, binding);
}

function checkDemand(
  { place: said, ask }: ParsedDemand,
  place: FoundPlace,
  binding: PlaceBinding,
): void {
  const say = (why: string): void => binding.faults.error('map-rule', said.origin, why);
  if (ask.is === 'times' && place.element > 0) {
    say(`${said.text}: at most and at least count segments and loops, not elements`);
  } else if (ask.is === 'length') checkLength(said, place, ask, binding);
  else if (ask.is === 'only') checkCodes(said, place, ask.codes, binding);
}

function checkLength(
  { text, origin }: ParsedPlace,
  place: FoundPlace,
  { min, max }: { readonly min: number; readonly max: number },
  { faults }: PlaceBinding,
): void {
  if (!isSimple(place)) {
    faults.error('map-rule', origin, `${text}: only an element with a value has a length`);
    return;
  }
  const { definition } = place;
  if (definition === undefined || (max <= definition.max && min >= definition.min)) return;
  const allowed = `the standard allows ${definition.min} to ${definition.max} characters`;
  faults.warn('map-rule', origin, `${text}: ${allowed}: no length outside it can come`);
}

const isSimple = ({ element, definition }: FoundPlace): boolean =>
  element > 0 && (definition === undefined || definition.components.length === 0);

function checkCodes(
  { text, origin }: ParsedPlace,
  place: FoundPlace,
  values: readonly string[],
  { faults }: PlaceBinding,
): void {
  if (!isSimple(place)) {
    const parts = place.definition?.components.length ?? 0;
    const write =
      parts > 0 ? `name a component of it: ${text}-1 to ${text}-${parts}` : 'name an element of it';
    faults.error('map-rule', origin, `${text} has no value of its own: ${write}`);
    return;
  }
  tellUnlisted(text, values, place.definition, origin, faults);
}
