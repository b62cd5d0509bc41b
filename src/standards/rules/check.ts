/**
 * Judges a checked message by its partner's rules. The rules are few and bound beforehand; each
 * walks only the nodes that its steps lead to, so the time grows with the message times the rules.
 */
import type { Finding, Place } from '../../model/finding.ts';
import type { Message } from '../../model/message.ts';
import type { PlacedNode } from '../definition.ts';
import { FindingList, quoted } from '../findings.ts';
import { type CheckPolicy, defaultPolicy, type StandardsCode } from '../policy.ts';
import { firstHit, holds } from './holds.ts';
import { absentSite, elementSite, type Site, segmentSite } from './place.ts';
import type { Demand, DemandOf, PartnerRule, RulePlace } from './rule.ts';
import { whenText } from './rule.ts';
import { childrenAt, follow, type RuleValue, type Standing, valuesAt } from './walk.ts';

/** Findings in the order of the segments. `root` is the tree that `checkMessage` made. */
export function checkRules(
  rules: readonly PartnerRule[],
  message: Message,
  root: PlacedNode,
  policy: CheckPolicy = defaultPolicy,
): readonly Finding[] {
  if (message.content.form !== 'segments') return [];
  const findings = new FindingList(policy, false);
  const { segments } = message.content;
  const top: Standing = { node: root, above: undefined };
  const scopes = new Map<string, readonly Standing[]>();
  for (const rule of rules) {
    const key = rule.scope.map(({ text }) => text).join('/');
    const known = scopes.get(key) ?? [...follow(top, rule.scope, segments)];
    scopes.set(key, known);
    for (const scope of known) judge({ message, segments, findings, rule, scope });
    if (findings.more > countedMax) break;
  }
  return findings.all(segmentSite({ message, segments }, top));
}

/** A flood of faults is not counted to its end: many rules on a large message take long to fail. */
const countedMax = 100_000;

interface Case extends Site {
  readonly findings: FindingList;
  readonly rule: PartnerRule;
  readonly scope: Standing;
}

function judge(it: Case): void {
  if (!holds(it.rule, it.scope, it.segments)) return;
  for (const demand of it.rule.demands) ask(it, demand);
}

function ask(it: Case, demand: Demand): void {
  switch (demand.is) {
    case 'required':
      askRequired(it, demand.place, it.scope, 0);
      break;
    case 'unused':
      askUnused(it, demand.place);
      break;
    case 'times':
      askTimes(it, demand);
      break;
    default:
      askValues(it, demand);
  }
}

/**
 * Every occurrence of a step has the next one. A rule with a condition asks for all that lies
 * between; without one, an element is asked for only where its segment stands, as guides mean it.
 */
function askRequired(it: Case, place: RulePlace, from: Standing, at: number): void {
  const step = place.steps[at];
  if (step === undefined) {
    if (place.element > 0 && valuesAt(from.node, place, it.segments).length === 0) {
      const text = `${place.text} is empty`;
      report(it, code(it, 'rule-element-missing'), () => elementSite(it, from, place), { text });
    }
    return;
  }
  let isThere = false;
  for (const child of childrenAt(from, step, it.segments)) {
    isThere = true;
    askRequired(it, place, child, at + 1);
  }
  const isAsked = it.rule.when.length > 0 || (place.element === 0 && at === place.steps.length - 1);
  if (isThere || !isAsked) return;
  const text = `${step.text} is missing`;
  report(it, code(it, 'rule-segment-missing'), () => absentSite(it, from, step), { text });
}

function askUnused(it: Case, place: RulePlace): void {
  for (const standing of follow(it.scope, place.steps, it.segments)) {
    if (place.element === 0) {
      const text = `${place.text} is not used`;
      report(it, code(it, 'rule-segment-not-used'), () => segmentSite(it, standing), { text });
    } else {
      for (const { value, repeat } of valuesAt(standing.node, place, it.segments)) {
        const text = `${place.text} is ${quoted(value)}, and it is not used`;
        const site = (): Place => elementSite(it, standing, place, repeat);
        report(it, code(it, 'rule-element-not-used'), site, { text, value });
      }
    }
  }
}

type StandingCode = `rule-${'segment' | 'element'}-${'missing' | 'not-used'}`;

/** What only a condition asks for has a code of its own: the 997 and 999 tell the two apart. */
const code = ({ rule }: Case, always: StandingCode): StandardsCode =>
  rule.when.length === 0 ? always : dependent[always];

const dependent: Readonly<Record<StandingCode, StandardsCode>> = {
  'rule-segment-missing': 'rule-segment-required-by-another',
  'rule-segment-not-used': 'rule-segment-excluded',
  'rule-element-missing': 'rule-element-required-by-another',
  'rule-element-not-used': 'rule-element-excluded',
};

/** Counted in each occurrence of what holds the segment; told at the first one too many. */
function askTimes(it: Case, { place, min, max }: DemandOf<'times'>): void {
  const step = place.steps.at(-1);
  if (step === undefined) return;
  for (const parent of follow(it.scope, place.steps.slice(0, -1), it.segments)) {
    let count = 0;
    let surplus: Standing | undefined;
    for (const child of childrenAt(parent, step, it.segments)) {
      count += 1;
      if (count === max + 1) surplus = child;
    }
    const times = `${step.text} occurs ${count} times`;
    if (surplus !== undefined) {
      const text = `${times}, agreed are at most ${max}`;
      report(it, 'rule-segment-repeats', siteOf(it, surplus), { text });
    } else if (count < min) {
      const text = `${times}, agreed are at least ${min}`;
      report(it, 'rule-segment-too-few', () => absentSite(it, parent, step), { text });
    }
  }
}

const siteOf = (it: Case, standing: Standing) => (): Place => segmentSite(it, standing);

function askValues(it: Case, demand: DemandOf<'only' | 'length'>): void {
  const { place } = demand;
  for (const standing of follow(it.scope, place.steps, it.segments)) {
    for (const found of valuesAt(standing.node, place, it.segments)) {
      const wrong = wrongValue(demand, found);
      if (wrong === undefined) continue;
      const text = `${place.text} is ${quoted(found.value)}, ${wrong.expected}`;
      const site = (): Place => elementSite(it, standing, place, found.repeat);
      report(it, wrong.code, site, { text, value: found.value });
    }
  }
}

function wrongValue(
  demand: DemandOf<'only' | 'length'>,
  { value }: RuleValue,
): { readonly code: StandardsCode; readonly expected: string } | undefined {
  if (demand.is === 'only') {
    if (demand.codes.has(value)) return undefined;
    return { code: 'rule-element-code', expected: `agreed is ${[...demand.codes].join(' or ')}` };
  }
  const { min, max, place } = demand;
  const length = lengthOf(value, place.definition?.type ?? '');
  if (length < min) {
    return { code: 'rule-element-too-short', expected: `agreed are at least ${min} characters` };
  }
  if (length <= max) return undefined;
  return { code: 'rule-element-too-long', expected: `agreed are at most ${max} characters` };
}

/** Sign and decimal mark of a number do not count (X12.6 3.5.1, ISO 9735 10). */
const lengthOf = (value: string, type: string): number =>
  /^(?:R|n|N\d?)$/.test(type) ? value.replace(/[-.,]/g, '').length : value.length;

/** The partner's words come first, then what is wrong and where the rule stands. */
function report(
  it: Case,
  code: StandardsCode,
  place: () => Place,
  { text, value }: { readonly text: string; readonly value?: string },
): void {
  const { rule, findings } = it;
  if (!findings.wants(code)) return;
  const when = rule.when.length === 0 ? '' : ` where ${whenText(rule)}`;
  const fact = `${text}${when} (rule at ${rule.line})`;
  const whole = rule.say === '' ? `${fact}.` : `${rule.say.replace(/[.\s]+$/, '')}: ${fact}.`;
  const because = triggerOf(it);
  findings.add(code, place(), whole, {
    atMost: rule.severity,
    ...(value === undefined ? {} : { value }),
    ...(because === undefined ? {} : { because }),
  });
}

/** What the condition looked at, where there is something to show. */
function triggerOf(it: Case): Place | undefined {
  for (const test of it.rule.when) {
    const hit = firstHit(test, it.scope, it.segments);
    if (hit === undefined) continue;
    const { standing, repeat } = hit;
    return test.place.element === 0
      ? segmentSite(it, standing)
      : elementSite(it, standing, test.place, repeat);
  }
  return undefined;
}
