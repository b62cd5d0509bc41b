/** Documents compared as the laws compare them: keys unordered, lists in order, decimals as numbers. */
import type { Field, ObjectField } from '../../documents/field.ts';
import { isAbsent } from '../compile/fields.ts';
import { sameDecimal } from '../decimal.ts';

export interface Difference {
  /** `lines[2].quantity`. */
  readonly path: string;
  readonly wanted: unknown;
  readonly found: unknown;
}

/**
 * Nothing when they are equal; at most ten differences. `loose` names lists whose entries several
 * rules feed (`lines.statuses`): they come back in the order of the rules, so order is not compared.
 */
export function differences(
  wanted: unknown,
  found: unknown,
  root: ObjectField,
  loose: ReadonlySet<string> = new Set(),
): readonly Difference[] {
  const all: Difference[] = [];
  compare(wanted, found, root, '', { loose, all });
  return all;
}

interface Comparing {
  readonly loose: ReadonlySet<string>;
  readonly all: Difference[];
}

const differencesMax = 10;

function compare(
  wanted: unknown,
  found: unknown,
  field: Field | undefined,
  path: string,
  comparing: Comparing,
): void {
  const { all, loose } = comparing;
  if (all.length >= differencesMax || (isAbsent(wanted) && isAbsent(found))) return;
  if (isScalar(wanted) || isScalar(found)) {
    if (!sameScalar(wanted, found, field)) all.push({ path, wanted, found });
    return;
  }
  const isLoose = loose.has(path.replaceAll(/\[\d+\]/g, ''));
  const [left, right] = isLoose ? [sorted(wanted), sorted(found)] : [wanted, found];
  for (const key of keysOf(left, right)) {
    const inner = childField(field, key);
    compare(own(left, key), own(right, key), inner, pathOf(path, key, left), comparing);
  }
}

/** By content, whatever the order of keys. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const keyed = value.map((each: unknown) => ({ each, key: contentKey(each) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ each }) => each);
}

function contentKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(contentKey).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${key}:${contentKey(each)}`).join()}}`;
}

const isScalar = (value: unknown): boolean => typeof value !== 'object' && value !== undefined;

function sameScalar(wanted: unknown, found: unknown, field: Field | undefined): boolean {
  if (wanted === found) return true;
  const isNumber = field?.is === 'scalar' && ['decimal', 'integer'].includes(field.format);
  return isNumber && typeof wanted === 'string' && typeof found === 'string'
    ? sameDecimal(wanted, found)
    : false;
}

function keysOf(wanted: unknown, found: unknown): readonly string[] {
  const keys = (value: unknown): string[] =>
    typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [...new Set([...keys(wanted), ...keys(found)])];
}

function childField(field: Field | undefined, key: string): Field | undefined {
  if (field?.is === 'object') return field.field(key);
  return field?.is === 'list' || field?.is === 'keyed' ? field.item : undefined;
}

const own = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

function pathOf(path: string, key: string, holder: unknown): string {
  if (Array.isArray(holder)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}
