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

/** Nothing when they are equal; at most ten differences. */
export function differences(
  wanted: unknown,
  found: unknown,
  root: ObjectField,
): readonly Difference[] {
  const all: Difference[] = [];
  compare(wanted, found, root, '', all);
  return all;
}

const differencesMax = 10;

function compare(
  wanted: unknown,
  found: unknown,
  field: Field | undefined,
  path: string,
  all: Difference[],
): void {
  if (all.length >= differencesMax || (isAbsent(wanted) && isAbsent(found))) return;
  if (isScalar(wanted) || isScalar(found)) {
    if (!sameScalar(wanted, found, field)) all.push({ path, wanted, found });
    return;
  }
  for (const key of keysOf(wanted, found)) {
    const inner = childField(field, key);
    compare(own(wanted, key), own(found, key), inner, pathOf(path, key, wanted), all);
  }
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
