/** Finds mapping files, follows `extends`, applies overlays: a file with nothing left to look up. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { MessageType } from '../model/message.ts';
import { type CodeTable, type FindTable, parseTableFile } from './codes.ts';
import { type FaultList, nearestWord, type Origin } from './fault.ts';
import { applyOverlay } from './overlay.ts';
import type { Family } from './place.ts';
import { parseBody, type RuleTree } from './rule.ts';
import { entryOf, readSource, type Source, type SourceEntry, type SourceMap } from './source.ts';

export interface ResolvedFile {
  readonly name: string;
  readonly message: MessageType;
  readonly messageOrigin: Origin;
  readonly family: Family;
  /** The entry `document:`, a kind or a map of kinds. */
  readonly document: SourceEntry;
  readonly body: RuleTree;
  readonly given: readonly SourceEntry[];
  /** Items of `rules:`, those of the base first: an overlay adds to them. */
  readonly rules: readonly Source[];
  /** `tests:` of the file itself; those of a base stay with the base. */
  readonly tests: Source | undefined;
  /** The base first. */
  readonly chain: readonly string[];
}

/** Reads files of the mapping folders, each once, and remembers their digests. */
export interface Files {
  /** Text and shown path of the first folder that has the file; undefined when none has. */
  read(name: string): { readonly text: string; readonly path: string } | undefined;
  /** SHA-256 by path, of every file read so far. */
  readonly digests: Readonly<Record<string, string>>;
}

const safeName = /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*){0,7}$/;
const extendsMax = 8;

export function openFiles(folders: readonly string[]): Files {
  const digests: Record<string, string> = {};
  return {
    digests,
    read(name) {
      if (!safeName.test(name) || name.includes('..')) return undefined;
      for (const folder of folders) {
        const text = readIfThere(join(folder, `${name}.yaml`));
        if (text === undefined) continue;
        // As people find it below the installation or the package, wherever that stands.
        const path = `${basename(folder)}/${name}.yaml`;
        digests[path] = createHash('sha256').update(text).digest('hex');
        return { text, path };
      }
      return undefined;
    },
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

/** Code tables by name, read once; an unknown one is a fault at the line that names it. */
export function tableFinder(files: Files, faults: FaultList): FindTable {
  const known = new Map<string, CodeTable | undefined>();
  const find: FindTable = (name, from) => {
    if (known.has(name)) return known.get(name);
    known.set(name, undefined);
    const file = files.read(`codes/${name}`);
    const source = file && readSource(file.text, file.path, faults);
    if (file === undefined) {
      const text = `there is no code table ${name}: mappings/codes/${name}.yaml is missing`;
      faults.error('map-code-table', from, text);
    }
    const table = source && parseTableFile(source, name, find, faults);
    known.set(name, table);
    return table;
  };
  return find;
}

interface Layer {
  readonly name: string;
  readonly path: string;
  readonly source: SourceMap;
}

/** undefined with faults when the file, its base or its header is not there or wrong. */
export function resolveFile(
  name: string,
  files: Files,
  faults: FaultList,
): ResolvedFile | undefined {
  const layers = layersOf(name, files, faults);
  const base = layers?.[0];
  if (layers === undefined || base === undefined) return undefined;
  const top = layers.at(-1)!;
  for (const layer of layers) checkWords(layer, faults);
  const messageEntry = lastEntry(layers, 'message');
  const message = messageOf(messageEntry, base, faults);
  const document = lastEntry(layers, 'document');
  if (document === undefined) {
    faults.error('map-syntax', base.source.origin, 'document: is missing: which kind it maps to');
  }
  if (message === undefined || document === undefined) return undefined;
  const family = familyOf(message);
  return {
    name,
    message,
    messageOrigin: messageEntry!.origin,
    family,
    document,
    body: bodyOf(layers, family, faults),
    given: givenOf(layers),
    rules: rulesOf(layers, faults),
    tests: entryOf(top.source, 'tests')?.value,
    chain: layers.map((layer) => layer.name),
  };
}

export const familyOf = ({ standard }: MessageType): Family =>
  standard === 'x12' || standard === 'edifact' ? 'segments' : 'tree';

function layersOf(name: string, files: Files, faults: FaultList): Layer[] | undefined {
  const layers: Layer[] = [];
  let from: Origin = { file: name, line: 1 };
  for (let next: string | undefined = name; next !== undefined; ) {
    const file = files.read(next);
    if (file === undefined || layers.length >= extendsMax || layers.some((l) => l.name === next)) {
      const why = file === undefined ? 'there is no such file' : 'the chain of extends has no end';
      faults.error('map-file-missing', from, `mapping ${next}: ${why}`);
      return undefined;
    }
    const source = readSource(file.text, file.path, faults);
    if (source === undefined) return undefined;
    layers.unshift({ name: next, path: file.path, source });
    const base = entryOf(source, 'extends');
    from = base?.origin ?? from;
    next = base?.value.is === 'text' ? base.value.text : undefined;
  }
  return layers;
}

const fileWords = ['message', 'document', 'extends', 'body', 'given', 'rules', 'tests'];

function checkWords({ source }: Layer, faults: FaultList): void {
  for (const { key, origin } of source.entries) {
    if (fileWords.includes(key)) continue;
    const near = nearestWord(key, fileWords);
    const hint =
      near === undefined ? `a mapping has ${fileWords.join(' ')}` : `did you mean ${near}?`;
    faults.error('map-syntax', origin, `"${key}" is no word of a mapping; ${hint}`);
  }
}

const lastEntry = (layers: readonly Layer[], key: string): SourceEntry | undefined =>
  layers.map(({ source }) => entryOf(source, key)).findLast((entry) => entry !== undefined);

function messageOf(
  entry: SourceEntry | undefined,
  base: Layer,
  faults: FaultList,
): MessageType | undefined {
  const [standard, version, name, ...rest] =
    entry?.value.is === 'text' ? entry.value.text.split('/') : [];
  if (standard && version && name && rest.length === 0) return { standard, version, name };
  const text = 'message: is written standard/version/name, x12/004010/850';
  faults.error('map-syntax', entry?.origin ?? base.source.origin, text);
  return undefined;
}

function bodyOf(layers: readonly Layer[], family: Family, faults: FaultList): RuleTree {
  const bodies = layers.flatMap((layer) => {
    const value = entryOf(layer.source, 'body')?.value;
    if (value?.is === 'map') return [parseBody(value, family, faults)];
    if (value !== undefined) faults.error('map-syntax', value.origin, 'body: is a map of places');
    return [];
  });
  const empty: SourceMap = { is: 'map', entries: [], origin: layers[0]!.source.origin };
  const [base = parseBody(empty, family, faults), ...overlays] = bodies;
  return overlays.reduce((tree, overlay) => applyOverlay(tree, overlay, faults), base);
}

/** An overlay's entry takes the place of its base's for the same field. */
function givenOf(layers: readonly Layer[]): readonly SourceEntry[] {
  const given = new Map<string, SourceEntry>();
  for (const { source } of layers) {
    const value = entryOf(source, 'given')?.value;
    if (value?.is === 'map') for (const entry of value.entries) given.set(entry.key, entry);
  }
  return [...given.values()];
}

function rulesOf(layers: readonly Layer[], faults: FaultList): readonly Source[] {
  return layers.flatMap(({ source }) => {
    const entry = entryOf(source, 'rules');
    if (entry === undefined) return [];
    if (entry.value.is === 'list') return entry.value.items;
    faults.error('map-rule', entry.origin, 'rules: is a list: each rule begins with a dash');
    return [];
  });
}
