/**
 * Most rules of a mapping have nothing to write in most entries. The keys of an entry say which of
 * them have, so that the others are not asked.
 */
import type { LeafRule, Rule } from '../model.ts';
import type { Entry } from './fields.ts';
import { isAlwaysWritten } from './write-body.ts';
import type { Built, Writing } from './writing.ts';

type Run = (writing: Writing, scope: Entry, built: Built) => void;

export interface Needy {
  /** Fields of which one must be there; undefined: it is always asked. */
  readonly needs: readonly string[] | undefined;
  readonly run: Run;
}

/** Runs what has anything to write, in the order given. */
export function compileActive(all: readonly Needy[]): Run {
  const runs = all.map(({ run }) => run);
  const fewest = 4;
  if (runs.length < fewest) {
    return (writing, scope, built) => {
      for (const run of runs) run(writing, scope, built);
    };
  }
  const always: readonly number[] = all.map(({ needs }) => (needs === undefined ? 1 : 0));
  const byName = namesOf(all);
  return (writing, scope, built) => {
    const active = always.slice();
    for (const name in scope) {
      const wanted = byName.get(name);
      if (wanted !== undefined) for (const at of wanted) active[at] = 1;
    }
    for (let at = 0; at < runs.length; at++) {
      if (active[at] === 1) runs[at]!(writing, scope, built);
    }
  };
}

function namesOf(all: readonly Needy[]): ReadonlyMap<string, readonly number[]> {
  const byName = new Map<string, number[]>();
  for (const [at, { needs }] of all.entries()) {
    for (const name of new Set(needs)) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [at]);
      else known.push(at);
    }
  }
  return byName;
}

/** Fields of the scope that a rule writes; undefined when it has something to say without any. */
export function needsOf(rule: Rule): readonly string[] | undefined {
  if (rule.is === 'leaf') return leafNeeds(rule);
  const isPartner = rule.require || rule.forbid;
  if (isPartner || (rule.is === 'node' && rule.as === undefined && isAlwaysWritten(rule))) {
    return undefined;
  }
  if (rule.as !== undefined) return [rule.as.steps[0]!.name];
  const inside = rule.body.rules.map(insideNeeds);
  return inside.includes(undefined) ? undefined : inside.flatMap((needs) => needs ?? []);
}

/** Constants inside a node are written only beside values. */
function insideNeeds(rule: Rule): readonly string[] | undefined {
  const needs = needsOf(rule);
  if (needs !== undefined) return needs;
  if (rule.is === 'leaf') return rule.default === undefined ? targetNames(rule) : undefined;
  return rule.is === 'node' && isAlwaysWritten(rule) ? [] : undefined;
}

function leafNeeds(leaf: LeafRule): readonly string[] | undefined {
  const isValue = leaf.verb === 'to' || leaf.verb === 'copy';
  if (!isValue || leaf.default !== undefined || leaf.none !== undefined) return undefined;
  return targetNames(leaf);
}

function targetNames(leaf: LeafRule): readonly string[] {
  const sign = leaf.sign === undefined ? [] : [leaf.sign.target];
  return [...leaf.targets, ...sign].map((target) => target.steps[0]!.name);
}
