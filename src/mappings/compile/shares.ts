/**
 * Who takes which entry, when several rules and selections share a list or keyed object of the
 * document: a selection its first entry, then each rule, in claim order, what it can hold whole.
 */
import type { ChunkRule, LeafRule, NodeRule, Rule, SharedPlace } from '../model.ts';
import { asEntry, type Entry, isAbsent, isSelected } from './fields.ts';

/** -1: a selection has it; -2: nobody. Otherwise the index of the rule in `shared.rules`. */
export type Share = number;
export const bySelection = -1;
export const byNobody = -2;

/** Whether more than one takes from it. */
export const isShared = ({ rules, selections }: SharedPlace): boolean =>
  rules.length > 1 || selections.length > 0;

export type Sharer = (list: readonly unknown[]) => readonly Share[];

export function compileSharer(shared: SharedPlace): Sharer {
  const { rules, selections } = shared;
  const accepts = rules.map(acceptor);
  const isMarked = marks(rules);
  return (list) => {
    const picked = new Set(
      selections.map((select) => list.findIndex((item) => isSelected(asEntry(item), select))),
    );
    return list.map((item, at) => {
      if (picked.has(at)) return bySelection;
      if (rules.length < 2) return rules.length === 1 ? 0 : byNobody;
      const holds = (rule: number): boolean => accepts[rule]?.(item) === 'whole';
      const own = rules.findIndex((_, rule) => isMarked(rule, item) && holds(rule));
      const whole = own >= 0 ? own : rules.findIndex((_, rule) => holds(rule));
      if (whole >= 0) return whole;
      const partly = accepts.findIndex((accept) => accept(item) === 'partly');
      return partly >= 0 ? partly : byNobody;
    });
  };
}

/**
 * Whether an entry has what sets a rule apart: `ACK(4=068)` beside a plain `ACK` is for entries with
 * the date that 068 qualifies; without one the plain rule writes them, and no qualifier stands alone.
 * Without a plain rule there is nobody to leave them to.
 */
function marks(rules: readonly Rule[]): (rule: number, item: unknown) => boolean {
  const isPlain = (rule: Rule): boolean => rule.is !== 'leaf' && rule.conditions.length === 0;
  if (!rules.some(isPlain)) return () => true;
  const fields = rules.map((rule) => (rule.is === 'leaf' ? new Set<string>() : fieldsOf(rule)));
  const own = fields.map((names) =>
    [...names].filter((name) => !fields.every((others) => others.has(name))),
  );
  return (rule, item) => {
    const each = rules[rule];
    if (each === undefined || each.is === 'leaf' || isPlain(each)) return true;
    const names = own[rule] ?? [];
    if (names.length === 0) return true;
    const entry = asEntry(item);
    return entry !== undefined && names.some((name) => !isAbsent(entry[name]));
  };
}

type Accept = (item: unknown) => 'whole' | 'partly' | 'no';

function acceptor(rule: Rule): Accept {
  if (rule.is === 'leaf') return () => 'whole';
  const fields = fieldsOf(rule);
  const tests = rule.conditions.flatMap((condition) => conditionTest(rule, condition) ?? []);
  return (item) => {
    const entry = asEntry(item);
    if (entry === undefined) return 'no';
    if (!tests.every((test) => test(entry))) return 'no';
    const keys = Object.keys(entry).filter((key) => !isAbsent(entry[key]));
    return keys.every((key) => fields.has(key)) ? 'whole' : 'partly';
  };
}

/** First steps of every field that a rule writes into its entry. */
function fieldsOf({ body }: NodeRule | ChunkRule): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (rules: readonly Rule[]): void => {
    for (const rule of rules) {
      if (rule.is === 'leaf') for (const each of targetsOf(rule)) names.add(each);
      else if (rule.as !== undefined) names.add(rule.as.steps[0]!.name);
      else visit(rule.body.rules);
    }
  };
  visit(body.rules);
  return names;
}

function targetsOf(leaf: LeafRule): readonly string[] {
  if (leaf.verb === 'or') return [];
  const sign = leaf.sign === undefined ? [] : [leaf.sign.target];
  return [...leaf.targets, ...sign].map((target) => target.steps[0]!.name);
}

/** `(1=002)` with `1: type` inside: only entries of such a type. */
function conditionTest(
  rule: NodeRule | ChunkRule,
  { place, values, isRead, path }: NodeRule['conditions'][number],
): ((entry: Entry) => boolean) | undefined {
  if (!isRead || path.length > 0) return undefined;
  const reader = rule.body.rules.find(
    (each): each is LeafRule =>
      each.is === 'leaf' &&
      each.targets.length === 1 &&
      each.places[0]?.element === place.element &&
      each.places[0].component === place.component &&
      each.places[0].attribute === place.attribute,
  );
  const name =
    reader?.targets[0]?.steps.length === 1 ? reader.targets[0].steps[0]!.name : undefined;
  if (reader === undefined || name === undefined) return undefined;
  return (entry) => {
    const value = entry[name];
    if (typeof value !== 'string') return value === undefined;
    const raw =
      reader.codes === undefined ? reader.conversion.write(value) : reader.codes.write(value);
    return raw !== undefined && values.includes(raw);
  };
}
