/** What of a document no rule writes: every value of it is written or listed lost. */
import type { Body, BoundStep, ChunkRule, LeafRule, NodeRule } from '../model.ts';
import { asEntry, type Entry, isAbsent, isSelected, joinPath, textOf } from './fields.ts';
import { bySelection, compileSharer, isShared, type Sharer } from './shares.ts';

/** Which fields of an entry are written. */
interface Cover {
  readonly fields: Map<string, Cover>;
  /** The value itself is written. */
  isWhole: boolean;
  /** Entries of a list: what rules write of them, and what selections do. */
  rules: { readonly rule: NodeRule | ChunkRule | LeafRule; readonly cover: () => Cover }[];
  selections: { readonly select: BoundStep['select']; readonly cover: Cover }[];
  sharer: Sharer | undefined;
  /** Entries of a keyed object whose keys no rule names. */
  others: (() => Cover) | undefined;
}

export type LostTeller = (path: string, value: string) => void;

export function compileLost(body: Body): (document: object, tell: LostTeller) => void {
  const cover = coverOf(body);
  return (document, tell) => {
    for (const [key, value] of Object.entries(document)) {
      if (key !== 'document') walkField(value, cover.fields.get(key), { path: [key], tell });
    }
  };
}

const newCover = (): Cover => ({
  fields: new Map(),
  isWhole: false,
  rules: [],
  selections: [],
  sharer: undefined,
  others: undefined,
});

function coverOf(body: Body): Cover {
  const known = covers.get(body);
  if (known !== undefined) return known;
  const cover = newCover();
  covers.set(body, cover);
  coverBody(body, cover, body);
  return cover;
}

const covers = new WeakMap<Body, Cover>();

function coverBody(body: Body, cover: Cover, scope: Body): void {
  for (const rule of body.rules) {
    if (rule.is === 'leaf') coverLeaf(rule, cover, scope);
    else if (rule.is === 'node' && (rule.ignore || rule.isReadOnly)) continue;
    else if (rule.as === undefined) coverBody(rule.body, cover, scope);
    else coverScope(rule, cover, scope);
  }
}

function coverLeaf(leaf: LeafRule, cover: Cover, scope: Body): void {
  const writes = leaf.read === undefined || leaf.write !== undefined;
  if (!writes || (leaf.verb !== 'to' && leaf.verb !== 'copy')) return;
  for (const target of leaf.targets) {
    const at = descend(target.steps, cover, scope);
    if (!target.list) at.isWhole = true;
    else if (leaf.verb === 'to') at.rules.push({ rule: leaf, cover: () => wholeCover });
  }
  if (leaf.sign !== undefined) descend(leaf.sign.target.steps, cover, scope).isWhole = true;
}

const wholeCover: Cover = { ...newCover(), isWhole: true };

function coverScope(rule: NodeRule | ChunkRule, cover: Cover, scope: Body): void {
  const as = rule.as!;
  const at = descend(as.steps, cover, scope);
  if (as.kind === 'single') {
    coverBody(rule.body, at, rule.body);
    return;
  }
  // Levels hold levels: what is inside is looked at when an entry is there.
  const lazy = (): Cover => coverOf(rule.body);
  if (as.kind === 'list') at.rules.push({ rule, cover: lazy });
  else at.others = as.isText ? () => lazy().fields.get('value') ?? newCover() : lazy;
}

/** The cover at the end of a path; lists on the way are selections. */
function descend(steps: readonly BoundStep[], cover: Cover, scope: Body): Cover {
  let at = cover;
  let path = '';
  for (const { name, is, select } of steps) {
    let next = at.fields.get(name);
    if (next === undefined) {
      next = newCover();
      at.fields.set(name, next);
    }
    path = path === '' ? name : `${path}.${name}`;
    if (is === 'list') {
      const shared = scope.scope.shared.get(path);
      if (shared !== undefined && isShared(shared)) next.sharer ??= compileSharer(shared);
    }
    at = select.length === 0 ? next : selected(next, select);
  }
  return at;
}

function selected(list: Cover, select: BoundStep['select']): Cover {
  const known = list.selections.find((each) => sameSelect(each.select, select));
  if (known !== undefined) return known.cover;
  const cover = newCover();
  for (const { field } of select) cover.fields.set(field, wholeCover);
  list.selections.push({ select, cover });
  return cover;
}

const sameSelect = (one: BoundStep['select'], other: BoundStep['select']): boolean =>
  one.length === other.length &&
  one.every(({ field, value }, at) => other[at]!.field === field && other[at]!.value === value);

/** Steps to where the walk is; joined only when something is lost. */
interface Walk {
  readonly path: (string | number)[];
  readonly tell: LostTeller;
}

function walkField(value: unknown, cover: Cover | undefined, walk: Walk): void {
  if (cover?.isWhole === true && typeof value === 'string') return;
  if (isAbsent(value)) return;
  if (Array.isArray(value)) walkList(value, cover, walk);
  else if (typeof value === 'object') walkObject(value as Entry, cover, walk);
  else if (cover?.isWhole !== true) walk.tell(joinPath(walk.path), textOf(value) ?? String(value));
}

function walkObject(value: Entry, cover: Cover | undefined, walk: Walk): void {
  for (const key of Object.keys(value)) {
    const known = cover?.fields.get(key) ?? cover?.others?.();
    walk.path.push(key);
    walkField(value[key], known, walk);
    walk.path.pop();
  }
}

function walkList(list: readonly unknown[], cover: Cover | undefined, walk: Walk): void {
  const shares = cover?.sharer?.(list);
  for (let at = 0; at < list.length; at++) {
    const share = shares?.[at] ?? 0;
    const inside =
      share === bySelection ? selectionOf(cover, list[at]) : cover?.rules[share]?.cover();
    walk.path.push(at);
    walkField(list[at], inside, walk);
    walk.path.pop();
  }
}

const selectionOf = (cover: Cover | undefined, item: unknown): Cover | undefined =>
  cover?.selections.find(({ select }) => isSelected(asEntry(item), select))?.cover;
