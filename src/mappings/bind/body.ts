/** Binds the bodies of a mapping: rules in claim order, scopes, levels of X12 HL. */
import type { ObjectField } from '../../documents/field.ts';
import type { Slot } from '../../standards/definition.ts';
import type { Body, ChunkRule, LeafRule, NodeRule, Rule } from '../model.ts';
import type { ElementStep, NodeStep } from '../place.ts';
import { isVerb, type RuleTree, saidText } from '../rule.ts';
import type { Binding, BindScope } from './binding.ts';
import { bindLeaf } from './leaf.ts';
import {
  bindConditions,
  bindElements,
  bindSlot,
  type ChunkStart,
  formatPlace,
  noChunk,
  treePlace,
} from './places.ts';
import { bindScopeTarget, shareRule, shareSteps } from './targets.ts';

interface Levels {
  readonly slot: Slot;
  readonly rules: readonly RuleTree[];
  /** Bodies by rule and by what their entries hold: levels nest without end, shapes do not. */
  readonly bodies: Map<RuleTree, Map<string, Body>>;
}

/** Where a body stands: its slot, and the HL levels that apply at any depth. */
interface Standing {
  readonly slot: Slot | undefined;
  /** Slot of HL and its rules that have a scope of their own. */
  readonly levels: Levels | undefined;
  readonly isLevelRead: boolean;
  readonly chunk: ChunkStart;
}

export function bindBody(
  tree: RuleTree,
  root: Slot | undefined,
  scope: BindScope,
  binding: Binding,
): Body {
  const levels = levelsOf(tree, root);
  const isRootLevel = (each: RuleTree): boolean =>
    each.step!.is === 'node' && each.step!.name === 'HL' && !each.said.has('as');
  const isLevelRead = levels !== undefined && tree.children.some(isRootLevel);
  const standing = { slot: root, levels, isLevelRead, chunk: noChunk };
  const inner = levels?.rules.filter((rule) => isOnlyInner(rule, levels.rules, scope.field)) ?? [];
  const trees = tree.children.filter((each) => !inner.includes(each));
  return bindRules(trees, standing, scope, binding);
}

/** A level whose list is no field of the document, but of what another level holds. */
function isOnlyInner(rule: RuleTree, rules: readonly RuleTree[], document: ObjectField): boolean {
  if (canHold(document, rule)) return false;
  return rules.some((other) => {
    const list = document.field(listName(other));
    return list?.is === 'list' && list.item.is === 'object' && canHold(list.item, rule);
  });
}

const listName = (rule: RuleTree): string => (saidText(rule, 'as') ?? '').split(/[*. ]/)[0] ?? '';
const canHold = (field: ObjectField, rule: RuleTree): boolean =>
  field.field(listName(rule)) !== undefined;

function bindRules(
  trees: readonly RuleTree[],
  standing: Standing,
  scope: BindScope,
  binding: Binding,
): Body {
  const rules = trees
    .map((tree, at) => ({ tree, at }))
    .toSorted((a, b) => rankOf(a.tree) - rankOf(b.tree))
    .flatMap(({ tree, at }): Rule[] => {
      const rule = bindRule(tree, at, trees, standing, scope, binding);
      return rule === undefined ? [] : [rule];
    });
  return { rules, scope: scope.scope };
}

/** More conditions first, `or` last; the sort is stable, so the rest stays as written. */
function rankOf(tree: RuleTree): number {
  const { step } = tree;
  const count = step?.is === 'node' || step?.is === 'element' ? step.conditions.length : 0;
  return isOnlyOr(tree) ? 1 : -count;
}

function isOnlyOr(tree: RuleTree): boolean {
  if (tree.said.has('or')) return true;
  const speaking = tree.children.filter((child) => isVerb(child) || child.children.length > 0);
  return speaking.length > 0 && !tree.said.has('as') && speaking.every(isOnlyOr);
}

function bindRule(
  tree: RuleTree,
  at: number,
  siblings: readonly RuleTree[],
  standing: Standing,
  scope: BindScope,
  binding: Binding,
): Rule | undefined {
  const step = tree.step!;
  if (step.is === 'node') return bindNode(tree, step, at, standing, scope, binding);
  const { slot, chunk } = standing;
  if (step.is !== 'element') return bindLeaf(tree, [treePlace(step)], undefined, scope, binding);
  if (slot === undefined || slot.tag === '') {
    const text = `${tree.address}: an element stands inside a segment: write SEGMENT: { ${step.text}: ... }`;
    binding.faults.error('map-syntax', tree.origin, text);
    return undefined;
  }
  if (step.by !== undefined || tree.said.has('as')) {
    return bindChunk(tree, step, standing, scope, binding);
  }
  const places = bindElements(step, slot, tree.origin, binding, chunk);
  if (places.length === 0) return undefined;
  const format = places.length === 1 ? formatPlace(places[0], slot, siblings) : undefined;
  return bindLeaf(tree, places, format, scope, binding);
}

function bindChunk(
  tree: RuleTree,
  step: ElementStep,
  { slot }: Standing,
  scope: BindScope,
  binding: Binding,
): ChunkRule | undefined {
  const first = step.component ?? step.element;
  const bound = bindScope(tree, scope, binding);
  if (bound === undefined || slot === undefined) return undefined;
  // Checks both ends of the run; composites are taken whole, by what stands inside.
  const isWhole = (slot.segment.elements[step.element - 1]?.components.length ?? 0) > 0;
  const run = { ...step, by: undefined };
  const isComposites = isWhole && step.component === undefined;
  if (!isComposites && bindElements(run, slot, tree.origin, binding, noChunk).length === 0) {
    return undefined;
  }
  const chunk = { element: step.element, component: step.component ?? 0 };
  const conditions = bindConditions(step.conditions, tree, slot, binding, chunk);
  const standing = { slot, levels: undefined, isLevelRead: false, chunk };
  const rule: ChunkRule = {
    ...spoken(tree),
    is: 'chunk',
    element: step.element,
    component: step.component ?? 0,
    last: step.last ?? first,
    by: step.by ?? (step.last ?? first) - first + 1,
    conditions,
    as: bound.as,
    body: bindRules(tree.children, standing, bound.inner, binding),
  };
  shareScope(rule, scope);
  return rule;
}

const spoken = (tree: RuleTree) => ({
  address: tree.address,
  origin: tree.origin,
  require: saidText(tree, 'require') === 'yes',
  forbid: saidText(tree, 'forbid') === 'yes',
});

function bindScope(tree: RuleTree, outer: BindScope, { faults }: Binding) {
  const as = saidText(tree, 'as');
  if (as === undefined) return { as: undefined, inner: outer };
  return bindScopeTarget(as, tree.said.get('as')!.origin, outer, faults);
}

function shareScope(rule: NodeRule | ChunkRule, outer: BindScope): void {
  if (rule.as === undefined) return;
  shareSteps(rule.as.steps, outer);
  const isReadOnly = rule.is === 'node' && rule.isReadOnly;
  if (rule.as.kind !== 'single' && !isReadOnly) shareRule(rule.as.steps, rule, outer);
}

function bindNode(
  tree: RuleTree,
  step: NodeStep,
  at: number,
  standing: Standing,
  scope: BindScope,
  binding: Binding,
): NodeRule | undefined {
  const placed = slotFor(tree, step, standing, binding);
  if (placed === undefined || isRows(step, tree, binding)) return undefined;
  const { slot, ordinal } = placed;
  const bound = bindScope(tree, scope, binding);
  if (bound === undefined) return undefined;
  const inside = insideOf(tree, standing, slot, bound.inner.field);
  const make = (): Body => bindRules(inside.trees, inside.standing, bound.inner, binding);
  const isLevel = inside.isLevel && bound.as !== undefined;
  const base = {
    ...spoken(tree),
    is: 'node' as const,
    name: step.name,
    slot,
    ordinal,
    conditions: bindConditions(step.conditions, tree, slot, binding),
    as: bound.as,
    ignore: tree.said.has('ignore'),
    by: step.by,
    order: orderOf(slot, standing.slot, at),
    isReadOnly: isLevel && standing.isLevelRead,
  };
  const rule =
    isLevel && standing.levels !== undefined
      ? lazyNode(base, () => levelBody(standing.levels!, tree, bound.inner.field, make))
      : eagerNode(base, make());
  shareScope(rule, scope);
  return rule;
}

/** Levels inside a level come after everything else of it. */
function orderOf(slot: Slot | undefined, parent: Slot | undefined, at: number): number {
  if (slot === undefined || parent === undefined) return at;
  return slot === parent ? parent.slots.length + at : slot.order;
}

/** The grammar has a place for CSV; there is no codec that hands over rows. */
function isRows({ by }: NodeStep, { address, origin }: RuleTree, { faults }: Binding): boolean {
  if (by === undefined) return false;
  faults.error('map-syntax', origin, `${address}: rows are of CSV, which no codec reads yet`);
  return true;
}

type NodeBase = Omit<NodeRule, 'body' | 'repeats'>;

function eagerNode(base: NodeBase, body: Body): NodeRule {
  const plural = base.as !== undefined && base.as.kind !== 'single';
  const repeats = plural || base.ignore || (base.as === undefined && body.rules.some(isPlural));
  return { ...base, body, repeats };
}

function levelBody(
  { bodies }: Levels,
  tree: RuleTree,
  { title, fields }: ObjectField,
  make: () => Body,
): Body {
  const byShape = bodies.get(tree) ?? new Map<string, Body>();
  bodies.set(tree, byShape);
  const shape = `${title}: ${fields.join(' ')}`;
  const body = byShape.get(shape) ?? make();
  byShape.set(shape, body);
  return body;
}

/** Levels hold levels, so the body of one is made when it is first asked for. */
function lazyNode(base: NodeBase, make: () => Body): NodeRule {
  let body: Body | undefined;
  return {
    ...base,
    repeats: base.as?.kind !== 'single',
    get body() {
      body ??= make();
      return body;
    },
  };
}

/** A plural target directly inside repeats the node: N3 with `1-2: address.lines*`. */
function isPlural(rule: Rule): boolean {
  if (rule.is === 'leaf') return isPluralLeaf(rule);
  return rule.is === 'chunk' && (rule.as === undefined || rule.as.kind !== 'single');
}

const isPluralLeaf = (rule: LeafRule): boolean =>
  rule.text !== undefined || rule.targets.some((target) => target.list);

function slotFor(
  tree: RuleTree,
  step: NodeStep,
  { slot, levels }: Standing,
  binding: Binding,
): { slot: Slot | undefined; ordinal: number | undefined } | undefined {
  if (slot === undefined) return { slot: undefined, ordinal: undefined };
  if (step.name === 'HL' && levels !== undefined) return { slot: levels.slot, ordinal: undefined };
  return bindSlot(slot, step, tree.origin, binding);
}

/** The rules inside a node; inside an HL also those of every level. */
function insideOf(
  tree: RuleTree,
  { levels }: Standing,
  slot: Slot | undefined,
  field: ObjectField,
) {
  const isLevel = levels !== undefined && slot === levels.slot;
  const held = isLevel ? levels.rules.filter((rule) => canHold(field, rule)) : [];
  const trees = [...tree.children, ...held];
  const standing = {
    slot,
    levels: isLevel ? levels : undefined,
    isLevelRead: false,
    chunk: noChunk,
  };
  return { isLevel, trees, standing };
}

/** X12 HL: rules beside each other apply at any depth, but for the one without `as`: the root. */
function levelsOf(tree: RuleTree, root: Slot | undefined): Standing['levels'] {
  const slot = root?.slots.find(({ tag }) => tag === 'HL');
  if (slot === undefined) return undefined;
  const rules = tree.children.filter(
    ({ step, said }) => step!.is === 'node' && step!.name === 'HL' && said.has('as'),
  );
  return { slot, rules, bodies: new Map() };
}
