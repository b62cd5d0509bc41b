/** Watches a folder: at once where the system tells of changes, and by looking every so often. */
import { type FSWatcher, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { ReceivePort, Receiver } from '../../model/transport.ts';
import { isTemporary, type RawName, shownName } from './file-name.ts';
import { type FoundFile, look, newMemory, noteTemporary } from './look.ts';
import { type Folders, pickUp } from './pick-up.ts';
import type { DirectoryInSettings } from './settings.ts';

export async function receiveFromDirectory(
  connector: string,
  given: Readonly<Record<string, unknown>>,
  port: ReceivePort,
): Promise<Receiver> {
  const receiver = new DirectoryReceiver(connector, given as DirectoryInSettings, port);
  await receiver.start();
  return receiver;
}

/** After an event, others of the same change are waited for. */
const gatherMs = 10;
const backOffMaxMs = 60_000;

class DirectoryReceiver implements Receiver {
  readonly #connector: string;
  readonly #settings: DirectoryInSettings;
  readonly #port: ReceivePort;
  readonly #folders: Folders;
  readonly #pollMs: number;
  readonly #settleMs: number;
  readonly #memory = newMemory();
  readonly #failures = new Map<RawName, { readonly untilMs: number; readonly count: number }>();
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;
  #complained = '';

  constructor(connector: string, settings: DirectoryInSettings, port: ReceivePort) {
    this.#connector = connector;
    this.#settings = settings;
    this.#port = port;
    this.#pollMs = (settings.pollSeconds ?? 1) * 1000;
    this.#settleMs = (settings.settleSeconds ?? 2) * 1000;
    const path = port.path(settings.path);
    this.#folders = {
      label: settings.path,
      path,
      done: settings.done === undefined ? join(path, 'done') : port.path(settings.done),
      error: settings.error === undefined ? join(path, 'error') : port.path(settings.error),
    };
  }

  async start(): Promise<void> {
    await this.#look(false);
    this.#lookIn(this.#pollMs);
  }

  /** Looks now, also at files whose last try failed. */
  poll(): Promise<void> {
    return this.#enqueue(true);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#watcher?.close();
    await this.#looking;
  }

  /** Looks follow one another; two at once would take a file twice. */
  #enqueue(isForced: boolean): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look(isForced));
    return this.#looking;
  }

  #lookIn(delayMs: number): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#enqueue(false), delayMs);
  }

  async #look(isForced: boolean): Promise<void> {
    if (this.#isStopped) return;
    let isPending = false;
    try {
      await this.#prepare();
      const nowMs = this.#port.clock.monotonic();
      const options = { pattern: this.#settings.pattern, settleMs: this.#settleMs, nowMs };
      const seen = await look(this.#folders.path, this.#memory, options);
      isPending = seen.isPending;
      for (const file of seen.ready) {
        if (this.#isStopped) return;
        if (isForced || this.#mayTry(file.name)) await this.#take(file);
      }
      this.#complained = '';
    } catch (error) {
      this.#complain(error);
    }
    this.#lookIn(isPending ? Math.min(this.#pollMs, this.#settleMs + 1) : this.#pollMs);
  }

  /** Our own folders are made; one of the system may be a mount that is not there yet. */
  async #prepare(): Promise<void> {
    const { path, done, error } = this.#folders;
    if (!isAbsolute(this.#settings.path)) await mkdir(path, { recursive: true });
    this.#watch();
    await mkdir(done, { recursive: true });
    await mkdir(error, { recursive: true });
  }

  /** Without events (no watches left, a network file system) the folder is still looked at. */
  #watch(): void {
    if (this.#watcher !== undefined || this.#isStopped) return;
    const watcher = watch(this.#folders.path, { encoding: 'latin1' });
    watcher.on('change', (_kind, name) => this.#changed(String(name)));
    watcher.on('error', () => {
      watcher.close();
      this.#watcher = undefined;
    });
    this.#watcher = watcher;
  }

  #changed(name: RawName): void {
    if (this.#isStopped) return;
    if (!isTemporary(name)) {
      this.#lookIn(gatherMs);
      return;
    }
    try {
      noteTemporary(this.#folders.path, name, this.#memory);
    } catch (error) {
      // Thrown on, it would end the process: this is called by the system's watcher.
      this.#complain(error);
    }
  }

  async #take(file: FoundFile): Promise<void> {
    try {
      await pickUp(this.#connector, file, this.#folders, this.#port);
      this.#failures.delete(file.name);
    } catch (error) {
      this.#failed(file, error);
    }
  }

  #mayTry(name: RawName): boolean {
    const failure = this.#failures.get(name);
    return failure === undefined || failure.untilMs <= this.#port.clock.monotonic();
  }

  #failed(file: FoundFile, error: unknown): void {
    const count = (this.#failures.get(file.name)?.count ?? 0) + 1;
    const waitMs = Math.min(this.#pollMs * 2 ** Math.min(count, 16), backOffMaxMs);
    this.#failures.set(file.name, { untilMs: this.#port.clock.monotonic() + waitMs, count });
    this.#port.log('warn', `${shownName(file.name)} stays where it is: ${textOf(error)}`, {
      connector: this.#connector,
      tries: count,
    });
  }

  /** A folder that cannot be read is said once, not at every look. */
  #complain(error: unknown): void {
    const text = textOf(error);
    if (text === this.#complained) return;
    this.#complained = text;
    this.#port.log('error', `Cannot watch ${this.#folders.path}: ${text}`, {
      connector: this.#connector,
    });
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
