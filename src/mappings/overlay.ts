/** Overlays: a file that says only where it differs from the file it extends. */
import type { FaultList } from './fault.ts';
import { isVerb, newRule, type RuleTree, type Word } from './rule.ts';
import { sourceText } from './source.ts';

/** Words that only make sense on a rule that is there already. */
const needBase: readonly Word[] = ['remove', 'require', 'forbid', 'only', 'codes'];

/** Applies an overlay to a base; both trees stay as they are. */
export function applyOverlay(base: RuleTree, overlay: RuleTree, faults: FaultList): RuleTree {
  const merged = copyRule(base);
  mergeChildren(merged, overlay, faults);
  return merged;
}

const copyRule = (rule: RuleTree): RuleTree => ({
  ...rule,
  said: new Map(rule.said),
  children: rule.children.map(copyRule),
});

function mergeChildren(base: RuleTree, overlay: RuleTree, faults: FaultList): void {
  for (const change of overlay.children) {
    const at = base.children.findIndex((child) => child.step!.text === change.step!.text);
    const found = base.children[at];
    if (found === undefined) addRule(base, change, faults);
    else if (change.said.has('remove')) base.children.splice(at, 1);
    else mergeRule(found, change, faults);
  }
}

function addRule(base: RuleTree, change: RuleTree, faults: FaultList): void {
  const lost = lostWord(change);
  if (lost === undefined) {
    base.children.push(copyRule(change));
    return;
  }
  const { rule, word } = lost;
  const held = base.children.map((child) => child.step!.text).join(' ');
  const where = base.address === '' ? 'the body' : base.address;
  const text = `base has no ${rule.address} to ${word}; ${where} holds ${held || 'nothing'}`;
  faults.error('map-overlay-lost', rule.origin, text);
}

/** The first rule of a new branch that only refines, though there is nothing to refine. */
function lostWord(rule: RuleTree): { rule: RuleTree; word: Word } | undefined {
  const word = needBase.find((each) => rule.said.has(each));
  if (word !== undefined && !isVerb(rule) && !hasVerbBelow(rule)) return { rule, word };
  for (const child of rule.children) {
    const lost = lostWord(child);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

const hasVerbBelow = (rule: RuleTree): boolean =>
  rule.children.some((child) => isVerb(child) || hasVerbBelow(child));

function mergeRule(base: RuleTree, change: RuleTree, faults: FaultList): void {
  if (isVerb(change)) {
    if (sameWords(base, change) && change.children.length === 0) {
      const text = `${change.address} says what its base says at line ${base.origin.line}; delete it`;
      faults.warn('map-overlay-same', change.origin, text);
    }
    base.said.clear();
  }
  if (change.said.size > 0) base.origin = change.origin;
  for (const [word, entry] of change.said) base.said.set(word, entry);
  mergeChildren(base, change, faults);
}

function sameWords(base: RuleTree, change: RuleTree): boolean {
  if (base.said.size !== change.said.size) return false;
  return [...change.said].every(([word, entry]) => {
    const there = base.said.get(word);
    return there !== undefined && sourceText(there.value) === sourceText(entry.value);
  });
}

/** Depth first, for `mapping show`: every rule with the line that spoke last. */
export function* walkRules(rule: RuleTree): Generator<RuleTree> {
  for (const child of rule.children) {
    yield child;
    yield* walkRules(child);
  }
}

export const emptyRule = (file: string): RuleTree => newRule(undefined, '', { file, line: 1 });
