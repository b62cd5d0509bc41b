/** The dictionary of one version: segments, composites, elements and code lists as definitions. */
import type { ElementDefinition, SegmentDefinition } from './definition.ts';
import { type ElementNotation, readParts, readValue } from './notation.ts';

type Table = Readonly<Record<string, string>>;

/** The four tables of a version and the names of its standard, as their files hold them. */
export interface DictionaryTables {
  readonly segments: Table;
  readonly composites: Table;
  readonly elements: Table;
  readonly codes: Table;
  readonly names: Names;
}

/** A name may be null: nobody knows one. */
type NameTable = Readonly<Record<string, string | null>>;

export interface Names {
  readonly segments?: NameTable;
  readonly composites?: NameTable;
  readonly elements?: NameTable;
}

export interface Dictionary {
  readonly tags: ReadonlySet<string>;
  /** A segment that no table has comes back without elements: they are then not checked. */
  segment(tag: string): SegmentDefinition;
}

/** Definitions are made when first asked for and shared by all messages of the version. */
export function makeDictionary(tables: DictionaryTables): Dictionary {
  const segments = new Map<string, SegmentDefinition>();
  const codes = new Map<string, ReadonlySet<string> | undefined>();
  const codesOf = (id: string): ReadonlySet<string> | undefined =>
    remembered(codes, id, () => codeSet(entry(tables.codes, id)));
  return {
    tags: new Set(Object.keys(tables.segments)),
    segment: (tag) =>
      remembered(segments, tag, () => {
        const parts = readParts(entry(tables.segments, tag) ?? '');
        const elements = parts.elements.map((it) => elementOf(it, tables, codesOf));
        return { tag, ...named(tables.names.segments, tag), elements, relations: parts.relations };
      }),
  };
}

function elementOf(
  notation: ElementNotation,
  tables: DictionaryTables,
  codesOf: (id: string) => ReadonlySet<string> | undefined,
): ElementDefinition {
  const { id, mandatory, repeats } = notation;
  const composite = entry(tables.composites, id);
  if (composite !== undefined) {
    const parts = readParts(composite);
    const components = parts.elements.map((it) => elementOf(it, tables, codesOf));
    const { relations } = parts;
    const type = 'composite';
    const name = named(tables.names.composites, id);
    return { id, ...name, mandatory, repeats, type, ...noValue, components, relations };
  }
  const value = readValue(entry(tables.elements, id));
  const type = notation.type ?? value.type;
  const min = notation.min ?? value.min;
  const max = notation.max ?? value.max;
  const decimals = type.length === 2 && type.startsWith('N') ? Number(type.charAt(1)) : 0;
  const shape = { mandatory, repeats, type, min, max, decimals };
  const name = named(tables.names.elements, id);
  return { id, ...name, ...shape, components: [], codes: codesOf(id) };
}

const noValue = { min: 0, max: Number.POSITIVE_INFINITY, decimals: 0, codes: undefined } as const;

/** Some EDIFACT names are written in one word: `partyName`. */
function named(table: NameTable | undefined, key: string): { readonly name?: string } {
  const name = table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
  if (name === undefined || name === null || name === '') return {};
  return { name: name.includes(' ') ? name : name.replace(/[A-Z](?=[a-z])/g, lowerWord) };
}

const lowerWord = (letter: string, at: number): string =>
  at === 0 ? letter : ` ${letter.toLowerCase()}`;

const entry = (table: Table, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const codeSet = (codes: string | undefined): ReadonlySet<string> | undefined =>
  codes === undefined ? undefined : new Set(codes.split(' '));

function remembered<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined || map.has(key)) return known as V;
  const made = make();
  map.set(key, made);
  return made;
}
