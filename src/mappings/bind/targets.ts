/** The document side: finds the targets of a mapping in the schema. */
import type { Field, ObjectField } from '../../documents/field.ts';
import type { FaultList, Origin } from '../fault.ts';
import { nearestWord } from '../fault.ts';
import type { BoundScope, BoundStep, BoundTarget, Rule, SharedPlace } from '../model.ts';
import { PlaceError } from '../place.ts';
import {
  parseScope,
  parseTargets,
  type ScopeTarget,
  selectionText,
  type TargetPath,
} from '../target.ts';
import { type Binding, type BindScope, type Claimed, newScope, textField } from './binding.ts';

/** The fields that a leaf's value goes to; undefined with faults when one is wrong. */
export function bindTargets(
  text: string,
  origin: Origin,
  { field }: BindScope,
  faults: FaultList,
): readonly BoundTarget[] | undefined {
  const paths = parsed(() => parseTargets(text), origin, faults);
  if (paths === undefined) return undefined;
  const bound = paths.flatMap((path) => bindTarget(path, field, origin, faults) ?? []);
  if (bound.length < paths.length) return undefined;
  const [first, second] = bound;
  if (second === undefined) return bound;
  const pair = ['time', 'date'].includes(second.field.format);
  if (first!.field.format === 'date' && pair && !first!.list) return bound;
  faults.error(
    'map-target-type',
    origin,
    `${text}: one place holds two fields only as date + time`,
  );
  return undefined;
}

export function bindTarget(
  path: TargetPath,
  root: ObjectField,
  origin: Origin,
  faults: FaultList,
): BoundTarget | undefined {
  const found = follow(path, root, origin, faults);
  if (found === undefined) return undefined;
  const last = path.steps.at(-1)!;
  if (last.list && found.field.is === 'list' && found.field.item.is === 'scalar') {
    return { text: path.text, steps: found.steps, field: found.field.item, list: true };
  }
  if (!last.list && found.field.is === 'scalar') {
    return { text: path.text, steps: found.steps, field: found.field, list: false };
  }
  faults.error(
    'map-target-type',
    origin,
    `${path.text} ${wrongEnd(last.name, last.list, found.field)}`,
  );
  return undefined;
}

function wrongEnd(name: string, list: boolean, field: Field): string {
  if (field.is === 'scalar') return `is one value: write ${name} without *`;
  if (field.is === 'list' && field.item.is === 'scalar' && !list)
    return `is a list: write ${name}*`;
  if (field.is === 'list') return `is a list of entries: use as: ${name}* and its fields inside`;
  if (field.is === 'keyed') return `is keyed: use as: ${name} by its key, or name one key`;
  return `is no value: its fields are ${field.fields.join(' ')}`;
}

interface Followed {
  readonly steps: readonly BoundStep[];
  readonly field: Field;
}

/** Steps from an object to a field; the last may be a list, the ones before may select an entry. */
export function follow(
  path: TargetPath,
  root: ObjectField,
  origin: Origin,
  faults: FaultList,
): Followed | undefined {
  const steps: BoundStep[] = [];
  let field: Field = root;
  for (const [at, step] of path.steps.entries()) {
    const isLast = at === path.steps.length - 1;
    const inside: Field | undefined = fieldIn(field, step.name);
    if (inside === undefined) {
      faults.error('map-target-unknown', origin, unknownText(path.text, step.name, field));
      return undefined;
    }
    if (inside.is === 'list' && !isLast && step.select.length === 0) {
      const text = `${path.text}: ${step.name} is a list; write ${step.name}(field=value) for one entry`;
      faults.error('map-target-type', origin, text);
      return undefined;
    }
    steps.push({ name: step.name, is: inside.is, select: step.select });
    field = inside.is === 'list' && step.select.length > 0 ? inside.item : inside;
  }
  return { steps, field };
}

function fieldIn(field: Field, name: string): Field | undefined {
  if (field.is === 'object') return field.field(name);
  return field.is === 'keyed' && name !== '__proto__' ? field.item : undefined;
}

function unknownText(path: string, name: string, field: Field): string {
  const names = field.is === 'object' ? field.fields : [];
  const near = nearestWord(name, names);
  const inside = field.title === '' ? 'it' : field.title.toLowerCase();
  const hint =
    near === undefined
      ? `${inside} holds ${names.join(' ') || 'no fields'}`
      : `did you mean ${near}?`;
  return `no field ${path}; ${hint}`;
}

/** A scope and the binding of what stands inside it. */
export function bindScopeTarget(
  text: string,
  origin: Origin,
  outer: BindScope,
  faults: FaultList,
): { as: BoundScope; inner: BindScope } | undefined {
  const target = parsed(() => parseScope(text), origin, faults);
  if (target === undefined) return undefined;
  const found = follow(target.path, outer.field, origin, faults);
  if (found === undefined) return undefined;
  const as = scopeOf(target, found, origin, faults);
  if (as === undefined) return undefined;
  if (as.kind !== 'single') return { as, inner: newScope(as.entry) };
  const prefix = `${outer.prefix}${as.text}.`;
  const scope = { field: as.entry, shared: new Map<string, SharedPlace>() };
  return { as, inner: { scope, field: as.entry, prefix, claimed: outer.claimed } };
}

function scopeOf(
  { text, list, by }: ScopeTarget,
  { steps, field }: Followed,
  origin: Origin,
  faults: FaultList,
): BoundScope | undefined {
  const common = { text, steps, by, isText: false, keepsKey: false };
  const item = field.is === 'list' || field.is === 'keyed' ? field.item : field;
  if (by !== undefined && field.is === 'keyed') {
    const keepsKey = item.is === 'object' && item.field(by) !== undefined;
    const isText = item.is === 'scalar';
    return { ...common, kind: 'keyed', isText, keepsKey, entry: keyedEntry(item, by) };
  }
  if (list && by === undefined && field.is === 'list' && item.is === 'object') {
    return { ...common, kind: 'list', entry: item };
  }
  if (!list && by === undefined && field.is === 'object') {
    return { ...common, kind: 'single', entry: field };
  }
  faults.error('map-target-type', origin, `as: ${text} ${scopeHint(field, steps.at(-1)!.name)}`);
  return undefined;
}

function scopeHint(field: Field, name: string): string {
  if (field.is === 'list') {
    return field.item.is === 'scalar'
      ? `holds values: use to: ${name}*`
      : `is a list: write ${name}*`;
  }
  if (field.is === 'keyed') return `is keyed: write ${name} by the field that is the key`;
  return field.is === 'object' ? `is one entry: write ${name}` : `is a value: use to: ${name}`;
}

/** What an entry may hold while it is read: its fields, its key, and `value` for a plain text. */
function keyedEntry(item: Field, by: string): ObjectField {
  const fields = item.is === 'object' ? item.fields : ['value'];
  return {
    is: 'object',
    title: item.title,
    description: item.description,
    fields: [...new Set([by, ...fields])],
    required: [by],
    field(name) {
      const inside = item.is === 'object' ? item.field(name) : name === 'value' ? item : undefined;
      return inside ?? (name === by ? textField(by) : undefined);
    },
  };
}

/** Notes that a leaf claims its fields; the same field twice in one scope is a fault. */
export function claimTargets(
  targets: readonly BoundTarget[],
  claim: Claimed,
  outer: BindScope,
  { faults }: Binding,
): void {
  for (const target of targets) {
    if (target.list) continue;
    const key = outer.prefix + target.text;
    const other = outer.claimed.get(key);
    if (other !== undefined && ((other.reads && claim.reads) || (other.writes && claim.writes))) {
      const text = `${target.text} already at line ${other.origin.line}; use or: or copy:`;
      faults.error('map-target-twice', claim.origin, text);
    }
    outer.claimed.set(key, other ?? claim);
  }
}

/** Notes who takes entries of the lists and keyed objects on the way of a target. */
export function shareSteps(steps: readonly BoundStep[], { scope }: BindScope): void {
  for (const [at, step] of steps.entries()) {
    const path = pathText(steps.slice(0, at + 1));
    const next = steps[at + 1];
    if (step.is === 'list' && step.select.length > 0) {
      const { selections } = sharedPlace(scope.shared, path);
      if (!selections.some((known) => selectText(known) === selectText(step.select))) {
        selections.push(step.select);
      }
    }
    if (step.is === 'keyed' && next !== undefined)
      sharedPlace(scope.shared, path).keys.add(next.name);
  }
}

export function shareRule(steps: readonly BoundStep[], rule: Rule, { scope }: BindScope): void {
  sharedPlace(scope.shared, pathText(steps)).rules.push(rule);
}

export const pathText = (steps: readonly BoundStep[]): string =>
  steps
    .map(({ name, select }) => (select.length === 0 ? name : `${name}(${selectText(select)})`))
    .join('.')
    .replace(/\([^()]*\)$/, '');

const selectText = (select: BoundStep['select']): string => select.map(selectionText).join(' & ');

function sharedPlace(shared: Map<string, SharedPlace>, path: string): SharedPlace {
  const known = shared.get(path) ?? { rules: [], selections: [], keys: new Set<string>() };
  shared.set(path, known);
  return known;
}

/** Runs a parser and says its fault at a line. */
export function parsed<T>(parse: () => T, origin: Origin, faults: FaultList): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    faults.error('map-syntax', origin, error.message);
    return undefined;
  }
}
