/** The entries of the document that a rule with a scope writes. */
import type { Body, ChunkRule, LeafRule, NodeRule, Rule } from '../model.ts';
import { asEntry, type Entry, holderAccess, isAbsent, listAccess } from './fields.ts';
import { compileSharer, isShared, type Sharer } from './shares.ts';
import type { Writing } from './writing.ts';

/** Calls for every entry that is the rule's, with the path of the document set to it. */
export type EachEntry = (
  writing: Writing,
  scope: Entry,
  call: (entry: Entry, at: number) => void,
) => void;

/** undefined when the rule has no scope of its own. */
export function entriesOf(rule: NodeRule | ChunkRule, outer: Body): EachEntry | undefined {
  const { as } = rule;
  if (as === undefined) return undefined;
  if (as.kind === 'list') return listEntries(rule, outer);
  return as.kind === 'keyed' ? keyedEntries(rule, outer) : singleEntry(rule);
}

const namesOf = (rule: NodeRule | ChunkRule): string =>
  rule.as!.steps.map((step) => step.name).join('.');

function listEntries(rule: NodeRule | ChunkRule, outer: Body): EachEntry {
  const list = listAccess(rule.as!.steps);
  const path = namesOf(rule);
  const share = shareOf(rule, path, outer);
  return (writing, scope, call) => {
    const items = list.get(scope);
    const isMine = share?.(writing, items);
    for (let at = 0; at < items.length; at++) {
      const entry = asEntry(items[at]);
      if (entry === undefined || isMine?.(at) === false) continue;
      writing.path.push(path, at);
      call(entry, at);
      writing.path.length -= 2;
    }
  };
}

/** undefined when nobody else takes entries of the list. */
function shareOf(rule: Rule, path: string, { scope }: Body) {
  const shared = scope.shared.get(path);
  if (shared === undefined || !isShared(shared)) return undefined;
  const mine = shared.rules.indexOf(rule);
  let sharer: Sharer | undefined;
  return (writing: Writing, items: readonly unknown[]) => {
    sharer ??= compileSharer(shared);
    let shares = writing.shares.get(items);
    if (shares === undefined) {
      shares = sharer(items);
      writing.shares.set(items, shares);
    }
    return (at: number): boolean => shares[at] === mine;
  };
}

/** In the order of the code table of the key; keys that rules name one by one are theirs. */
function keyedEntries(rule: NodeRule | ChunkRule, outer: Body): EachEntry {
  const as = rule.as!;
  const holder = holderAccess(as.steps);
  const path = namesOf(rule);
  const by = as.by!;
  const rank = rankOf(rule, by);
  const named = outer.scope.shared.get(path)?.keys;
  return (writing, scope, call) => {
    const entries = holder.find(scope);
    if (entries === undefined) return;
    const keys = Object.keys(entries).filter((key) => named?.has(key) !== true);
    if (rank !== undefined) keys.sort((a, b) => rank(a) - rank(b));
    for (const [at, key] of keys.entries()) {
      const value = entries[key];
      if (isAbsent(value)) continue;
      const entry = as.isText ? { [by]: key, value } : { ...asEntry(value), [by]: key };
      writing.path.push(path, key);
      call(entry, at);
      writing.path.length -= 2;
    }
  };
}

function rankOf({ body }: NodeRule | ChunkRule, by: string) {
  const leaf = body.rules.find(
    (rule): rule is LeafRule => rule.is === 'leaf' && rule.targets[0]?.text === by,
  );
  return leaf?.codes?.rank;
}

function singleEntry(rule: NodeRule | ChunkRule): EachEntry {
  const holder = holderAccess(rule.as!.steps);
  const path = namesOf(rule);
  return (writing, scope, call) => {
    const entry = holder.find(scope);
    if (entry === undefined) return;
    writing.path.push(path);
    call(entry, 0);
    writing.path.pop();
  };
}
