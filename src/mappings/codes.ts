/** Code tables, two-way: canonical name to raw codes. The first code is written, all are read. */
import type { FaultList, Origin } from './fault.ts';
import type { SourceEntry, SourceMap } from './source.ts';

export interface CodeRow {
  readonly canonical: string;
  /** The preferred code first. */
  readonly raws: readonly string[];
  readonly origin: Origin;
}

export interface CodeTable {
  /** `x12/party`; `inline` for one that stands in a rule. */
  readonly name: string;
  /** What an unlisted code is prefixed with when it is kept: `x12`. */
  readonly family: string;
  readonly other: 'keep' | 'refuse';
  readonly rows: readonly CodeRow[];
  /** undefined: refused. */
  read(raw: string): string | undefined;
  /** undefined: this table has no code for it. */
  write(canonical: string): string | undefined;
  /** Order of keyed entries when written; unlisted ones come last. */
  rank(canonical: string): number;
  rowOf(raw: string): CodeRow | undefined;
}

/** How a table is found by its name; faults are said by the finder. */
export type FindTable = (name: string, from: Origin) => CodeTable | undefined;

/** Words beside the rows of a table. */
const settings = ['table', 'extends', 'other'];

/** `{ table: x12/party, codes: { buyer: BY, seller: SE | VN }, other: keep }`. */
export function parseTableFile(
  source: SourceMap,
  name: string,
  find: FindTable,
  faults: FaultList,
): CodeTable | undefined {
  const codes = source.entries.find((entry) => entry.key === 'codes');
  if (codes?.value.is !== 'map') {
    faults.error(
      'map-code-table',
      source.origin,
      `${name}: a table needs codes: { canonical: CODE }`,
    );
    return undefined;
  }
  const known = [...settings, 'codes'];
  for (const entry of source.entries.filter((each) => !known.includes(each.key))) {
    faults.error('map-code-table', entry.origin, `${name}: ${entry.key} is no word of a table`);
  }
  const outside = source.entries.filter((entry) => ['extends', 'other'].includes(entry.key));
  return parseTable(
    { ...codes.value, entries: [...outside, ...codes.value.entries] },
    name,
    find,
    faults,
  );
}

/** A table inline in a rule: `{ original: 00, replace: 05 }`, `{ extends: x12/party, seller: SF }`. */
export function parseTable(
  map: SourceMap,
  name: string,
  find: FindTable,
  faults: FaultList,
  standard?: string,
): CodeTable {
  const other = settingOf(map, 'other', (text) => text === 'keep' || text === 'refuse');
  const extended = settingOf(map, 'extends', (text) => text.includes('/'));
  const base = extended && find(extended.text, extended.origin);
  const skip = [other?.entry, extended?.entry];
  const rows = map.entries
    .filter((entry) => !skip.includes(entry) && !(entry.key === 'table' && name !== 'inline'))
    .flatMap((entry) => parseRow(entry, name, faults));
  checkTwice(rows, name, faults);
  const family = base?.family ?? (name.includes('/') ? name.split('/')[0]! : (standard ?? name));
  const rule = (other?.text as CodeTable['other'] | undefined) ?? base?.other ?? 'refuse';
  return makeTable(base?.name ?? name, family, rule, amend(base?.rows ?? [], rows));
}

function settingOf(map: SourceMap, key: string, fits: (text: string) => boolean) {
  const entry = map.entries.find((each) => each.key === key);
  if (entry?.value.is !== 'text' || !fits(entry.value.text)) return undefined;
  return { entry, text: entry.value.text, origin: entry.origin };
}

function parseRow(entry: SourceEntry, name: string, faults: FaultList): CodeRow[] {
  const { key: canonical, value, origin } = entry;
  if (canonical.includes(':') || value.is !== 'text') {
    const why =
      value.is === 'text' ? 'a canonical name may not contain ":"' : 'a row is canonical: CODE';
    faults.error('map-code-table', origin, `${name}: ${canonical}: ${why}`);
    return [];
  }
  const raws = value.text.split('|').map((raw) => raw.trim());
  if (raws.includes('')) {
    faults.error('map-code-table', origin, `${name}: ${canonical} has an empty code`);
    return [];
  }
  return [{ canonical, raws, origin }];
}

function checkTwice(rows: readonly CodeRow[], name: string, faults: FaultList): void {
  const owner = new Map<string, CodeRow>();
  for (const row of rows) {
    for (const raw of row.raws) {
      const other = owner.get(raw);
      if (other !== undefined) {
        const text = `${name}: ${raw} under ${other.canonical} and ${row.canonical}; keep one`;
        faults.error('map-code-twice', row.origin, text);
      }
      owner.set(raw, row);
    }
  }
}

/** A row of the amendment replaces the row of its name and takes its codes from whoever had them. */
function amend(base: readonly CodeRow[], rows: readonly CodeRow[]): readonly CodeRow[] {
  const taken = new Set(rows.flatMap((row) => row.raws));
  const replaced = new Map(rows.map((row) => [row.canonical, row]));
  const kept = base.flatMap((row) => {
    const instead = replaced.get(row.canonical);
    replaced.delete(row.canonical);
    if (instead !== undefined) return [instead];
    const raws = row.raws.filter((raw) => !taken.has(raw));
    return raws.length === 0 ? [] : [{ ...row, raws }];
  });
  return [...kept, ...replaced.values()];
}

function makeTable(
  name: string,
  family: string,
  other: CodeTable['other'],
  rows: readonly CodeRow[],
): CodeTable {
  const byRaw = new Map(rows.flatMap((row) => row.raws.map((raw) => [raw, row] as const)));
  const byName = new Map(rows.map((row, at) => [row.canonical, { raw: row.raws[0]!, at }]));
  const prefix = `${family}:`;
  return {
    name,
    family,
    other,
    rows,
    read: (raw) => byRaw.get(raw)?.canonical ?? (other === 'keep' ? prefix + raw : undefined),
    write: (canonical) => byName.get(canonical)?.raw ?? kept(canonical, prefix, other, byRaw),
    rank: (canonical) => byName.get(canonical)?.at ?? rows.length,
    rowOf: (raw) => byRaw.get(raw),
  };
}

/** `x12:LW` goes back as LW, unless LW has a name here: then reading would not give it back. */
function kept(
  canonical: string,
  prefix: string,
  other: CodeTable['other'],
  byRaw: ReadonlyMap<string, CodeRow>,
): string | undefined {
  if (other !== 'keep' || !canonical.startsWith(prefix)) return undefined;
  const raw = canonical.slice(prefix.length);
  return raw === '' || byRaw.has(raw) ? undefined : raw;
}
