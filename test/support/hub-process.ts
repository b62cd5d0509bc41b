/** A hub as its own process, as a user starts it; tests talk to it over HTTP and may kill it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');
const START_MS = 30_000;
const HEALTH_MS = 3_000;

export interface HubProcess {
  readonly url: string;
  /** The pid that /health names. */
  readonly pid: number;
  readonly process: ChildProcess;
  /** Standard error so far. */
  log(): string;
  /** GET of the API with the administrator's key. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string): Promise<T>;
  /** GET of the exact bytes that came or went. */
  bytes(path: string): Promise<Buffer>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface HubStart {
  readonly root: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
}

/** Starts `tradelane serve --port 0` in a folder and waits until it says where it listens. */
export async function startHubProcess(start: HubStart): Promise<HubProcess> {
  const words = start.words ?? ['serve', '--port', '0', '--json'];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...words], {
    cwd: start.root,
    env: { ...process.env, ...start.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-100_000);
  });
  const ready = await readyLine(child, () => log);
  const key = readFileSync(ready.keyFile, 'utf8').trim();
  const request = async <T>(method: string, path: string): Promise<T> => {
    const response = await fetch(new URL(path, ready.url), {
      method,
      headers: { authorization: `Bearer ${key}` },
    });
    const body = (await response.json()) as T & { detail?: string };
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${body.detail}`);
    return body;
  };
  const pid = await namedByHealth(ready);
  return {
    url: ready.url,
    pid,
    process: child,
    log: () => log,
    get: (path) => request('GET', path),
    post: (path) => request('POST', path),
    bytes: async (path) => {
      const headers = { authorization: `Bearer ${key}` };
      return Buffer.from(await (await fetch(new URL(path, ready.url), { headers })).arrayBuffer());
    },
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      process.kill(pid, signal);
      await exited;
    },
  };
}

/** A hub that stands at a fault point since its start answers no request: its first line named it. */
async function namedByHealth(ready: Ready): Promise<number> {
  const signal = AbortSignal.timeout(HEALTH_MS);
  const asked = fetch(new URL('/health', ready.url), { signal });
  try {
    return ((await (await asked).json()) as { pid: number }).pid;
  } catch {
    return ready.pid;
  }
}

interface Ready {
  readonly url: string;
  readonly pid: number;
  /** Where the administrator's key is; the key itself is never printed. */
  readonly keyFile: string;
}

/** The first line of `serve --json`. */
function readyLine(child: ChildProcess, log: () => string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why: string): void =>
      reject(new Error(`the hub did not start: ${why}\n${log()}`));
    const timer = setTimeout(() => fail('no word in time'), START_MS);
    child.once('exit', (code) => fail(`exit ${code}`));
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      resolve(JSON.parse(text.slice(0, end)) as Ready);
    });
  });
}
