/** The only file that joins the parts: an installation becomes a running hub. */
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { pino } from 'pino';
import { codecs } from './codecs/index.ts';
import { loadInstallation } from './connectors/installation.ts';
import { createMissingKeys, secretResolver } from './connectors/secrets.ts';
import { faultPoints } from './hub/fault-points.ts';
import { type Hub, startHub } from './hub/hub.ts';
import { JustIn } from './hub/just-in.ts';
import { type Operations, operations, type Reloaded } from './hub/operations.ts';
import type { Log, Parts } from './hub/parts.ts';
import { type LoadedSetup, loadSetup } from './hub/setup.ts';
import { surroundings } from './hub/surroundings.ts';
import { loadPlugins, type Plugged } from './load-plugins.ts';
import { HubError } from './model/errors.ts';
import type { Queue } from './model/queue.ts';
import type { Store } from './model/store.ts';
import { queues } from './queue/index.ts';
import { hashKey, newKey } from './server/keys.ts';
import { type RunningServer, startServer } from './server/server.ts';
import { stores } from './store/index.ts';
import { transports } from './transports/index.ts';

export interface AppOptions {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** A line for each thing that happens; undefined keeps quiet below errors. */
  readonly logLevel: string;
}

export interface App {
  readonly url: string;
  readonly hub: Hub;
  readonly operations: Operations;
  readonly setup: LoadedSetup;
  /** Path of the administrator's key. */
  readonly keyFile: string;
  /** Keys made at this start, below the installation. */
  readonly keysMade: readonly string[];
  stop(): Promise<void>;
}

export const packageRoot = join(import.meta.dirname, '..');
export const version = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;

const own: Plugged = { transports, codecs };

/** Loads a configuration for commands that need no running hub. */
export const load = (options: Pick<AppOptions, 'root' | 'env'>, plugged = own): LoadedSetup =>
  loadSetup({ ...options, packageRoot, transports: plugged.transports });

/** Starts the hub of an installation. Throws HubError with what to do. */
export async function startApp(options: AppOptions): Promise<App> {
  const { root, env } = options;
  const plugged = await plugins(options);
  let loaded = load(options, plugged);
  refuseFaultyHub(loaded);
  makeDataFolder(join(root, 'data'));
  const keysMade = createMissingKeys({ root, connectors: loaded.setup.connectors });
  const log = logger(options.logLevel);
  for (const fault of loaded.faults) log('error', `configuration fault: ${fault}`);
  const store = await openStore(root, loaded);
  const queue = openQueue(loaded, log);
  const parts: Parts = {
    ...surroundings(),
    store,
    queue,
    justIn: new JustIn(),
    codecs: plugged.codecs,
    transports: new Map(plugged.transports.map((transport) => [transport.name, transport])),
    limits: loaded.setup.hub.limits,
    setup: () => loaded.setup,
    path: (path) => (isAbsolute(path) ? path : join(root, path)),
    secret: secretResolver(root, env, () => performance.now()),
    log,
    faultPoint: faultPoints(env['TRADELANE_FAULT']),
  };
  const keyFile = await administratorKey(root, parts);
  const hub = await startHub(parts);
  const reload = async (): Promise<Reloaded> => {
    const next = load(options, plugged);
    const applied = next.faults.length === 0;
    if (applied) {
      createMissingKeys({ root, connectors: next.setup.connectors });
      loaded = next;
      await hub.applySetup();
      await hub.look();
    }
    return { applied, connectors: next.setup.connectors.length, faults: next.faults };
  };
  const does = operations(parts, hub, reload);
  const server = await serve(parts, hub, does, options);
  writeFileSync(join(root, 'data', 'hub.url'), `${server.url}\n`);
  return {
    url: server.url,
    hub,
    operations: does,
    setup: loaded,
    keyFile,
    keysMade,
    stop: () => stop(server, hub, store),
  };
}

/** Which plugins there are is read first: connector files may use their transports. */
function plugins({ root, env }: AppOptions): Promise<Plugged> {
  const { hub } = loadInstallation(root, { env });
  return loadPlugins(root, hub.plugins, own);
}

/** Without a sound config/hub.yaml nobody knows which store is ours: better not to start. */
function refuseFaultyHub({ faults }: LoadedSetup): void {
  const own = faults.filter((fault) => fault.startsWith('config/hub.yaml'));
  if (own.length > 0) throw new HubError('config-invalid', own.join('\n'));
}

async function serve(
  parts: Parts,
  hub: Hub,
  does: Operations,
  options: AppOptions,
): Promise<RunningServer> {
  const { server } = parts.setup().hub;
  const { store, log } = parts;
  const host = options.host ?? server.host;
  const port = options.port ?? server.port;
  try {
    return await startServer({ store, hub, operations: does, log, version, host, port });
  } catch (error) {
    await hub.stop();
    await store.close();
    throw error;
  }
}

/** Doors first, then what is under way, then the store. */
async function stop(server: RunningServer, hub: Hub, store: Store): Promise<void> {
  await server.stop();
  await hub.stop();
  await store.close();
}

function openStore(root: string, { setup }: LoadedSetup): Promise<Store> {
  const { use, path } = setup.hub.store;
  const open = (stores as Record<string, typeof stores.sqlite | undefined>)[use];
  if (open === undefined) {
    const known = Object.keys(stores).join(', ');
    throw new HubError(
      'config-invalid',
      `config/hub.yaml: there is no store "${use}"; known: ${known}.`,
    );
  }
  const { makeId, clock } = surroundings();
  const file = isAbsolute(String(path)) ? String(path) : join(root, String(path));
  return open({ file, makeId, now: () => clock.now() });
}

function openQueue({ setup }: LoadedSetup, log: Log): Queue {
  const { use } = setup.hub.queue;
  const open = (queues as Record<string, typeof queues.embedded | undefined>)[use];
  if (open === undefined) {
    const known = Object.keys(queues).join(', ');
    throw new HubError(
      'config-invalid',
      `config/hub.yaml: there is no queue "${use}"; known: ${known}.`,
    );
  }
  return open({
    onError: (error, topic, id) => {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log('error', `${topic} failed, and is found again by the watcher`, { topic, id, reason });
    },
  });
}

/** Structured lines on standard error: ids and reasons, never a payload or a secret. */
function logger(level: string): Log {
  const out = pino({ level, base: { pid: process.pid } }, pino.destination(2));
  return (severity, text, facts) => out[severity](facts ?? {}, text);
}

/** Makes the folder of the data. Throws HubError when nothing can be written there. */
function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'EROFS' ? 'the disk is read-only' : 'no rights';
    throw new HubError('config-invalid', `Nothing can be written to ${folder}: ${why}.`, {
      cause: error,
    });
  }
}

/** The administrator's key: made once, kept in a file for its owner alone, stored hashed. */
async function administratorKey(root: string, parts: Parts): Promise<string> {
  const file = join(root, 'data', 'keys', 'admin');
  const known = readIfThere(file);
  const key = known ?? newKey();
  if (known === undefined) {
    mkdirSync(join(root, 'data', 'keys'), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  if ((await parts.store.apiKeyByHash(hashKey(key))) === undefined) {
    const createdAt = parts.clock.now();
    const row = { id: parts.makeId(), name: 'admin', hash: hashKey(key), role: 'admin', createdAt };
    await parts.store.addApiKey(row);
  }
  return file;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** How a path is told to a person: below where they stand, where it is. */
export const toldPath = (path: string): string => {
  const below = relative(process.cwd(), path);
  return below.startsWith('..') ? path : below;
};
