/** Style is a test: where imports may go, how large files and functions may be, which words may stand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..', '..');
const src = join(root, 'src');

/** What each room may import besides itself (DESIGN: imports go one way). */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  documents: ['model'],
  codecs: ['model', 'documents'],
  standards: ['model', 'documents', 'codecs'],
  mappings: ['model', 'documents', 'codecs', 'standards'],
  connectors: ['model', 'documents', 'codecs', 'standards', 'mappings'],
  transports: ['model', 'documents'],
  store: ['model', 'documents'],
  queue: ['model', 'documents'],
  hub: ['model', 'documents', 'codecs', 'standards', 'mappings', 'connectors'],
  reports: ['model', 'documents', 'hub'],
  server: ['model', 'documents', 'hub', 'reports'],
  cli: ['model', 'documents', 'standards', 'mappings', 'connectors', 'hub', 'reports'],
  sandbox: ['model', 'documents', 'codecs', 'standards', 'mappings', 'connectors'],
};

/** Rooms whose members never import each other: `codecs/x12` may use `codecs/edi`, never `codecs/cxml`. */
const SHARED = new Set(['edi', 'xml']);
const PLUGIN_ROOMS = new Set(['codecs', 'transports', 'store', 'queue']);

const LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;
const COLUMNS_MAX = 120;
const BANNED_NAMES = /(^|[-/])(utils?|helpers?|manager|common|misc|base)\.ts$/;

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
}

const files: readonly SourceFile[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({
    path,
    room: path.includes('/') ? path.slice(0, path.indexOf('/')) : 'top',
    text: readFileSync(join(src, path), 'utf8'),
  }));

function imports(file: SourceFile): readonly string[] {
  const found = file.text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map(([, path]) => relative(src, join(src, file.path, '..', path as string)));
}

const folderOf = (path: string): string => path.split('/')[1] ?? '';

describe('tidy', () => {
  it('imports go one way', () => {
    const wrong = files.flatMap((file) => {
      const allowed = MAY_IMPORT[file.room];
      if (allowed === undefined) return [];
      return imports(file)
        .map((path) => ({ path, room: path.split('/')[0] as string }))
        .filter(({ room }) => room !== file.room && !allowed.includes(room))
        .map(({ path }) => `${file.path} imports ${path}`);
    });
    // What only app.ts, cli.ts, main.ts and the command files that start the app may join.
    const joins = /^cli\/(workbench|serve|demo)\.ts /;
    expect(wrong.filter((line) => !joins.test(line))).to.deep.equal([]);
  });

  it('plugins of a kind never import each other', () => {
    const wrong = files.flatMap((file) => {
      const own = folderOf(file.path);
      if (!PLUGIN_ROOMS.has(file.room) || own === 'index.ts') return [];
      return imports(file)
        .filter((path) => path.startsWith(`${file.room}/`))
        .filter((path) => path.split('/').length > 2 && folderOf(path) !== own)
        .filter((path) => !SHARED.has(folderOf(path)) && file.path.split('/').length > 2)
        .filter(() => file.room === 'codecs' || file.room === 'transports')
        .map((path) => `${file.path} imports ${path}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('files are one idea long', () => {
    const long = files.filter(({ text }) => text.split('\n').length > LINES_MAX);
    expect(long.map(({ path }) => path)).to.deep.equal([]);
  });

  it('functions are one step long', () => {
    expect(files.flatMap(longFunctions)).to.deep.equal([]);
  });

  it('lines end before column 120', () => {
    const wide = files.flatMap(({ path, text }) =>
      text
        .split('\n')
        .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
        .filter(
          ({ line }) => line.length > COLUMNS_MAX && !/^\s*(\/\/|'|`|"|meaning:|\* )/.test(line),
        )
        .filter(({ line }) => !/['`"]/.test(line))
        .map(({ at }) => at),
    );
    expect(wide).to.deep.equal([]);
  });

  it('names say what a file is about', () => {
    const vague = files.filter(
      ({ path }) => BANNED_NAMES.test(path) || path !== path.toLowerCase(),
    );
    expect(vague.map(({ path }) => path)).to.deep.equal([]);
  });

  it('types are not switched off', () => {
    const loose = files.filter(({ text }) =>
      /@ts-(ignore|nocheck|expect-error)|\bas any\b/.test(text),
    );
    expect(loose.map(({ path }) => path)).to.deep.equal([]);
  });
});

/** Functions by indentation: from a line that opens one to the line that closes it. */
function longFunctions({ path, text }: SourceFile): readonly string[] {
  const lines = text.split('\n');
  const opening =
    /^(\s*)(?:export )?(?:async )?(?:function\b|(?:static |async |get |set |#)?[\w#]+\([^)]*\)[^=]*\{$)/;
  return lines.flatMap((line, start) => {
    const indent = opening.exec(line)?.[1];
    if (indent === undefined || /^\s*(if|for|while|switch|return|describe|it)\b/.test(line))
      return [];
    const end = lines.findIndex((later, index) => index > start && later === `${indent}}`);
    const length = end - start + 1;
    return length > FUNCTION_LINES_MAX ? [`${path}:${start + 1} has ${length} lines`] : [];
  });
}
