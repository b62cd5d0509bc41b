/** What of a document no rule writes: every value of it is written or listed lost. */
import type { Body, BoundStep, ChunkRule, LeafRule, NodeRule } from '../model.ts';
import { asEntry, isAbsent, isSelected, textOf } from './fields.ts';
import { bySelection, compileSharer, type Sharer } from './shares.ts';

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
      if (key !== 'document') walkField(key, value, cover.fields.get(key), tell);
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
  const cover = newCover();
  coverBody(body, cover, body);
  return cover;
}

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
  let inside: Cover | undefined;
  // Levels hold levels: what is inside is looked at when an entry is there.
  const lazy = (): Cover => {
    inside ??= coverOf(rule.body);
    return inside;
  };
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
      next.sharer ??= shared && compileSharer(shared);
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

function walkField(path: string, value: unknown, cover: Cover | undefined, tell: LostTeller): void {
  if (isAbsent(value)) return;
  if (Array.isArray(value)) walkList(path, value, cover, tell);
  else if (typeof value === 'object') walkObject(path, value!, cover, tell);
  else if (cover?.isWhole !== true) tell(path, textOf(value) ?? String(value));
}

function walkObject(path: string, value: object, cover: Cover | undefined, tell: LostTeller): void {
  for (const [key, inner] of Object.entries(value)) {
    const known = cover?.fields.get(key) ?? cover?.others?.();
    walkField(`${path}.${key}`, inner, known, tell);
  }
}

function walkList(
  path: string,
  list: readonly unknown[],
  cover: Cover | undefined,
  tell: LostTeller,
): void {
  const shares = cover?.sharer?.(list);
  for (const [at, item] of list.entries()) {
    const share = shares?.[at] ?? 0;
    const inside = share === bySelection ? selectionOf(cover, item) : cover?.rules[share]?.cover();
    walkField(`${path}[${at}]`, item, inside, tell);
  }
}

const selectionOf = (cover: Cover | undefined, item: unknown): Cover | undefined =>
  cover?.selections.find(({ select }) => isSelected(asEntry(item), select))?.cover;
