/** What of the two ends a mapping reaches: fields of the document, mandatory places of the message. */
import type { Field, ObjectField } from '../../documents/field.ts';
import type { Slot } from '../../standards/definition.ts';
import type { Body, BoundMapping, BoundStep, LeafRule, NodeRule, Rule } from '../model.ts';

export interface Coverage {
  /** Fields of the schema that no rule can write: what is always lost. */
  readonly lost: readonly string[];
  /** Mandatory segments and elements that no rule writes. */
  readonly unwritten: readonly string[];
  /** Places that are only read or only written, by intent. */
  readonly oneWay: readonly string[];
  readonly fields: number;
  readonly covered: number;
}

const depthMax = 7;

export function coverageOf(bound: BoundMapping): Coverage {
  const reached = new Set<string>();
  collect(bound.body, '', reached, 0);
  const lost: string[] = [];
  const counts = { fields: 0, covered: 0 };
  listLost(bound.document, '', reached, lost, counts, new Set());
  const unwritten: string[] = [];
  if (bound.root !== undefined) listUnwritten(bound.root, bound.body, '', unwritten, 0);
  return { lost, unwritten, oneWay: [...new Set(oneWay(bound.body, 0))], ...counts };
}

const join = (path: string, steps: readonly BoundStep[]): string =>
  steps.reduce((at, { name }) => (at === '' ? name : `${at}.${name}`), path);

/** Paths of every field that some rule writes; a path stands for all entries of its lists. */
function collect(body: Body, path: string, reached: Set<string>, depth: number): void {
  if (depth > depthMax) return;
  for (const rule of body.rules) {
    if (rule.is === 'leaf') {
      for (const target of writtenTargets(rule)) reach(join(path, target.steps), reached);
    } else if (rule.as === undefined) collect(rule.body, path, reached, depth + 1);
    else {
      const inner = join(path, rule.as.steps);
      if (rule.as.isText) reach(inner, reached);
      collect(rule.body, inner, reached, depth + 1);
    }
  }
}

function writtenTargets(leaf: LeafRule): readonly LeafRule['targets'][number][] {
  if (leaf.verb !== 'to') return [];
  return leaf.sign === undefined ? leaf.targets : [...leaf.targets, leaf.sign.target];
}

/** A field reached is its holders reached in part. */
function reach(path: string, reached: Set<string>): void {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    reached.add(at);
  }
}

interface Counts {
  fields: number;
  covered: number;
}

/** A holder that nothing reaches is told once, not field by field. */
function listLost(
  holder: ObjectField,
  path: string,
  reached: ReadonlySet<string>,
  lost: string[],
  counts: Counts,
  above: ReadonlySet<string>,
): void {
  for (const name of holder.fields) {
    if (path === '' && name === 'document') continue;
    const field = holder.field(name)!;
    const at = path === '' ? name : `${path}.${name}`;
    counts.fields++;
    if (!reached.has(at)) lost.push(at);
    else {
      counts.covered++;
      const inner = itemOf(field);
      // Packages hold packages: each kind of entry is looked at once on a way.
      if (inner !== undefined && !above.has(inner.title)) {
        listLost(inner, at, reached, lost, counts, new Set([...above, inner.title]));
      }
    }
  }
}

/** Keyed objects are reached by some keys only; what a key holds is not followed. */
function itemOf(field: Field): ObjectField | undefined {
  if (field.is === 'object') return field;
  return field.is === 'list' && field.item.is === 'object' ? field.item : undefined;
}

function listUnwritten(
  slot: Slot,
  body: Body,
  path: string,
  unwritten: string[],
  depth: number,
): void {
  const nodes = nodesOf(body);
  for (const inner of slot.slots) {
    const rules = nodes.filter((rule) => rule.slot === inner);
    const at = path === '' ? inner.tag : `${path}/${inner.tag}`;
    if (rules.length === 0 && inner.mandatory) unwritten.push(at);
    if (!rules.some(writes) || depth > depthMax || inner.tag === 'HL') continue;
    listElements(inner, rules, at, unwritten);
    for (const rule of rules) listUnwritten(inner, rule.body, at, unwritten, depth + 1);
  }
}

const nodesOf = ({ rules }: Body): readonly NodeRule[] =>
  rules.filter((rule) => rule.is === 'node');

/** A place that is only read as an alternative (`or`) is never written. */
const writes = ({ body, as }: NodeRule): boolean =>
  as !== undefined ||
  body.rules.some((rule) =>
    rule.is === 'leaf'
      ? rule.verb !== 'or' && rule.verb !== 'ignore'
      : rule.is === 'chunk' || writes(rule),
  );

function listElements(
  { segment }: Slot,
  rules: readonly NodeRule[],
  path: string,
  unwritten: string[],
): void {
  for (const rule of rules) {
    const written = new Set(writtenElements(rule));
    segment.elements.forEach(({ mandatory }, at) => {
      const text = `${path}/${at + 1}`;
      if (mandatory && !written.has(at + 1) && !unwritten.includes(text)) unwritten.push(text);
    });
  }
}

/** Elements of its own segment that a rule or one of its chunks or conditions writes. */
function writtenElements(rule: NodeRule): readonly number[] {
  const inRules = (rules: readonly Rule[]): number[] =>
    rules.flatMap((each) => {
      if (each.is === 'leaf') return each.places.map(({ element }) => element);
      if (each.is === 'node') return [];
      const count = each.component === 0 ? each.last - each.element + 1 : 1;
      return Array.from({ length: count }, (_, at) => each.element + at);
    });
  return [...inRules(rule.body.rules), ...rule.conditions.map(({ place }) => place.element)];
}

function oneWay(body: Body, depth: number): readonly string[] {
  if (depth > depthMax) return [];
  return body.rules.flatMap((rule) => {
    if (rule.is !== 'leaf') return oneWay(rule.body, depth + 1);
    const isOneWay = (rule.read === undefined) !== (rule.write === undefined);
    return isOneWay || rule.verb === 'write' ? [rule.address] : [];
  });
}
