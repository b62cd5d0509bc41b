/** Writes scopes to nodes: rules in claim order, siblings in the standard's order. */
import type { Body, BoundCondition, ChunkRule, LeafPlace, LeafRule, NodeRule } from '../model.ts';
import { compileActive, type Needy, needsOf } from './active.ts';
import { entriesOf } from './entries.ts';
import { type Entry, listAccess } from './fields.ts';
import { qualifiedPlaces } from './qualifiers.ts';
import { compileShadows } from './shadow.ts';
import { compileWriteChunk } from './write-chunk.ts';
import { compileWriteLeaf, roundsOf } from './write-leaf.ts';
import { checkNode, compilePartnerRules } from './write-partner.ts';
import {
  type Built,
  documentPath,
  newBuilt,
  put,
  repeatCell,
  tell,
  valueAt,
  type Writing,
} from './writing.ts';

export type BodyWriter = (writing: Writing, scope: Entry, built: Built) => void;

/** `owner` is the node whose inside it is, where it is one. */
export function compileWriteBody(body: Body, owner?: NodeRule): BodyWriter {
  // Levels of HL share bodies: each is compiled once.
  const known = compiled.get(body);
  if (known !== undefined) return known;
  const write = compileParts(body, owner);
  compiled.set(body, write);
  return write;
}

const compiled = new WeakMap<Body, BodyWriter>();

function compileParts(body: Body, owner: NodeRule | undefined): BodyWriter {
  const inside = compileInside(body, owner);
  const allNodes = body.rules.filter((rule) => rule.is === 'node');
  const shadows = compileShadows(allNodes);
  const nodes = allNodes
    .filter((rule) => !rule.ignore && !rule.isReadOnly)
    .toSorted((a, b) => a.order - b.order)
    .map((rule) => ({
      needs: needsOf(rule),
      run: compileNode(rule, body, shadows.isShadowable(rule)),
    }));
  if (nodes.length === 0) return inside;
  const write = compileActive(nodes);
  return (writing, scope, built) => {
    inside(writing, scope, built);
    if (writing.round > 0) return;
    const { base } = writing;
    writing.base = 0;
    write(writing, scope, built);
    writing.base = base;
    shadows.check(writing, built);
  };
}

/** The values of a node itself; constants that qualify others come last. */
function compileInside(body: Body, owner: NodeRule | undefined): BodyWriter {
  const qualifiers: Needy[] = [];
  const leaves = body.rules.flatMap((rule): Needy[] => {
    const isWritten = rule.is === 'leaf' && isFirstOfList(rule, body);
    const run = isWritten ? compileWriteLeaf(rule) : undefined;
    if (run === undefined || rule.is !== 'leaf') return [];
    const qualified = qualifiedPlaces(rule, body.rules, owner?.slot?.segment);
    if (qualified === undefined) return [{ needs: needsOf(rule), run }];
    qualifiers.push({ needs: undefined, run: beside(qualified, rule.places[0]!, run) });
    return [];
  });
  const isRepeated = owner !== undefined && owner.as === undefined;
  const chunks = body.rules.filter((rule) => rule.is === 'chunk');
  const inChunks = chunks.map((rule, at) => {
    const write = compileWriteBody(rule.body);
    const run = compileWriteChunk(rule, chunks.slice(0, at), body, write, isRepeated);
    return { needs: needsOf(rule), run };
  });
  const partner = compilePartnerRules(body.rules);
  const write = compileActive([...leaves, ...qualifiers, ...inChunks]);
  if (partner === undefined) return write;
  return (writing, scope, built) => {
    write(writing, scope, built);
    partner(writing, built);
  };
}

const beside =
  (qualified: readonly LeafPlace[], place: LeafPlace, run: BodyWriter): BodyWriter =>
  (writing, scope, built) => {
    if (qualified.every((each) => valueAt(built, each, writing.base) === '')) return;
    run(writing, scope, built);
    if (place.repeats > 1) repeatCell(built.elements, place);
  };

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
    checkNode(rule, writing, count);
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
    checkNode(rule, writing, count);
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
  const tellOverflow = rule.as === undefined ? undefined : compileOverflow(rule);
  return (writing, scope, parent) => {
    // Levels hold levels: what is inside is compiled when it is first written.
    write ??= compileWriteBody(rule.body, rule);
    const built = newBuilt(rule);
    const before = writing.values;
    const { round } = writing;
    if (rule.as !== undefined) writing.round = 0;
    for (const condition of rule.conditions) putCondition(built, condition, 0);
    write(writing, scope, built);
    writing.round = round;
    tellOverflow?.(writing, scope);
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
    const value = valueAt(built, place, 0);
    if (values.includes(value)) continue;
    const text =
      value === ''
        ? `${rule.address} needs a value that says which of ${values.join(', ')} it is.`
        : `${rule.address} is written only for ${values.join(', ')}, not for "${value}".`;
    tell(writing, value === '' ? 'mandatory-empty' : 'does-not-fit', '', text, value);
    if (value === '') put(built, place, 0, 1, values[0]!);
  }
}

/** In a scope of its own the node is one entry and cannot be repeated for a list. */
function compileOverflow(rule: NodeRule) {
  const lists = rule.body.rules.flatMap((leaf) => {
    const rounds = leaf.is === 'leaf' ? roundsOf(leaf) : undefined;
    return leaf.is === 'leaf' && rounds !== undefined ? [{ leaf, rounds }] : [];
  });
  if (lists.length === 0) return undefined;
  return (writing: Writing, scope: Entry): void => {
    for (const { leaf, rounds } of lists) {
      if (rounds(scope) <= 1) continue;
      const { text } = leaf.targets[0]!;
      const said = `${documentPath(writing, text)} has more values than ${leaf.address} has places.`;
      tell(writing, 'no-room', text, said);
    }
  };
}
