/** Reaching fields of a document: made once from a bound path, run for every value. */
import type { BoundStep, BoundTarget } from '../model.ts';
import { pusherOf, setterOf } from './named-field.ts';

export type Entry = Record<string, unknown>;

/** What is empty is absent: no text, no entries. */
export const isAbsent = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** `lines[2].quantity` of its steps. */
export function joinPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (step !== '') text += text === '' ? step : `.${step}`;
  }
  return text;
}

export interface FieldAccess {
  get(entry: Entry): string | undefined;
  /** False when the field is set already. */
  set(entry: Entry, value: string): boolean;
}

/** A field that holds one value. */
export function fieldAccess({ steps }: BoundTarget): FieldAccess {
  const name = steps.at(-1)!.name;
  if (steps.length === 1) return plainField(name);
  const { find, make } = holderAccess(steps.slice(0, -1));
  const { get, set } = plainField(name);
  return {
    get: (entry) => {
      const holder = find(entry);
      return holder === undefined ? undefined : get(holder);
    },
    set: (entry, value) => {
      const holder = find(entry);
      if (holder !== undefined && Object.hasOwn(holder, name)) return false;
      return set(make(entry), value);
    },
  };
}

function plainField(name: string): FieldAccess {
  return { get: (entry) => textOf(entry[name]), set: setterOf(name) };
}

/** A document from outside may hold a number or boolean where its schema wants text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export interface ListAccess {
  /** The empty list where there is none. */
  get(entry: Entry): readonly unknown[];
  push(entry: Entry, value: unknown): number;
}

export function listAccess(steps: readonly BoundStep[]): ListAccess {
  const name = steps.at(-1)!.name;
  const holder = steps.length === 1 ? undefined : holderAccess(steps.slice(0, -1));
  const push = pusherOf(name);
  return {
    get: (entry) => {
      const at = holder === undefined ? entry : holder.find(entry);
      const list = at?.[name];
      return Array.isArray(list) ? list : [];
    },
    push: holder === undefined ? push : (entry, value) => push(holder.make(entry), value),
  };
}

export interface HolderAccess {
  find(entry: Entry): Entry | undefined;
  make(entry: Entry): Entry;
}

/** The object at the end of a path: a sub-object, a keyed entry, or the selected entry of a list. */
export function holderAccess(steps: readonly BoundStep[]): HolderAccess {
  const each = steps.map(stepAccess);
  return {
    find: (entry) => {
      let at: Entry | undefined = entry;
      for (const step of each) {
        at = step.find(at);
        if (at === undefined) return undefined;
      }
      return at;
    },
    make: (entry) => each.reduce((at, step) => step.make(at), entry),
  };
}

function stepAccess(step: BoundStep): HolderAccess {
  return step.select.length > 0 ? selectedEntry(step) : subObject(step.name);
}

function subObject(name: string): HolderAccess {
  const find = (entry: Entry): Entry | undefined =>
    Object.hasOwn(entry, name) ? asEntry(entry[name]) : undefined;
  return {
    find,
    make: (entry) => {
      const known = find(entry);
      if (known !== undefined) return known;
      const made: Entry = {};
      entry[name] = made;
      return made;
    },
  };
}

/** `items(scheme=seller)`: the first entry with these values. */
function selectedEntry({ name, select }: BoundStep): HolderAccess {
  const find = (entry: Entry): Entry | undefined => {
    const list = entry[name];
    return Array.isArray(list)
      ? list.map(asEntry).find((item) => isSelected(item, select))
      : undefined;
  };
  return {
    find,
    make: (entry) => {
      const known = find(entry);
      if (known !== undefined) return known;
      const made: Entry = Object.fromEntries(
        select.filter(({ field }) => field !== '').map(({ field, value }) => [field, value]),
      );
      const list = entry[name];
      if (Array.isArray(list)) list.push(made);
      else entry[name] = [made];
      return made;
    },
  };
}

export const isSelected = (entry: Entry | undefined, select: BoundStep['select']): boolean =>
  entry !== undefined &&
  select.every(({ field, value }) => field === '' || textOf(entry[field]) === value);

export function asEntry(value: unknown): Entry | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Entry)
    : undefined;
}

/** A document again, to be changed; it is plain data, for which `structuredClone` is too slow. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Entry = {};
  for (const name in value) copy[name] = copyOf(value[name]);
  return copy as T;
}

/** All values at the end of a path whose steps may be lists: for `sum: lines*.quantity`. */
export function valuesAt(entry: unknown, steps: readonly string[]): readonly unknown[] {
  let values: unknown[] = [entry];
  for (const step of steps) {
    values = values.flatMap((value) => {
      const inside = asEntry(value)?.[step];
      return inside === undefined ? [] : inside;
    });
  }
  return values;
}
