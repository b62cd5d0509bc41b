/** Opens the mappings of an installation: files are compiled when first asked for, and kept. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectField } from '../documents/field.ts';
import { HubError } from '../model/errors.ts';
import { type MessageKey, messageKey } from '../model/message.ts';
import type { Standards } from '../standards/definition.ts';
import type { PartnerRule } from '../standards/rules/rule.ts';
import { nearestVersion } from '../standards/versions.ts';
import { bindMapping } from './bind/mapping.ts';
import { compileMapping } from './compile/mapping.ts';
import { faultList, type MappingFault, refuseErrors } from './fault.ts';
import { openFiles, type ResolvedFile, resolveFile, tableFinder } from './load.ts';
import type { Lookups } from './lookups.ts';
import type { Mapping, Mappings } from './mapping.ts';
import type { BoundMapping } from './model.ts';
import { type ResolvedLine, showResolved } from './show.ts';

export interface MappingsOptions {
  /** Searched in order for `<name>.yaml` and `codes/<table>.yaml`. */
  readonly folders: readonly string[];
  readonly standards: Standards;
  readonly lookups: Lookups;
  /** The fields of a kind of document; undefined for an unknown kind. */
  readonly documents: (kind: string) => ObjectField | undefined;
}

export interface OpenMappings extends Mappings {
  /** Every mapping of the folders, by name; code tables are none. */
  names(): readonly string[];
  /** All faults of a mapping, warnings and notes included; never throws for faults of files. */
  check(name: string): readonly MappingFault[];
  checkAll(): readonly MappingFault[];
  /** The merged file, each line with the file and line that spoke last. Throws as `get`. */
  resolved(name: string): readonly ResolvedLine[];
  /** The bound rules, for generators and guides. Throws as `get`. */
  rules(name: string): BoundMapping;
  /** A partner's rules about a message; none for a mapping that cannot be used. Never throws. */
  partnerRules(name: string): readonly PartnerRule[];
  /** The file itself, for its tests. Throws as `get`. */
  file(name: string): ResolvedFile;
}

interface Made {
  readonly faults: readonly MappingFault[];
  readonly file: ResolvedFile | undefined;
  readonly bound: BoundMapping | undefined;
  readonly digests: Readonly<Record<string, string>>;
  mapping: Mapping | undefined;
}

export function openMappings(options: MappingsOptions): OpenMappings {
  const made = new Map<string, Made>();
  const find = (name: string): Made => {
    const known = made.get(name) ?? make(name, options);
    made.set(name, known);
    return known;
  };
  const good = (name: string): Made & { file: ResolvedFile; bound: BoundMapping } => {
    const found = find(name);
    refuseErrors(name, found.faults);
    const { file, bound } = found;
    if (file === undefined || bound === undefined) {
      throw new HubError('internal', `Mapping ${name} has neither a fault nor a result.`);
    }
    return { ...found, file, bound };
  };
  let nearest: ReadonlySet<string> | undefined;
  return {
    names: () => namesIn(options.folders),
    check: (name) => find(name).faults,
    checkAll: () => namesIn(options.folders).flatMap((name) => find(name).faults),
    resolved: (name) => showResolved(good(name).file),
    rules: (name) => good(name).bound,
    partnerRules: (name) => find(name).bound?.rules ?? [],
    file: (name) => good(name).file,
    get(name) {
      const { bound, digests } = good(name);
      const found = find(name);
      found.mapping ??= toMapping(bound, digests, options.lookups);
      return found.mapping;
    },
    nearest(message) {
      nearest ??= byMessage(namesIn(options.folders));
      return nearestName(message, nearest);
    },
  };
}

function make(name: string, options: MappingsOptions): Made {
  const faults = faultList();
  const files = openFiles(options.folders);
  const file = resolveFile(name, files, faults);
  const ends = { ...options, findTable: tableFinder(files, faults) };
  const bound = file && bindMapping(file, ends, faults);
  return { faults: faults.all, file, bound, digests: files.digests, mapping: undefined };
}

function toMapping(
  bound: BoundMapping,
  digests: Readonly<Record<string, string>>,
  lookups: Lookups,
): Mapping {
  const { read, write } = compileMapping(bound, lookups);
  const { name, message, kinds } = bound;
  return { name, message: messageKey(message), documents: kinds, digests, read, write };
}

/** `codes/` holds tables, not mappings. */
function namesIn(folders: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const folder of folders) {
    for (const path of filesBelow(folder)) {
      if (path.endsWith('.yaml') && !path.startsWith('codes/')) names.add(path.slice(0, -5));
    }
  }
  return [...names].toSorted();
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
      .map((path) => path.replaceAll('\\', '/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Base mappings are named by their message, trees also without a version; partners' are not guessed. */
function byMessage(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name) => !name.startsWith('partners/')));
}

function nearestName(message: MessageKey, known: ReadonlySet<string>): string | undefined {
  const [standard = '', version = '', name = ''] = message.split('/');
  if (known.has(message)) return message;
  if (known.has(`${standard}/${name}`)) return `${standard}/${name}`;
  const having = [...known]
    .map((each) => each.split('/'))
    .filter((each) => each.length === 3 && each[0] === standard && each[2] === name);
  const nearest = nearestVersion(
    standard,
    version,
    having.map((each) => each[1]!),
  );
  return nearest === undefined ? undefined : `${standard}/${nearest}/${name}`;
}
