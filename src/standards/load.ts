/** Opens the installed standards: files are read when a message first asks for them, then kept. */
import { parseSyntaxVersion } from '../model/envelope.ts';
import type { MessageType } from '../model/message.ts';
import type { FoundDefinition, MessageDefinition, Standards } from './definition.ts';
import {
  type Dictionary,
  type DictionaryTables,
  makeDictionary,
  type Names,
} from './dictionary.ts';
import type { StandardFiles } from './files.ts';
import { isSafeName, standardFiles } from './files.ts';
import { defineAlone, defineMessage, type MessageFile } from './message-definition.ts';
import { nearestVersion } from './versions.ts';

const standardNames = ['x12', 'edifact'] as const;

/** Later folders add to earlier ones; of a file in several, the first counts. Reads nothing yet. */
export const openStandards = (folders: readonly string[]): Standards =>
  standardsOf(standardFiles(folders));

/** Every file is read once at most. */
export function standardsOf(files: StandardFiles): Standards {
  const installation: Installation = {
    files,
    dictionaries: new Map(),
    definitions: new Map(),
    shared: new Map(),
  };
  return {
    find: (type) => find(installation, type),
    service: (syntaxVersion, tag) => {
      const dictionary = serviceDictionary(installation, parseSyntaxVersion(syntaxVersion));
      return dictionary.tags.has(tag) ? dictionary.segment(tag) : undefined;
    },
    installed: () =>
      standardNames.flatMap((name) => versionsOf(installation, name).map((it) => `${name}/${it}`)),
  };
}

interface Installation {
  readonly files: StandardFiles;
  readonly dictionaries: Map<string, Dictionary>;
  readonly definitions: Map<string, MessageDefinition>;
  /** Files that versions share: names, and the service segments of each syntax. */
  readonly shared: Map<string, unknown>;
}

/** `service` holds UNH, UNT, CONTRL: it is not a directory. */
const versionsOf = ({ files }: Installation, standard: string): readonly string[] =>
  files.folders(standard).filter((it) => it !== 'service');

function find(installation: Installation, type: MessageType): FoundDefinition | undefined {
  const { standard, version, name } = type;
  if (standard !== 'x12' && standard !== 'edifact') return undefined;
  if (!isSafeName(name)) return undefined;
  if (standard === 'edifact' && name === 'CONTRL') return found(contrl(installation, version));
  if (isSafeName(version) && installation.files.has(`${standard}/${version}`, name)) {
    return found(definition(installation, standard, version, name));
  }
  if (standard === 'x12' && name === 'TA1') return findTa1(installation, version);
  const having = versionsOf(installation, standard).filter((it) =>
    installation.files.has(`${standard}/${it}`, name),
  );
  const nearest = nearestVersion(standard, version, having);
  if (nearest === undefined) return undefined;
  return { definition: definition(installation, standard, nearest, name), insteadOf: version };
}

const found = (definition: MessageDefinition): FoundDefinition => ({
  definition,
  insteadOf: undefined,
});

function definition(
  installation: Installation,
  standard: string,
  version: string,
  name: string,
): MessageDefinition {
  const below = `${standard}/${version}`;
  return kept(installation.definitions, `${below}/${name}`, () => {
    const file = installation.files.read(below, name) as MessageFile;
    const dictionary = dictionaryOf(installation, standard, version);
    return defineMessage({ standard, version, name }, file, dictionary);
  });
}

/** TA1 has no diagram; its segment is in the dictionary of each version. */
function findTa1(installation: Installation, version: string): FoundDefinition | undefined {
  const standard = 'x12';
  const nearest = nearestVersion(standard, version, versionsOf(installation, standard));
  if (nearest === undefined) return undefined;
  const type = { standard, version: nearest, name: 'TA1' };
  const definition = kept(installation.definitions, `${nearest}/TA1`, () =>
    defineAlone(type, dictionaryOf(installation, standard, nearest)),
  );
  return { definition, insteadOf: nearest === version ? undefined : version };
}

/** Syntax 3 writes CONTRL as `D:3` (once `2:2`), syntax 4 as `4:1` (ISO 9735-4). */
function contrl(installation: Installation, version: string): MessageDefinition {
  const syntax = /^(4|D4)/.test(version) ? '4' : '3';
  return kept(installation.definitions, `CONTRL${syntax}`, () => {
    const file = installation.files.read('edifact/service', `CONTRL${syntax}`) as MessageFile;
    const type = { standard: 'edifact', version: syntax === '4' ? '41' : 'D3', name: 'CONTRL' };
    const tables = serviceTables(installation, syntax);
    return defineMessage(type, file, makeDictionary(tables));
  });
}

function dictionaryOf(installation: Installation, standard: string, version: string): Dictionary {
  const below = `${standard}/${version}`;
  return kept(installation.dictionaries, below, () => {
    const own = ownTables(installation, standard, version);
    // UNS and the message's own header and trailer are in the service directory (ISO 9735).
    // Syntax 4 only adds to what syntax 3 has there.
    const service = standard === 'edifact' ? serviceTables(installation, '4') : noTables;
    return makeDictionary({
      segments: { ...service.segments, ...own.segments },
      composites: { ...service.composites, ...own.composites },
      elements: { ...service.elements, ...own.elements },
      codes: { ...service.codes, ...own.codes },
      names: own.names,
    });
  });
}

const noTables: DictionaryTables = {
  segments: {},
  composites: {},
  elements: {},
  codes: {},
  names: {},
};

function ownTables(
  installation: Installation,
  standard: string,
  version: string,
): DictionaryTables {
  const { files } = installation;
  const below = `${standard}/${version}`;
  const table = (name: string): Readonly<Record<string, string>> =>
    (files.read(below, name) ?? {}) as Readonly<Record<string, string>>;
  return {
    segments: table('segments'),
    composites: table('composites'),
    elements: table('elements'),
    codes: table('codes'),
    names: (shared(installation, standard, 'names') ?? {}) as Names,
  };
}

/** Versions 1 and 2 had what version 3 has. */
function serviceDictionary(installation: Installation, version: number): Dictionary {
  const syntax = version >= 4 ? '4' : '3';
  return kept(installation.dictionaries, `service/${syntax}`, () =>
    makeDictionary(serviceTables(installation, syntax)),
  );
}

const serviceTables = (installation: Installation, syntax: string): DictionaryTables => ({
  ...noTables,
  ...(shared(installation, 'edifact/service', `syntax${syntax}`) as Partial<DictionaryTables>),
});

const shared = (installation: Installation, below: string, name: string): unknown =>
  kept(installation.shared, `${below}/${name}`, () => installation.files.read(below, name));

function kept<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
