/** `given:` fills fields that are absent, after a read or before a write. */
import type { Finding } from '../../model/finding.ts';
import { type ContextSources, contextValue, type MissedLookup } from '../context.ts';
import type { LineageRow } from '../mapping.ts';
import type { Given } from '../model.ts';
import { asEntry, type Entry, type FieldAccess, fieldAccess, listAccess } from './fields.ts';
import { findingOf, originText } from './reading.ts';

/** Changes the document in place. */
type Fill = (
  root: Entry,
  sources: ContextSources,
  findings: Finding[],
  rows: LineageRow[] | undefined,
) => void;

/** undefined where nothing is given that way. */
export function compileGiven(given: readonly Given[], way: 'read' | 'write'): Fill | undefined {
  const fills = given.filter(({ ways }) => ways === 'both' || ways === way).map(compileOne);
  if (fills.length === 0) return undefined;
  return (root, sources, findings, rows) => {
    for (const fill of fills) fill(root, sources, findings, rows);
  };
}

function compileOne(given: Given): Fill {
  const lists = given.lists.map((steps) => ({
    list: listAccess(steps),
    path: steps.map((step) => step.name).join('.'),
  }));
  const field = fieldAccess(given.target);
  return (root, sources, findings, rows) => {
    let entries: { entry: Entry; path: string; at: number }[] = [{ entry: root, path: '', at: 0 }];
    for (const { list, path } of lists) {
      entries = entries.flatMap((outer) =>
        list.get(outer.entry).flatMap((item, at) => {
          const entry = asEntry(item);
          return entry === undefined ? [] : { entry, path: `${outer.path}${path}[${at}].`, at };
        }),
      );
    }
    for (const { entry, path, at } of entries) {
      const placed = { ...sources, position: String(at + 1) };
      fillEntry(given, field, entry, path, placed, findings, rows);
    }
  };
}

function fillEntry(
  given: Given,
  field: FieldAccess,
  entry: Entry,
  path: string,
  sources: ContextSources,
  findings: Finding[],
  rows: LineageRow[] | undefined,
): void {
  if (field.get(entry) !== undefined) return;
  const whole = path + given.target.text;
  const missed = (miss: MissedLookup): void => {
    findings.push(missedFinding(miss, whole));
  };
  const value = contextValue(given.from, { ...sources, missed }, entry);
  if (value === undefined || !field.set(entry, value) || rows === undefined) return;
  const none = { place: given.from.text, raw: value, start: undefined, end: undefined };
  const rule = originText(given.origin);
  rows.push({ path: whole, value, ...none, how: 'given', rule, codeRow: undefined });
}

/** Says which row to add. */
function missedFinding(missed: MissedLookup, path: string): Finding {
  const { table, keys, own, column, rows } = missed;
  const asked = keys.map(([name, value]) => `${name} = ${value}`).join(', ');
  const file = `config/lookups/${table}.csv`;
  if (rows > 1) {
    const text = `${file} has ${rows} rows with ${asked} and different ${column}: ${path} stays empty.`;
    return findingOf('lookup-ambiguous', { path }, text, own.join(' '));
  }
  const text = `${file} has no ${column} where ${asked}: add a row to fill ${path}.`;
  return findingOf('lookup-missing', { path }, text, own.join(' '));
}
