/** Writes scopes to nodes: rules in claim order, siblings in the standard's order. */
import type { Body, BoundCondition, ChunkRule, LeafRule, NodeRule, Rule } from '../model.ts';
import { asEntry, type Entry, holderAccess, isAbsent, listAccess } from './fields.ts';
import { compileShadows } from './shadow.ts';
import { compileSharer, type Sharer } from './shares.ts';
import { compileWriteChunk } from './write-chunk.ts';
import { compileWriteLeaf, roundsOf } from './write-leaf.ts';
import { type Built, documentPath, newBuilt, put, tell, type Writing } from './writing.ts';

export type BodyWriter = (writing: Writing, scope: Entry, built: Built) => void;

/** `owner` is the node whose inside it is, where it is one. */
export function compileWriteBody(body: Body, owner?: NodeRule): BodyWriter {
  const leaves = body.rules.flatMap((rule) =>
    rule.is === 'leaf' && isFirstOfList(rule, body) ? (compileWriteLeaf(rule) ?? []) : [],
  );
  const isRepeated = owner !== undefined && owner.as === undefined;
  const allChunks = body.rules.filter((rule) => rule.is === 'chunk');
  const chunks = allChunks.map((rule, at) =>
    compileWriteChunk(rule, allChunks.slice(0, at), body, compileWriteBody(rule.body), isRepeated),
  );
  const allNodes = body.rules.filter((rule) => rule.is === 'node');
  const shadows = compileShadows(allNodes);
  const nodes = allNodes
    .filter((rule) => !rule.ignore && !rule.isReadOnly)
    .toSorted((a, b) => a.order - b.order)
    .map((rule) => compileNode(rule, body, shadows.isShadowable(rule)));
  const partner = compilePartnerRules(body.rules);
  return (writing, scope, built) => {
    for (const write of leaves) write(writing, scope, built);
    for (const write of chunks) write(writing, scope, built);
    partner?.(writing, built);
    if (nodes.length === 0 || writing.round > 0) return;
    const { base } = writing;
    writing.base = 0;
    for (const write of nodes) write(writing, scope, built);
    writing.base = base;
    shadows.check(writing, built);
  };
}

/** Plain values of a list that several leaves read all go to the first of them. */
function isFirstOfList(leaf: LeafRule, { scope }: Body): boolean {
  const [target] = leaf.targets;
  if (target?.list !== true || leaf.verb !== 'to') return true;
  const path = target.steps.map((step) => step.name).join('.');
  return scope.shared.get(path)?.rules[0] === leaf;
}

function compileNode(rule: NodeRule, outer: Body, isShadowable: boolean): BodyWriter {
  const write = nodeWriter(rule, isShadowable);
  const each = entriesOf(rule, outer);
  if (each === undefined) return repeated(rule, write);
  return (writing, scope, built) => {
    let count = 0;
    each(writing, scope, (entry) => {
      if (write(writing, entry, built)) count++;
    });
    if (count === 0) requireNode(rule, writing);
    else if (rule.forbid) forbidNode(rule, writing);
  };
}

function requireNode(rule: NodeRule, writing: Writing): void {
  if (!rule.require) return;
  const text = `${rule.address} was agreed to be sent, and the document has nothing for it.`;
  tell(writing, 'required-missing', '', text);
}

function forbidNode(rule: NodeRule, writing: Writing): void {
  const text = `${rule.address} was agreed not to be sent, and the document has values for it.`;
  tell(writing, 'not-allowed', '', text);
}

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
      writing.path.push(`${path}[${at}]`);
      call(entry, at);
      writing.path.pop();
    }
  };
}

/** undefined when nobody else takes entries of the list. */
function shareOf(rule: Rule, path: string, { scope }: Body) {
  const shared = scope.shared.get(path);
  const isAlone =
    shared === undefined || (shared.rules.length < 2 && shared.selections.length === 0);
  if (isAlone) return undefined;
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
      writing.path.push(`${path}.${key}`);
      call(entry, at);
      writing.path.pop();
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

/** A node without a scope is repeated until its lists are written. */
function repeated(rule: NodeRule, write: NodeWriter): BodyWriter {
  const rounds = rule.repeats ? roundsIn(rule) : () => 1;
  return (writing, scope, built) => {
    const { round } = writing;
    let count = 0;
    const total = Math.max(1, rounds(scope));
    for (writing.round = 0; writing.round < total; writing.round++) {
      if (write(writing, scope, built)) count++;
    }
    writing.round = round;
    if (count === 0) requireNode(rule, writing);
    else if (rule.forbid) forbidNode(rule, writing);
  };
}

function roundsIn({ body }: NodeRule): (scope: Entry) => number {
  const each = body.rules.flatMap((rule) => {
    if (rule.is === 'leaf') return (isFirstOfList(rule, body) && roundsOf(rule)) || [];
    return rule.is === 'chunk' && rule.as?.kind === 'list' ? chunkRounds(rule) : [];
  });
  return (scope) => each.reduce((most, rounds) => Math.max(most, rounds(scope)), 0);
}

function chunkRounds(rule: ChunkRule): (scope: Entry) => number {
  const list = listAccess(rule.as!.steps);
  const first = rule.component === 0 ? rule.element : rule.component;
  const room = Math.floor((rule.last - first + 1) / rule.by);
  return (scope) => Math.ceil(list.get(scope).length / room);
}

/** True when the node was written: a value is in it, or it holds nothing but constants. */
type NodeWriter = (writing: Writing, scope: Entry, parent: Built) => boolean;

function nodeWriter(rule: NodeRule, isShadowable: boolean): NodeWriter {
  let write: BodyWriter | undefined;
  const isAlways = rule.as === undefined && isAlwaysWritten(rule);
  const hasScope = rule.as !== undefined;
  return (writing, scope, parent) => {
    // Levels hold levels: what is inside is compiled when it is first written.
    write ??= compileWriteBody(rule.body, rule);
    const built = newBuilt(rule);
    const before = writing.values;
    const { round } = writing;
    if (hasScope) writing.round = 0;
    for (const condition of rule.conditions) putCondition(built, condition, 0);
    write(writing, scope, built);
    if (hasScope) {
      writing.round = round;
      tellOverflow(rule, writing, scope);
    }
    if (writing.values === before && !isAlways) return false;
    checkConditions(rule, writing, built);
    if (isShadowable) built.from = documentPath(writing, '');
    parent.children.push(built);
    return true;
  };
}

/** Only constants and derived values: `UNS: { 1: =S }`. A count stands whatever is inside: CTT, AMT. */
export function isAlwaysWritten(rule: NodeRule): boolean {
  const all = rule.body.rules.filter(
    (each) => each.is !== 'leaf' || (each.verb !== 'ignore' && each.derived?.verifyOnly !== true),
  );
  const isCount = rule.slot !== undefined && all.some((each) => each.is === 'leaf' && each.derived);
  const writers = isCount ? all.filter((each) => each.is !== 'node') : all;
  return (
    writers.length > 0 &&
    writers.every((each) => {
      if (each.is === 'chunk') return false;
      if (each.is === 'node') return each.as === undefined && isAlwaysWritten(each);
      return ['constant', 'write', 'count', 'sum'].includes(each.verb);
    })
  );
}

export function putCondition(built: Built, condition: BoundCondition, base: number): void {
  if (condition.isRead) return;
  let at = built;
  for (const name of condition.path) {
    let inner = at.children.find((child) => child.name === name);
    if (inner === undefined) {
      inner = { ...newBuilt(undefined), name };
      at.children.push(inner);
    }
    at = inner;
  }
  put(at, condition.place, base, 1, condition.values[0]!);
}

/** `(3=T|P)` with `3: kind`: without a kind, or with another, it would not be read again. */
function checkConditions(rule: NodeRule, writing: Writing, built: Built): void {
  for (const { isRead, place, values, path } of rule.conditions) {
    if (!isRead || path.length > 0) continue;
    const value = built.elements[place.element - 1]?.[0]?.[Math.max(0, place.component - 1)] ?? '';
    if (place.element === 0 || values.includes(value)) continue;
    const text =
      value === ''
        ? `${rule.address} needs a value that says which of ${values.join(', ')} it is.`
        : `${rule.address} is written only for ${values.join(', ')}, not for "${value}".`;
    tell(writing, value === '' ? 'mandatory-empty' : 'does-not-fit', '', text, value);
    if (value === '') put(built, place, 0, 1, values[0]!);
  }
}

/** In a scope of its own the node is one entry and cannot be repeated for a list. */
function tellOverflow(rule: NodeRule, writing: Writing, scope: Entry): void {
  for (const leaf of rule.body.rules) {
    if (leaf.is !== 'leaf') continue;
    const rounds = leafRounds(leaf);
    if (rounds === undefined || rounds(scope) <= 1) continue;
    const { text } = leaf.targets[0]!;
    const said = `${documentPath(writing, text)} has more values than ${leaf.address} has places.`;
    tell(writing, 'no-room', text, said);
  }
}

const rounds = new WeakMap<LeafRule, ReturnType<typeof roundsOf>>();

function leafRounds(leaf: LeafRule): ReturnType<typeof roundsOf> {
  if (!rounds.has(leaf)) rounds.set(leaf, roundsOf(leaf));
  return rounds.get(leaf);
}

/** What a partner agreed to, asked of what is written. */
function compilePartnerRules(rules: readonly Rule[]) {
  const leaves = rules.filter(
    (rule): rule is LeafRule =>
      rule.is === 'leaf' && (rule.require || rule.forbid || rule.only !== undefined),
  );
  if (leaves.length === 0) return undefined;
  return (writing: Writing, built: Built): void => {
    for (const leaf of leaves) checkLeaf(leaf, writing, built);
  };
}

function checkLeaf(leaf: LeafRule, writing: Writing, built: Built): void {
  const place = leaf.places[0]!;
  const cells = built.elements[place.element - 1]?.[0];
  const attribute = built.attributes.find(({ name }) => name === place.attribute)?.value;
  const inTree = place.attribute === '' ? built.text : attribute;
  const raw = (place.element === 0 ? inTree : cells?.[Math.max(0, place.component - 1)]) ?? '';
  const field = leaf.targets[0]?.text ?? '';
  if (raw === '') {
    if (!leaf.require || writing.round > 0) return;
    const text = `${leaf.address} was agreed to be sent, and ${documentPath(writing, field)} is absent.`;
    tell(writing, 'required-missing', field, text);
  } else if (leaf.forbid || leaf.only?.has(raw) === false) {
    const list = leaf.only === undefined ? 'nothing' : [...leaf.only].join(', ');
    tell(
      writing,
      'not-allowed',
      field,
      `${leaf.address} would be "${raw}", and ${list} was agreed.`,
      raw,
    );
  }
}
