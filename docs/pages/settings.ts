/** A settings schema as tables: one for the keys at hand, one for each block below. */
import { code, table } from './markdown.ts';

/** What the page reads of a schema; TypeBox and JSON schemas fit. */
export interface Settings {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Settings[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly items?: Settings;
  readonly properties?: Readonly<Record<string, Settings>>;
}

/** Rows of all keys, blocks flattened to dotted keys (`retry.attempts`, `inbound[].message`). */
export function settingsTable(schema: object, presets: Presets = () => undefined): string {
  const head = ['Key', 'Meaning', 'Values', 'Example', 'Default'];
  return table(head, rows(schema as Settings, '', { presets, told: new Map() }));
}

/** What an answer holds; there a member that may be absent is the exception. */
export function membersTable(schema: object): string {
  const told = rows(schema as Settings, '', { presets: () => undefined, told: new Map() });
  const members = told.map(([key = '', meaning = '', type = '', example = '']) => [
    key.replace(' *required*', ''),
    key.includes(' *required*') ? type : `${type}, may be absent`,
    meaning,
    example,
  ]);
  return table(['Member', 'Type', 'Meaning', 'Example'], members);
}

/** The default of a key where the schema does not say it. */
export type Presets = (key: string) => unknown;

interface Telling {
  readonly presets: Presets;
  /** Blocks told so far: one that comes again is only named. */
  readonly told: Map<string, string>;
}

function rows(schema: Settings, prefix: string, telling: Telling): string[][] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, field]) => {
    const key = `${prefix}${name}`;
    const preset = field.default ?? telling.presets(key);
    const block = blockOf(field);
    const same = block && toldBefore(block, key, telling);
    const own = [
      `${code(key)}${required.includes(name) ? ' *required*' : ''}`,
      [field.title, field.description]
        .filter((words) => words)
        .map(sentence)
        .join(' '),
      same === undefined ? values(field) : `as ${code(same)}`,
      code(field.examples?.[0]),
      code(preset),
    ];
    if (block === undefined || same !== undefined) return [own];
    return [own, ...rows(block, field.items === undefined ? `${key}.` : `${key}[].`, telling)];
  });
}

const blockOf = (field: Settings): Settings | undefined =>
  [field, field.items].find((block) => block?.properties !== undefined);

function toldBefore(block: Settings, key: string, { told }: Telling): string | undefined {
  const signature = JSON.stringify(block.properties);
  const before = told.get(signature);
  if (before === undefined) told.set(signature, key);
  return before;
}

export function values(field: Settings): string {
  const words = field.enum ?? field.anyOf?.map((one) => one.const);
  if (words?.every((word) => word !== undefined)) return words.map(code).join(', ');
  if (field.items !== undefined) return 'list';
  if (field.properties !== undefined || field.type === 'object') return 'block';
  const { minimum, maximum } = field;
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${minimum} or more`;
  return typeof field.type === 'string' ? (TYPES[field.type] ?? field.type) : '';
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'yes or no',
};

const sentence = (words: string | undefined): string => {
  const text = words ?? '';
  return /[.!?]$/.test(text) ? text : `${text}.`;
};
