/**
 * A YAML file as a tree of texts that know their lines. Failsafe schema: `00`, `NO`, `1.10` stay
 * what they are. Anchors are expanded here; how much they may blow up is bounded.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { FaultList, Origin } from './fault.ts';

export type Source = SourceText | SourceMap | SourceList;
export interface SourceText {
  readonly is: 'text';
  readonly text: string;
  readonly origin: Origin;
}
export interface SourceEntry {
  readonly key: string;
  readonly value: Source;
  readonly origin: Origin;
}
export interface SourceMap {
  readonly is: 'map';
  readonly entries: readonly SourceEntry[];
  readonly origin: Origin;
}
export interface SourceList {
  readonly is: 'list';
  readonly items: readonly Source[];
  readonly origin: Origin;
}

const nodesMax = 50_000;
const bytesMax = 2 * 1024 * 1024;

/** undefined when the text is no YAML map; the faults say why. */
export function readSource(text: string, file: string, faults: FaultList): SourceMap | undefined {
  const top = { file, line: 1 };
  if (text.length > bytesMax) {
    faults.error('map-syntax', top, 'the file is larger than 2 MB');
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
  });
  for (const error of document.errors) {
    const line = lines.linePos(error.pos[0]).line;
    faults.error('map-syntax', { file, line }, yamlText(error.code, error.message));
  }
  if (document.errors.length > 0) return undefined;
  const walk: Walk = { file, lines, anchors: new Map(), nodes: 0, faults, open: new Set() };
  const source = document.contents === null ? undefined : convert(document.contents, walk);
  if (source?.is === 'map') return source;
  faults.error('map-syntax', top, 'the file is no map of keys and values');
  return undefined;
}

const yamlText = (code: string, message: string): string =>
  code === 'DUPLICATE_KEY' ? 'this key stands twice in the map: join the two' : message;

interface Walk {
  readonly file: string;
  readonly lines: LineCounter;
  readonly anchors: Map<string, Node>;
  readonly faults: FaultList;
  /** Anchors being expanded, so that one that holds itself is refused. */
  readonly open: Set<string>;
  nodes: number;
}

function convert(node: Node, walk: Walk): Source | undefined {
  const origin = originOf(node, walk);
  if (++walk.nodes > nodesMax) {
    if (walk.nodes === nodesMax + 1) {
      walk.faults.error('map-syntax', origin, 'aliases make the file too large');
    }
    return undefined;
  }
  if (isAlias(node)) return expand(node.source, origin, walk);
  if ('anchor' in node && node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  if (isScalar(node)) return { is: 'text', text: String(node.value ?? ''), origin };
  if (isSeq(node)) {
    const items = node.items.flatMap((item) => convert(item as Node, walk) ?? []);
    return { is: 'list', items, origin };
  }
  if (!isMap(node)) return undefined;
  const entries = node.items.flatMap(({ key, value }) => {
    const at = originOf(key as Node, walk);
    if (!isScalar(key)) {
      walk.faults.error('map-syntax', at, 'a key is a place or a word, not a list or a map');
      return [];
    }
    const empty: Source = { is: 'text', text: '', origin: at };
    const converted = value === null ? empty : convert(value as Node, walk);
    return converted === undefined
      ? []
      : [{ key: String(key.value), value: converted, origin: at }];
  });
  return { is: 'map', entries, origin };
}

function expand(name: string, origin: Origin, walk: Walk): Source | undefined {
  const anchored = walk.anchors.get(name);
  if (anchored === undefined || walk.open.has(name)) {
    const why = anchored === undefined ? 'has no anchor before it' : 'holds itself';
    walk.faults.error('map-syntax', origin, `*${name} ${why}`);
    return undefined;
  }
  walk.open.add(name);
  const source = convert(anchored, walk);
  walk.open.delete(name);
  return source;
}

function originOf(node: Node, walk: Walk): Origin {
  const at = node.range?.[0] ?? 0;
  return { file: walk.file, line: walk.lines.linePos(at).line || 1 };
}

export const entryOf = (map: SourceMap, key: string): SourceEntry | undefined =>
  map.entries.find((entry) => entry.key === key);

/** The same text for the same content, whatever the lines: to compare an overlay with its base. */
export function sourceText(source: Source): string {
  if (source.is === 'text') return JSON.stringify(source.text);
  if (source.is === 'list') return `[${source.items.map(sourceText).join(',')}]`;
  return `{${source.entries.map((entry) => `${entry.key}:${sourceText(entry.value)}`).join(',')}}`;
}
