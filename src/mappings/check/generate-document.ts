/** Documents of a mapping's domain, made from its own rules: what a rule can write, it may get. */

import type { Random } from '../../model/random.ts';
import type { Slot } from '../../standards/definition.ts';
import { type Entry, fieldAccess, holderAccess, listAccess } from '../compile/fields.ts';
import type {
  Body,
  BoundCondition,
  BoundMapping,
  BoundScope,
  ChunkRule,
  LeafRule,
  NodeRule,
} from '../model.ts';
import { generateValue } from './generate-value.ts';

/** Levels of X12 HL hold each other without end. */
const depthMax = 4;
const entriesInAll = 60;

export function generateDocument(bound: BoundMapping, random: Random): Entry {
  const document: Entry = { document: bound.kinds[0] };
  const isSparse = random.chance(0.3);
  const budget = { left: entriesInAll };
  fill({ body: bound.body, entry: document, depth: 0, slot: undefined, isSparse, budget }, random);
  fillRequired(bound, document, random);
  return document;
}

interface Filling {
  readonly body: Body;
  readonly entry: Entry;
  readonly depth: number;
  /** The segment that the body stands in; undefined in trees and for the message itself. */
  readonly slot: Slot | undefined;
  /** Some documents have little of everything, so that small faults are found soon. */
  readonly isSparse: boolean;
  /** Entries that may still be made: a document stays small enough to be read by people. */
  readonly budget: { left: number };
}

/** The number is asked of every document, even where the mapping has no place for it. */
function fillRequired({ document: field }: BoundMapping, document: Entry, random: Random): void {
  for (const name of field.required) {
    document[name] ??= `N${random.between(1000, 9999)}`;
  }
}

function fill(filling: Filling, random: Random): void {
  const { rules } = filling.body;
  // A segment cannot stand without a value of its own, however much is inside its loop.
  const first = filling.slot && rules.find((rule) => rule.is === 'leaf' && isFillable(rule));
  const room = new Map<Slot, number>();
  for (const rule of rules) {
    if (rule.is === 'leaf') fillLeaf(rule, rule === first, filling, random);
    else fillNode(rule, filling, room, random);
  }
}

/** A formula for one way alone is listed as such; a pair says that one undoes the other. */
const isFillable = ({ verb, read, write, targets }: LeafRule): boolean =>
  verb === 'to' && (read === undefined) === (write === undefined) && targets.length > 0;

function fillLeaf(
  leaf: LeafRule,
  isFirst: boolean,
  { entry, isSparse }: Filling,
  random: Random,
): void {
  if (!isFillable(leaf)) return;
  if (!isFirst && !isMandatory(leaf) && !random.chance(isSparse ? 0.15 : 0.6)) return;
  if (leaf.targets[0]?.list === true) {
    fillList(leaf, entry, random);
    return;
  }
  const count = leaf.targets.length > 1 && random.chance(0.5) ? 1 : leaf.targets.length;
  for (let at = 0; at < count; at++) {
    const value = generateValue(leaf, at, random);
    if (value === undefined) return;
    fieldAccess(leaf.targets[at]!).set(entry, signed(leaf, value, entry, random));
  }
}

const isMandatory = (leaf: LeafRule): boolean =>
  leaf.places[0]?.definition?.mandatory === true && leaf.default === undefined;

/** Under `sign` and `negate` amounts are positive: the code says which way they go. */
function signed(leaf: LeafRule, value: string, entry: Entry, random: Random): string {
  if (leaf.sign === undefined && leaf.negate === undefined) return value;
  if (leaf.sign !== undefined) {
    fieldAccess(leaf.sign.target).set(entry, random.pick([leaf.sign.minus, leaf.sign.plus]));
  }
  return value.replace('-', '');
}

function fillList(leaf: LeafRule, entry: Entry, random: Random): void {
  const { steps } = leaf.targets[0]!;
  const list = listAccess(steps);
  const most = Math.min(leaf.places.length + 1, 3);
  for (let count = random.between(1, most); count > 0; count--) {
    const value = generateValue(leaf, 0, random);
    if (value !== undefined) list.push(entry, value);
  }
}

/** `room` tells how many more of a segment its loop may hold. */
function fillNode(
  rule: NodeRule | ChunkRule,
  filling: Filling,
  room: Map<Slot, number>,
  random: Random,
): void {
  if (rule.is === 'node' && (rule.ignore || rule.isReadOnly)) return;
  const { entry, isSparse, budget } = filling;
  const depth = filling.depth + (rule.is === 'node' && rule.as !== undefined ? 1 : 0);
  const slot = rule.is === 'node' ? rule.slot : undefined;
  const left = slot === undefined ? entriesMax(rule) : (room.get(slot) ?? slot.max);
  const isWanted = budget.left > 0 && random.chance(isSparse ? 0.2 : 0.6);
  if (left === 0 || (!isWanted && !isNeeded(rule, filling))) return;
  if (rule.as !== undefined) budget.left--;
  const inside = (into: Entry): void => {
    fillConditions(rule, into, random);
    fill({ body: rule.body, entry: into, depth, slot, isSparse, budget }, random);
  };
  const many = rule.as === undefined || rule.as.kind === 'single' ? 1 : entriesMax(rule);
  const count = random.between(1, Math.min(left, many));
  if (slot !== undefined) room.set(slot, left - count);
  if (rule.as === undefined) inside(entry);
  else if (depth <= depthMax) fillScope(rule.as, entry, count, inside);
}

/** What a message cannot be without: the segment, or the elements at the head of a run. */
function isNeeded(rule: NodeRule | ChunkRule, { slot }: Filling): boolean {
  if (rule.require) return true;
  if (rule.is === 'node') return rule.slot?.mandatory === true;
  return rule.component === 0 && slot?.segment.elements[rule.element - 1]?.mandatory === true;
}

function fillScope(
  as: BoundScope,
  entry: Entry,
  count: number,
  inside: (into: Entry) => void,
): void {
  if (as.kind === 'single') {
    const made: Entry = {};
    inside(made);
    if (Object.keys(made).length > 0) Object.assign(holderAccess(as.steps).make(entry), made);
    return;
  }
  for (let left = count; left > 0; left--) {
    const made: Entry = {};
    inside(made);
    if (Object.keys(made).length === 0) continue;
    if (as.kind === 'list') listAccess(as.steps).push(entry, made);
    else keep(as, entry, made);
  }
}

function entriesMax(rule: NodeRule | ChunkRule): number {
  if (rule.is === 'node') return 3;
  const first = rule.component === 0 ? rule.element : rule.component;
  return Math.max(1, Math.min(3, Math.floor((rule.last - first + 1) / rule.by)));
}

function keep(as: BoundScope, entry: Entry, made: Entry): void {
  const key = made[as.by!];
  if (typeof key !== 'string') return;
  const held = holderAccess(as.steps).make(entry);
  if (!as.keepsKey) delete made[as.by!];
  const value = as.isText ? made['value'] : made;
  const isEmpty =
    value === undefined || (typeof value === 'object' && Object.keys(made).length === 0);
  if (!isEmpty && !Object.hasOwn(held, key)) held[key] = value;
  if (Object.keys(held).length === 0) delete entry[as.steps[0]!.name];
}

/** `(3=T|P)` with `3: kind`: the field is one of those codes. */
function fillConditions(rule: NodeRule | ChunkRule, into: Entry, random: Random): void {
  for (const condition of rule.conditions) {
    const reader = condition.isRead ? readerOf(rule.body, condition) : undefined;
    const target = reader?.targets[0];
    if (target === undefined) continue;
    const raw = random.pick(condition.values);
    const value = reader?.codes === undefined ? raw : reader.codes.read(raw);
    if (value !== undefined) fieldAccess(target).set(into, value);
  }
}

const readerOf = ({ rules }: Body, { place }: BoundCondition): LeafRule | undefined =>
  rules.find(
    (rule): rule is LeafRule =>
      rule.is === 'leaf' &&
      rule.places[0]?.element === place.element &&
      rule.places[0].component === place.component &&
      rule.places[0].attribute === place.attribute,
  );
