/** Reads nodes, chunks and scopes: rules take occurrences, in claim order, and give back empty ones. */

import type { Finding } from '../../model/finding.ts';
import type { SegmentDefinition } from '../../standards/definition.ts';
import type { Body, BoundCondition, ChunkRule, LeafPlace, LeafRule, NodeRule } from '../model.ts';
import type { Access } from './access.ts';
import { constantText } from './constants.ts';
import type { Entry } from './fields.ts';
import { qualifiedPlaces } from './qualifiers.ts';
import { compileCopy, compileDerived, compileOr } from './read-late.ts';
import { compileReadLeaf, type LeafReader } from './read-leaf.ts';
import { compilePartnerRules, forbidNode, requireNode } from './read-partner.ts';
import { compileEnter, type Enter } from './read-scope.ts';
import { giveBack, markOf, type Reading } from './reading.ts';
import { localName } from './tree-access.ts';

/** Reads everything inside a node into a scope. */
export type BodyReader<N> = (reading: Reading<N>, node: N, scope: Entry) => void;

export interface BodyParts<N> {
  readonly read: BodyReader<N>;
  /** Constants, conditions and ignored values: claimed when their occurrence is. */
  readonly conditionals: readonly Conditional<N>[];
}

/** False when there is nothing to claim. */
type Conditional<N> = (reading: Reading<N>, node: N, isClaiming: boolean) => boolean;

export function compileReadBody<N>(body: Body, segment?: SegmentDefinition): BodyParts<N> {
  // Levels of HL share bodies: each is compiled once.
  const known = compiled.get(body);
  if (known !== undefined) return known as BodyParts<N>;
  const parts = compileParts<N>(body, segment);
  compiled.set(body, parts as BodyParts<never>);
  return parts;
}

/** A body belongs to one mapping, and so to one kind of node. */
const compiled = new WeakMap<Body, BodyParts<never>>();

function compileParts<N>(body: Body, segment: SegmentDefinition | undefined): BodyParts<N> {
  const leaves = body.rules.filter((rule) => rule.is === 'leaf');
  const chunks = body.rules.filter((rule) => rule.is === 'chunk');
  const readers = leaves.flatMap((leaf) => {
    const read = compileLeaf<N>(leaf);
    return read === undefined ? [] : [{ read, lowest: lowestElement(leaf) }];
  });
  const inChunks = chunks.map((chunk) => compileChunk<N>(chunk, chunks.length > 1));
  const nodes = body.rules.filter((rule) => rule.is === 'node');
  const readNodes = compileNodes<N>(nodes);
  const partner = compilePartnerRules<N>(body.rules);
  return {
    read(reading, node, scope) {
      const extent = reading.access.extent(node, allElements) - reading.base;
      for (let at = 0; at < readers.length; at++) {
        const { read, lowest } = readers[at]!;
        if (lowest <= extent) read(reading, node, scope);
      }
      for (let at = 0; at < inChunks.length; at++) inChunks[at]!(reading, node, scope);
      partner?.(reading, node);
      readNodes?.(reading, node, scope);
    },
    conditionals: leaves.flatMap(
      (leaf) => compileConditional<N>(leaf, qualifiedPlaces(leaf, body.rules, segment)) ?? [],
    ),
  };
}

const allElements = { element: 0, component: 0 };

/** Where a segment has no such element, there is nothing to read; chunks of components stay put. */
const lowestElement = ({ places }: LeafRule): number =>
  Math.min(...places.map(({ element, component }) => (component === 0 ? element : 0)));

function compileLeaf<N>(leaf: LeafRule): LeafReader<N> | undefined {
  // A formula for writing alone makes a rule of one way.
  if (leaf.write !== undefined && leaf.read === undefined) return undefined;
  if (leaf.verb === 'to') return compileReadLeaf(leaf);
  if (leaf.verb === 'or') return compileOr(leaf);
  if (leaf.verb === 'copy') return compileCopy(leaf);
  return leaf.verb === 'count' || leaf.verb === 'sum' ? compileDerived(leaf) : undefined;
}

function compileConditional<N>(
  leaf: LeafRule,
  qualified: readonly LeafPlace[] | undefined,
): Conditional<N> | undefined {
  const { verb, places, constant } = leaf;
  const isDropped = verb === 'ignore' || verb === 'write' || (leaf.write && !leaf.read);
  if (verb !== 'constant' && !isDropped) return undefined;
  return (reading, node, isClaiming) => {
    const { access, base } = reading;
    if (qualified !== undefined && isEmpty(qualified, access, node, base)) return false;
    let isFound = false;
    const wanted = verb === 'constant' ? constantText(constant, reading.sources, reading.root) : '';
    for (let at = 0; at < places.length; at++) {
      const place = places[at]!;
      const repeats = place.repeats > 1 ? access.repeats(node, place, base) : 1;
      for (let repeat = 1; repeat <= repeats; repeat++) {
        const raw = access.value(node, place, base, repeat);
        if (raw === '' || (verb === 'constant' && raw !== wanted)) continue;
        isFound = true;
        if (isClaiming) access.claim(node, place, base, repeat);
      }
    }
    return isFound;
  };
}

/** A node rule while its siblings are read. `taken` tells which children somebody has. */
type NodeReader<N> = (
  reading: Reading<N>,
  parent: N,
  scope: Entry,
  kids: Kids<N>,
  /** The first child that may be the rule's. */
  first: number,
) => void;

interface Kids<N> {
  readonly nodes: readonly N[];
  readonly taken: boolean[];
  /** Findings of rules that gave an occurrence back, in case nobody else takes it. */
  held: Map<number, readonly Finding[]> | undefined;
}

const none: readonly number[] = [];

/** Rules in claim order; those whose place no child has are not asked. */
function compileNodes<N>(rules: readonly NodeRule[]): BodyReader<N> | undefined {
  if (rules.length === 0) return undefined;
  const readers = rules.map((rule) => compileNode<N>(rule));
  const never: readonly number[] = rules.map(() => -1);
  const byName = Map.groupBy(rules.keys(), (at) => localName(rules[at]!.name));
  const required = [...rules.keys()].filter((at) => rules[at]!.require);
  return (reading, parent, scope) => {
    const nodes = reading.access.children(parent);
    if (nodes.length === 0 && required.length === 0) return;
    const first = never.slice();
    for (const at of required) first[at] = nodes.length;
    let last = '';
    for (let at = 0; at < nodes.length; at++) {
      const name = reading.access.nameOf(nodes[at]!);
      if (name === last) continue;
      last = name;
      const named = byName.get(name) ?? none;
      for (let each = 0; each < named.length; each++) {
        const rule = named[each]!;
        if (first[rule] === -1 || first[rule] === nodes.length) first[rule] = at;
      }
    }
    const kids: Kids<N> = { nodes, taken: [], held: undefined };
    const { base } = reading;
    reading.base = 0;
    for (let at = 0; at < readers.length; at++) {
      if (first[at]! >= 0) readers[at]!(reading, parent, scope, kids, first[at]!);
    }
    reading.base = base;
    if (kids.held !== undefined) tellHeld(reading, kids, kids.held);
  };
}

function tellHeld<N>(
  reading: Reading<N>,
  { taken }: Kids<N>,
  held: ReadonlyMap<number, readonly Finding[]>,
): void {
  for (const [at, findings] of held) if (taken[at] !== true) reading.findings.push(...findings);
}

function compileNode<N>(rule: NodeRule): NodeReader<N> {
  let enter: Enter<N> | undefined;
  let parts: BodyParts<N> | undefined;
  const { conditions, repeats } = rule;
  // Levels hold levels: what is inside is compiled when it is first met.
  const inside = (): BodyParts<N> => {
    parts ??= compileReadBody<N>(rule.body, rule.slot?.segment);
    return parts;
  };
  const matches = conditions.map((condition) => compileCondition<N>(condition));
  return (reading, parent, scope, kids, first) => {
    const { access } = reading;
    let count = 0;
    for (let at = first; at < kids.nodes.length; at++) {
      const node = kids.nodes[at]!;
      if (kids.taken[at] === true || !access.isAt(rule, node, parent)) continue;
      if (!allMatch(matches, reading, node)) continue;
      count++;
      if (rule.ignore) {
        access.claimAll(node);
        kids.taken[at] = true;
        continue;
      }
      enter ??= compileEnter(rule, inside().read);
      if (!take(rule, enter, inside().conditionals, reading, node, scope, kids, at)) continue;
      if (!repeats) break;
    }
    if (rule.require && count === 0) requireNode(rule, reading, parent);
    if (rule.forbid && count > 0) {
      forbidNode(
        rule,
        reading,
        kids.nodes.find((each) => access.isAt(rule, each, parent)),
      );
    }
  };
}

function take<N>(
  rule: NodeRule,
  enter: Enter<N>,
  conditionals: readonly Conditional<N>[],
  reading: Reading<N>,
  node: N,
  scope: Entry,
  kids: Kids<N>,
  at: number,
): boolean {
  const mark = markOf(reading);
  enter(reading, node, scope);
  if (reading.yields > mark.yields) claimAround(rule, conditionals, reading, node);
  else if (reading.deferred.length > mark.deferred) {
    for (const late of reading.deferred.slice(mark.deferred)) {
      const { pending } = late;
      late.pending = () => {
        pending?.();
        claimAround(rule, conditionals, reading, node);
      };
    }
  } else if (isOnlyConstant(rule) && allFound(conditionals, reading, node)) {
    claimAround(rule, conditionals, reading, node);
  } else {
    const findings = giveBack(reading, mark);
    if (findings.length > 0) {
      kids.held ??= new Map();
      if (!kids.held.has(at)) kids.held.set(at, findings);
    }
    return false;
  }
  kids.taken[at] = true;
  return true;
}

/** What is claimed with an occurrence: its conditions, its constants, what it ignores. */
function claimAround<N>(
  { conditions }: NodeRule,
  conditionals: readonly Conditional<N>[],
  reading: Reading<N>,
  node: N,
): void {
  if (conditions.length > 0) claimConditions(conditions, reading, node);
  for (let at = 0; at < conditionals.length; at++) conditionals[at]!(reading, node, true);
}

/** `UNS: { 1: =S }`: nothing but constants, so the constants are all there is to find. */
const isOnlyConstant = (rule: NodeRule): boolean =>
  rule.as === undefined &&
  rule.body.rules.every(
    (each) =>
      (each.is === 'leaf' && ['constant', 'ignore', 'write'].includes(each.verb)) ||
      (each.is === 'node' && (each.ignore || isOnlyConstant(each))),
  );

const allFound = <N>(
  conditionals: readonly Conditional<N>[],
  reading: Reading<N>,
  node: N,
): boolean => conditionals.length > 0 && conditionals.some((each) => each(reading, node, false));

type Match<N> = (reading: Reading<N>, node: N) => boolean;

function compileCondition<N>({ path, place, values }: BoundCondition): Match<N> {
  const wanted = new Set(values);
  const [only] = values;
  const isWanted =
    values.length === 1 ? (raw: string) => raw === only : (raw: string) => wanted.has(raw);
  if (path.length === 0) {
    return ({ access, base }, node) => isWanted(access.value(node, place, base, 1));
  }
  return ({ access }, node) => {
    const inner = descend(access, node, path);
    return inner !== undefined && isWanted(access.value(inner, place, 0, 1));
  };
}

function descend<N>(access: Reading<N>['access'], node: N, path: readonly string[]): N | undefined {
  let at: N | undefined = node;
  for (const name of path) {
    if (at === undefined) return undefined;
    at = access.child(at, name);
  }
  return at;
}

function claimConditions<N>(
  conditions: readonly BoundCondition[],
  { access, base }: Reading<N>,
  node: N,
): void {
  for (let each = 0; each < conditions.length; each++) {
    const { path, place, isRead } = conditions[each]!;
    if (isRead) continue;
    const at = descend(access, node, path);
    if (at !== undefined) access.claim(at, place, path.length === 0 ? base : 0, 1);
  }
}

/** Every chunk of the run that holds anything, and that no pinned rule has taken. */
function compileChunk<N>(rule: ChunkRule, isShared: boolean): LeafReader<N> {
  const { read, conditionals } = compileReadBody<N>(rule.body);
  const enter = compileEnter<N>(rule, read);
  const matches = rule.conditions.map((condition) => compileCondition<N>(condition));
  const first = rule.component === 0 ? rule.element : rule.component;
  const places = chunkPlaces(rule);
  const single = rule.as === undefined || rule.as.kind === 'single';
  return (reading, node, scope) => {
    const { access } = reading;
    const since = isShared ? claimsOf(reading) : 0;
    const extent = access.extent(node, rule);
    for (let at = first; at <= extent && at + rule.by - 1 <= rule.last; at += rule.by) {
      const base = at - 1;
      if (isEmpty(places, access, node, base)) continue;
      if (isShared && places.some((place) => access.isClaimed(node, place, base, since))) continue;
      reading.base = base;
      const isTaken =
        allMatch(matches, reading, node) &&
        takeChunk(rule, enter, conditionals, reading, node, scope);
      reading.base = 0;
      if (isTaken && single) break;
    }
  };
}

// Loops, because these are asked for every child and every chunk.

function isEmpty<N>(
  places: readonly LeafPlace[],
  access: Access<N>,
  node: N,
  base: number,
): boolean {
  for (let at = 0; at < places.length; at++) {
    if (access.value(node, places[at]!, base, 1) !== '') return false;
  }
  return true;
}

function allMatch<N>(matches: readonly Match<N>[], reading: Reading<N>, node: N): boolean {
  for (let at = 0; at < matches.length; at++) if (!matches[at]!(reading, node)) return false;
  return true;
}

/** Claims of the same node are among the last ones. */
const claimsOf = <N>({ access }: Reading<N>): number => Math.max(0, access.claims() - 200);

/** The positions of a chunk, counted from its first; of composites what is read of them. */
function chunkPlaces(rule: ChunkRule): readonly LeafPlace[] {
  const inner = rule.body.rules.flatMap((each) => (each.is === 'leaf' ? each.places : []));
  if (inner.some(({ inChunk }) => inChunk === true)) return inner;
  return Array.from({ length: rule.by }, (_, at) => ({
    element: rule.component === 0 ? at + 1 : rule.element,
    component: rule.component === 0 ? 0 : at + 1,
    attribute: '',
    definition: undefined,
    repeats: 1,
  }));
}

function takeChunk<N>(
  rule: ChunkRule,
  enter: Enter<N>,
  conditionals: readonly Conditional<N>[],
  reading: Reading<N>,
  node: N,
  scope: Entry,
): boolean {
  const mark = markOf(reading);
  const { base } = reading;
  enter(reading, node, scope);
  reading.base = base;
  if (reading.yields === mark.yields) {
    reading.findings.push(...giveBack(reading, mark));
    return false;
  }
  claimConditions(rule.conditions, reading, node);
  for (const each of conditionals) each(reading, node, true);
  return true;
}
