/** A partner's rules as the rows of a guide: a table of their own, and what they say of each place. */
import type { Slot } from '../definition.ts';
import {
  type Demand,
  demandText,
  type PartnerRule,
  type RulePlace,
  type SegmentStep,
  whenText,
} from '../rules/rule.ts';
import { slotBelow } from '../rules/walk.ts';
import type { SegmentUse, ValueUse } from './use.ts';

export interface GuideRule {
  /** `BEG02 = DS`; empty: always. */
  readonly when: string;
  /** `N1(1=ST): required`. */
  readonly asks: readonly string[];
  /** The partner's own words; empty: none were given. */
  readonly say: string;
  readonly severity: string;
  /** `mappings/partners/acme/850.yaml:14`. */
  readonly line: string;
}

export const guideRules = (rules: readonly PartnerRule[]): readonly GuideRule[] =>
  rules.map((rule) => ({
    when: whenText(rule),
    asks: rule.demands.map((demand) => `${demand.place.text}: ${demandText(demand)}`),
    say: rule.say,
    severity: rule.severity,
    line: rule.line,
  }));

/** One use a demand: the guide's rows join those of the mapping and those of its rules. */
export const ruleUses = (rules: readonly PartnerRule[], root: Slot): readonly SegmentUse[] =>
  rules
    .filter(({ severity }) => severity === 'error')
    .flatMap((rule) => rule.demands.flatMap((demand) => useOf(rule, demand, root) ?? []));

function useOf(rule: PartnerRule, demand: Demand, root: Slot): SegmentUse | undefined {
  const steps = [...rule.scope, ...demand.place.steps];
  const slot = steps.reduce<Slot | undefined>((at, step) => at && slotBelow(at, step), root);
  if (slot === undefined) return undefined;
  const when = conditionOf(rule, steps);
  const { element } = demand.place;
  const asked = { require: demand.is === 'required', forbid: demand.is === 'unused' };
  const silent = { require: false, forbid: false };
  return {
    slot,
    when,
    say: rule.say,
    ...(element === 0 ? asked : silent),
    ...(demand.is === 'times' ? { times: { min: demand.min, max: demand.max } } : {}),
    values: element === 0 ? [] : [valueUse(demand, { when, say: rule.say, ...asked })],
  };
}

function valueUse(
  demand: Demand,
  said: Pick<ValueUse, 'when' | 'say' | 'require' | 'forbid'>,
): ValueUse {
  const { element, component }: RulePlace = demand.place;
  const codes =
    demand.is === 'only' ? [...demand.codes].map((code) => ({ code, meaning: '' })) : [];
  const length = demand.is === 'length' ? { length: { min: demand.min, max: demand.max } } : {};
  return {
    ...{ element, component, field: '', codes, isClosed: demand.is === 'only', isRule: true },
    ...said,
    ...length,
  };
}

/** `BEG02 = DS`, `N1(1=ST)`: when a demand speaks, as its own selections and its rule's `if` say. */
function conditionOf(rule: PartnerRule, steps: readonly SegmentStep[]): string {
  const chosen = steps.filter(({ select }) => select.length > 0).map(({ text }) => text);
  return [...new Set([...chosen, ...(rule.when.length === 0 ? [] : [whenText(rule)])])].join(
    ' and ',
  );
}
