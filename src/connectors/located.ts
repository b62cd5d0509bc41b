/** YAML whose every value knows its file and line, so that faults can be told where they stand. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ConfigFault } from './fault.ts';

interface Where {
  readonly file: string;
  readonly line: number;
}
export interface LocatedText extends Where {
  readonly is: 'text';
  readonly text: string;
}
export interface LocatedList extends Where {
  readonly is: 'list';
  readonly items: readonly Located[];
}
export interface LocatedMap extends Where {
  readonly is: 'map';
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}
/** `line` is the key's. */
export interface LocatedEntry extends Where {
  readonly value: Located;
}
export type Located = LocatedText | LocatedList | LocatedMap;

const bytesMax = 1024 * 1024;
const nodesMax = 20_000;
const depthMax = 40;

/** Throws ConfigFaults. Every scalar is text: `997`, `00` and `NO` stay what they are. */
export function parseLocated(file: string, text: string): Located {
  if (text.length > bytesMax) throw new ConfigFaults([tooLarge(file)]);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    const line = (offset: number) => lineCounter.linePos(offset).line;
    throw new ConfigFaults(
      document.errors.map((error) => ({
        file,
        line: line(error.pos[0]),
        text: `This is no YAML: ${error.message}.`,
        fix: 'Correct the indentation, quotes or brackets here or just above.',
      })),
    );
  }
  let nodes = 0;
  const root = locate(document.contents, 0);
  const isEmpty = root.is === 'text' && root.text === '';
  return isEmpty ? { is: 'map', file, line: 1, entries: new Map() } : root;

  function locate(node: unknown, depth: number): Located {
    nodes += 1;
    if (nodes > nodesMax || depth > depthMax) throw new ConfigFaults([tooLarge(file)]);
    if (isAlias(node)) return locate(node.resolve(document), depth + 1);
    const line = lineOf(node as Node | null, lineCounter);
    if (isMap(node)) {
      const entries = node.items.map((pair): [string, LocatedEntry] => {
        const keyLine = lineOf(pair.key as Node, lineCounter);
        const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        return [key, { file, line: keyLine, value: locate(pair.value, depth + 1) }];
      });
      return { is: 'map', file, line, entries: new Map(entries) };
    }
    if (isSeq(node))
      return { is: 'list', file, line, items: node.items.map((item) => locate(item, depth + 1)) };
    const value = isScalar(node) ? node.value : '';
    return { is: 'text', file, line, text: value === null ? '' : String(value) };
  }
}

/** The faults of one file, thrown where nothing can be read any further. */
export class ConfigFaults extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(({ file, line, text }) => `${file}:${line} ${text}`).join('\n'));
    this.name = 'ConfigFaults';
    this.faults = faults;
  }
}

/** Plain data, as the schemas check it. */
export function plain(located: Located): unknown {
  if (located.is === 'text') return located.text;
  if (located.is === 'list') return located.items.map(plain);
  const entries = [...located.entries].map(([key, entry]) => [key, plain(entry.value)]);
  return Object.fromEntries(entries);
}

/** Where the value at a path stands; of a missing one, where the nearest thing around it stands. */
export function whereIs(root: Located, path: readonly string[]): Where {
  let where: Where = root;
  let node: Located = root;
  for (const step of path) {
    const next: LocatedEntry | Located | undefined =
      node.is === 'map'
        ? node.entries.get(step)
        : node.is === 'list'
          ? node.items[Number(step)]
          : undefined;
    if (next === undefined) return where;
    where = next;
    node = 'value' in next ? next.value : next;
  }
  return where;
}

/** The value at a path that is there; else what is nearest around it. */
export function nodeAt(root: Located, path: readonly string[]): Located {
  let node = root;
  for (const step of path) {
    const next: Located | undefined =
      node.is === 'map'
        ? node.entries.get(step)?.value
        : node.is === 'list'
          ? node.items[Number(step)]
          : undefined;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** The same tree with every text changed. */
export function mapTexts(located: Located, change: (text: LocatedText) => LocatedText): Located {
  if (located.is === 'text') return change(located);
  if (located.is === 'list') {
    return { ...located, items: located.items.map((item) => mapTexts(item, change)) };
  }
  const entries = [...located.entries].map(([key, entry]): [string, LocatedEntry] => [
    key,
    { ...entry, value: mapTexts(entry.value, change) },
  ]);
  return { ...located, entries: new Map(entries) };
}

function lineOf(node: Node | null, lineCounter: LineCounter): number {
  const offset = node?.range?.[0];
  return offset === undefined ? 1 : Math.max(1, lineCounter.linePos(offset).line);
}

const tooLarge = (file: string): ConfigFault => ({
  file,
  line: 1,
  text: 'The file is larger or deeper than a configuration file can be.',
  fix: 'Keep one counterparty in a file, and data elsewhere.',
});
