/** Look-ups: keyed tables of the installation, `config/lookups/<name>.csv`, read when first used. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HubError } from '../model/errors.ts';

export type LookupRow = Readonly<Record<string, string>>;

export interface Lookups {
  /** Columns of a table; undefined when there is no such table. */
  columns(table: string): readonly string[] | undefined;
  /** Rows whose columns have these values, in the order of the file. */
  find(table: string, keys: readonly (readonly [string, string])[]): readonly LookupRow[];
}

export const noLookups: Lookups = { columns: () => undefined, find: () => [] };

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly LookupRow[];
  /** Rows by the values of the columns asked for, made at the first question. */
  readonly indexes: Map<string, Map<string, LookupRow[]>>;
}

const safeName = /^[A-Za-z0-9][\w-]{0,63}$/;
const bytesMax = 64 * 1024 * 1024;

/** Later folders are asked when earlier ones have no table of the name. */
export function openLookups(folders: readonly string[]): Lookups {
  const tables = new Map<string, Table | undefined>();
  const tableOf = (name: string): Table | undefined => {
    if (!tables.has(name)) tables.set(name, loadTable(folders, name));
    return tables.get(name);
  };
  return {
    columns: (name) => tableOf(name)?.columns,
    find: (name, keys) => findRows(tableOf(name), keys),
  };
}

function findRows(
  table: Table | undefined,
  keys: readonly (readonly [string, string])[],
): readonly LookupRow[] {
  if (table === undefined) return [];
  const columns = keys.map(([column]) => column);
  const which = JSON.stringify(columns);
  let index = table.indexes.get(which);
  if (index === undefined) {
    index = Map.groupBy(table.rows, (row) =>
      JSON.stringify(columns.map((each) => row[each] ?? '')),
    );
    table.indexes.set(which, index);
  }
  return index.get(JSON.stringify(keys.map(([, value]) => value))) ?? [];
}

function loadTable(folders: readonly string[], name: string): Table | undefined {
  if (!safeName.test(name)) return undefined;
  for (const folder of folders) {
    const path = join(folder, `${name}.csv`);
    const text = textOf(path);
    if (text !== undefined) return parseTable(text, path);
  }
  return undefined;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Throws HubError `config-invalid` with file and line. */
export function parseTable(text: string, path: string): Table {
  if (text.length > bytesMax) throw faultAt(path, 1, 'the table is larger than 64 MB');
  const lines = csvLines(text, path);
  const columns = (lines.shift()?.cells ?? []).map((cell) => cell.trim());
  if (columns.length === 0 || columns.includes('') || new Set(columns).size < columns.length) {
    throw faultAt(path, 1, 'the first row names the columns, each once');
  }
  const rows = lines.map(({ cells, line }) => {
    if (cells.length !== columns.length) {
      const text = `the row has ${cells.length} values and there are ${columns.length} columns`;
      throw faultAt(path, line, text);
    }
    return Object.fromEntries(columns.map((column, at) => [column, cells[at]!.trim()]));
  });
  return { columns, rows, indexes: new Map() };
}

const faultAt = (path: string, line: number, text: string): HubError =>
  new HubError('config-invalid', `${path}:${line} ${text}.`, { details: { file: path, line } });

interface CsvLine {
  readonly cells: string[];
  readonly line: number;
}

/** RFC 4180: quotes are doubled inside quotes; empty lines are skipped. */
function csvLines(text: string, path: string): CsvLine[] {
  const lines: CsvLine[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (let line = 1; at < text.length; ) {
    const read = csvLine(text, at, path, line);
    if (read.cells.length > 1 || read.cells[0] !== '') lines.push({ cells: read.cells, line });
    at = read.next;
    line += read.lines;
  }
  return lines;
}

function csvLine(text: string, from: number, path: string, line: number) {
  const cells: string[] = [];
  let at = from;
  let lines = 1;
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at, path, line) : plainCell(text, at);
    lines += cell.breaks;
    cells.push(cell.value);
    at = cell.next;
    if (text[at] !== ',') break;
    at++;
  }
  if (text[at] === '\r') at++;
  if (at < text.length && text[at] !== '\n') {
    throw faultAt(path, line, 'text stands after a closing quote');
  }
  return { cells, next: at + 1, lines };
}

function plainCell(text: string, from: number) {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at++;
  return { value: text.slice(from, at), next: at, breaks: 0 };
}

function quotedCell(text: string, from: number, path: string, line: number) {
  let at = from + 1;
  for (;;) {
    at = text.indexOf('"', at);
    if (at < 0) throw faultAt(path, line, 'a quote is not closed');
    if (text[at + 1] !== '"') break;
    at += 2;
  }
  const value = text.slice(from + 1, at).replaceAll('""', '"');
  return { value, next: at + 1, breaks: value.split('\n').length - 1 };
}
