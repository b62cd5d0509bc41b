/** Reads an installation: config/hub.yaml, config/routes.yaml and connectors/*.yaml. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../model/connector.ts';
import type { Transport } from '../model/transport.ts';
import { checkTogether } from './check-together.ts';
import { type ConfigFault, faultText } from './fault.ts';
import { defaultHub, type HubConfig, readHubConfig } from './hub-config.ts';
import { type Env, interpolate } from './interpolate.ts';
import { readWithKits } from './kit.ts';
import { ConfigFaults, type Located, parseLocated } from './located.ts';
import { readConnector } from './read-connector.ts';
import { type RouteRule, readRoutes } from './routes.ts';

export type { HubConfig, HubLimits, PartUse } from './hub-config.ts';
export type { RouteRule } from './routes.ts';

export interface Installation {
  readonly root: string;
  readonly hub: HubConfig;
  /** Those without faults, by id. */
  readonly connectors: readonly Connector[];
  readonly routes: readonly RouteRule[];
  readonly faults: readonly ConfigFault[];
  /** SHA-256 of what each connector was made of, its file and its kits, by id. */
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * A faulty file never stops the others: its faults are told, and the rest is returned. `transports`
 * check the settings of `in` and `out`.
 */
export function loadInstallation(
  root: string,
  options: { readonly env?: Env; readonly transports?: readonly Transport[] } = {},
): Installation {
  const env = options.env ?? process.env;
  const faults: ConfigFault[] = [];
  const hub = read(root, 'config/hub.yaml', env, faults, readHubConfig) ?? defaultHub;
  const ids = connectorIds(root);
  const digests: Record<string, string> = {};
  const all = ids.flatMap((id) => {
    const connector = collect(`connectors/${id}.yaml`, faults, () => readOne(id));
    return connector === undefined ? [] : [connector];
  });
  const together = checkTogether(all, ids);
  faults.push(...together.faults);
  const routes = loadRoutes(root, env, faults, ids);
  const { connectors } = together;
  return { root, hub, connectors, routes, faults: once(faults), digests };

  function readOne(id: string): Connector {
    const file = `connectors/${id}.yaml`;
    assertId(id, file);
    const hash = createHash('sha256');
    const located = readWithKits(root, file, env, (text) => hash.update(text).update('\0'));
    digests[id] = hash.digest('hex');
    return readConnector(id, file, located, { hub, transports: options.transports });
  }
}

/** Each once, in the order of files and lines. */
function once(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  const byText = new Map(faults.map((fault) => [faultText(fault), fault]));
  return [...byText.values()].sort((one, other) =>
    one.file === other.file ? one.line - other.line : one.file < other.file ? -1 : 1,
  );
}

/** With a faulty file nothing may go the usual way that was to go another: all is held back. */
function loadRoutes(
  root: string,
  env: Env,
  faults: ConfigFault[],
  ids: readonly string[],
): readonly RouteRule[] {
  const file = 'config/routes.yaml';
  if (!existsSync(join(root, file))) return [];
  const routes = read(root, file, env, faults, (located) => readRoutes(located, ids));
  return routes ?? [{ when: {}, to: '' }];
}

function connectorIds(root: string): readonly string[] {
  const folder = join(root, 'connectors');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^[^.].*\.ya?ml$/.test(name));
  return names.map((name) => name.replace(/\.yaml$/, '')).sort();
}

function assertId(id: string, file: string): void {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) return;
  const text = `"${id}" is no connector id: the file name is its id.`;
  const fix = 'Name it with lower case letters, digits and -, ending in .yaml.';
  throw new ConfigFaults([{ file: file.replace(/\.yml\.yaml$/, '.yml'), line: 1, text, fix }]);
}

function read<T>(
  root: string,
  file: string,
  env: Env,
  faults: ConfigFault[],
  reader: (located: Located) => T,
): T | undefined {
  if (!existsSync(join(root, file))) return undefined;
  return collect(file, faults, () => {
    const located = interpolate(parseLocated(file, readFileSync(join(root, file), 'utf8')), env);
    return reader(located);
  });
}

function collect<T>(file: string, faults: ConfigFault[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof ConfigFaults) faults.push(...error.faults);
    else if (isSystemError(error)) faults.push(unreadable(file, error));
    else throw error;
    return undefined;
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;

const unreadable = (file: string, error: NodeJS.ErrnoException): ConfigFault => ({
  file,
  line: 1,
  text: `The file cannot be read (${error.code}).`,
  fix: 'Make it a file that the hub may read.',
});
