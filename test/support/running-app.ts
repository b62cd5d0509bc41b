/** A hub in this process, on the real store in a folder of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type App, startApp } from '../../src/app.ts';

export interface RunningApp extends App {
  readonly root: string;
  /** Writes a file of the installation; it counts after a reload. */
  write(path: string, lines: readonly string[]): void;
  post(connector: string, body: string, headers?: Record<string, string>): Promise<Posted>;
  /** Returns when nothing is under way. */
  settled(): Promise<void>;
  remove(): Promise<void>;
}

export interface Posted {
  readonly status: number;
  readonly text: string;
}

export type Files = Readonly<Record<string, readonly string[]>>;

/** Each connector's key is `<id>-key`, as `env:KEY_<ID>`. */
export async function runApp(files: Files): Promise<RunningApp> {
  const root = mkdtempSync(join(tmpdir(), 'tradelane-walk-'));
  const write = (path: string, lines: readonly string[]): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${lines.join('\n')}\n`);
  };
  for (const [path, lines] of Object.entries(files)) write(path, lines);
  const app = await startApp({ root, env: keysOf(files), port: 0, logLevel: 'silent' });
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (!isStopped) await app.stop();
    isStopped = true;
  };
  return {
    ...app,
    root,
    write,
    stop,
    post: (connector, body, headers = {}) => post(app.url, connector, body, headers),
    settled: () => settled(app),
    remove: async () => {
      await stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function keysOf(files: Files): Record<string, string> {
  const ids = Object.keys(files).flatMap(
    (path) => /^connectors\/(.+)\.yaml$/.exec(path)?.[1] ?? [],
  );
  return Object.fromEntries(ids.map((id) => [`KEY_${id.toUpperCase()}`, `${id}-key`]));
}

async function post(
  url: string,
  connector: string,
  body: string,
  headers: Record<string, string>,
): Promise<Posted> {
  const response = await fetch(`${url}/in/${connector}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${connector}-key`, ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** One step wakes the next in a later turn: idle twice in a row is idle. */
async function settled(app: App): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await app.hub.idle();
    await app.hub.look();
  }
  await app.hub.idle();
}
