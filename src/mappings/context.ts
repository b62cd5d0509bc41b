/**
 * Values from elsewhere: `$envelope.sender.id`, `$order.lines(number=orderLine).unit`,
 * `$lookup.items(connector=$connector.id, buyerItem=items(scheme=buyer).id).ourItem`.
 */
import { localTime } from '../model/zoned.ts';
import type { Lookups } from './lookups.ts';
import type { MappingContext } from './mapping.ts';
import { PlaceError, splitOutside } from './place.ts';
import { parsePath, type TargetPath } from './target.ts';

export const contextNames = [
  'envelope',
  'group',
  'agreement',
  'connector',
  'partner',
  'order',
  'now',
  'document',
  'position',
  'lookup',
] as const;
export type ContextName = (typeof contextNames)[number];

export interface ContextPath {
  readonly name: ContextName;
  readonly steps: readonly ContextStep[];
  readonly text: string;
}
export interface ContextStep {
  readonly name: string;
  readonly where: readonly ContextTest[];
}
/** The right side is quoted text, a context value, or a field of the entry that is being filled. */
export interface ContextTest {
  readonly field: string;
  readonly operand: ContextPath | TargetPath | string;
}

/** What a context path is evaluated against. */
export interface ContextSources {
  readonly context: MappingContext;
  readonly document: object;
  /** Of the entry that is being filled in its list, from 1. */
  readonly position?: string;
  readonly lookups: Lookups;
  /** Told of a look-up that found no row, or several. */
  readonly missed?: (missed: MissedLookup) => void;
}
export interface MissedLookup {
  readonly table: string;
  readonly keys: readonly (readonly [string, string])[];
  /** Those of its values that the document has, not what is known around it. */
  readonly own: readonly string[];
  readonly column: string;
  readonly rows: number;
}

/** Throws PlaceError. */
export function parseContext(text: string): ContextPath {
  if (!text.startsWith('$'))
    throw new PlaceError(`"${text}" is no context value: they begin with $`);
  const [head = '', ...rest] = splitOutside(text.slice(1).trim(), '.');
  const name = contextNames.find((each) => each === head.trim());
  if (name === undefined) {
    throw new PlaceError(`$${head} is no context name; there are $${contextNames.join(' $')}`);
  }
  if (name === 'lookup' && (rest.length !== 2 || !rest[0]!.includes('('))) {
    throw new PlaceError('a look-up is written $lookup.table(column=field).column');
  }
  return { name, steps: rest.map(contextStep), text };
}

function contextStep(piece: string): ContextStep {
  const open = piece.indexOf('(');
  if (open < 0) return { name: piece.trim(), where: [] };
  if (!piece.endsWith(')')) throw new PlaceError(`"${piece}": a selection ends with )`);
  const inside = piece.slice(open + 1, -1);
  const tests = splitOutside(inside, ',').flatMap((each) => splitOutside(each, '&'));
  return { name: piece.slice(0, open).trim(), where: tests.map(contextTest) };
}

function contextTest(text: string): ContextTest {
  const equals = text.indexOf('=');
  const field = text.slice(0, equals).trim();
  const operand = text.slice(equals + 1).trim();
  if (equals < 0 || field === '' || operand === '') {
    throw new PlaceError(`"${text}": a selection is column=field, column=$name or column='text'`);
  }
  if (operand.startsWith('$')) return { field, operand: parseContext(operand) };
  const quoted = /^'([^']*)'$/.exec(operand);
  return { field, operand: quoted === null ? parsePath(operand) : quoted[1]! };
}

/** undefined where any step of the way is absent. `entry` is what relative fields are looked up in. */
export function contextValue(
  path: ContextPath,
  sources: ContextSources,
  entry: object,
): string | undefined {
  if (path.name === 'lookup') return lookup(path, sources, entry);
  let value: unknown = rootOf(path.name, sources);
  for (const step of path.steps) {
    value = own(value, step.name);
    if (step.where.length > 0) value = firstMatch(value, step, sources, entry);
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function rootOf(name: ContextName, { context, document, position }: ContextSources): unknown {
  if (name === 'document') return document;
  if (name === 'position') return position;
  if (name !== 'now') return name === 'lookup' ? undefined : context[name];
  if (context.now === undefined) return undefined;
  const { text, offset } = localTime(context.now, context.zone ?? 'UTC');
  const [date, time] = text.split('T');
  return { instant: context.now, date, time, offsetTime: `${time}${offset}` };
}

function firstMatch(
  list: unknown,
  step: ContextStep,
  sources: ContextSources,
  entry: object,
): unknown {
  if (!Array.isArray(list)) return undefined;
  const wanted = step.where.map(
    (test) => [test.field, operandValue(test.operand, sources, entry)] as const,
  );
  if (wanted.some(([, value]) => value === undefined)) return undefined;
  return list.find((item) => wanted.every(([field, value]) => own(item, field) === value));
}

function operandValue(
  operand: ContextTest['operand'],
  sources: ContextSources,
  entry: object,
): string | undefined {
  if (typeof operand === 'string') return operand;
  if ('name' in operand) return contextValue(operand, sources, entry);
  let value: unknown = entry;
  for (const { name, select } of operand.steps) {
    value = own(value, name);
    if (select.length === 0) continue;
    if (!Array.isArray(value)) return undefined;
    value = value.find((item) =>
      select.every(({ field, value: want }) => field === '' || own(item, field) === want),
    );
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const isOfDocument = (operand: ContextTest['operand']): boolean =>
  typeof operand !== 'string' && (!('name' in operand) || operand.name === 'document');

function lookup(path: ContextPath, sources: ContextSources, entry: object): string | undefined {
  const [step, wanted] = path.steps;
  if (step === undefined || wanted === undefined) return undefined;
  const keys: [string, string][] = [];
  const told: string[] = [];
  for (const test of step.where) {
    const value = operandValue(test.operand, sources, entry);
    if (value === undefined) return undefined;
    keys.push([test.field, value]);
    if (isOfDocument(test.operand)) told.push(value);
  }
  const rows = sources.lookups.find(step.name, keys);
  const values = new Set(rows.map((row) => row[wanted.name] ?? '').filter((value) => value !== ''));
  if (values.size === 1) return [...values][0];
  sources.missed?.({ table: step.name, keys, own: told, column: wanted.name, rows: rows.length });
  return undefined;
}

export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
