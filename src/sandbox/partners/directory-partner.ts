/**
 * A partner who trades by files: drops what it has to say into `in`, reads what the hub leaves in
 * `out`, and takes it away into an archive of its own.
 */
import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../model/time.ts';
import type { Desk, Outgoing } from './desk.ts';
import type { DeskEvent, PartnerEvent } from './event.ts';
import { type DeskState, loadState, saveState } from './state.ts';
import { writeWhole } from './whole-file.ts';

export interface DirectoryPartnerOptions {
  readonly desk: Desk;
  /** Holds `in` (what the hub reads) and `out` (what it writes): `data/acme`. */
  readonly folder: string;
  readonly clock: Clock;
  readonly on: (event: PartnerEvent) => void;
}

export interface DirectoryPartner {
  readonly partner: string;
  /** Drops an order for the hub; returns its number. */
  sendOrder(): Promise<string>;
  stop(): Promise<void>;
}

/** The watcher is quick; the poll finds what it missed. */
const pollMs = 500;

export async function startDirectoryPartner(
  options: DirectoryPartnerOptions,
): Promise<DirectoryPartner> {
  const office = new Office(options);
  await office.open();
  return {
    partner: options.desk.partner,
    sendOrder: () => office.sendOrder(),
    stop: () => office.close(),
  };
}

class Office {
  readonly #options: DirectoryPartnerOptions;
  readonly #archive: string;
  readonly #stateFile: string;
  readonly #state: DeskState;
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  /** One thing after another: the state has one writer. */
  #last: Promise<unknown> = Promise.resolve();
  #isLookAsked = false;

  constructor(options: DirectoryPartnerOptions) {
    this.#options = options;
    this.#archive = join(options.folder, 'partner', 'archive');
    this.#stateFile = join(options.folder, 'partner', 'state.json');
    this.#state = loadState(this.#stateFile);
  }

  async open(): Promise<void> {
    const { folder } = this.#options;
    for (const path of [join(folder, 'in'), join(folder, 'out'), this.#archive]) {
      await mkdir(path, { recursive: true });
    }
    this.#watcher = watch(join(folder, 'out'), () => this.#look());
    this.#poll = setInterval(() => this.#look(), pollMs);
    this.#look();
  }

  sendOrder(): Promise<string> {
    return this.#inTurn(async () => {
      const { desk, clock } = this.#options;
      const { orderNumber, ...outgoing } = desk.order(this.#state, clock.now());
      await saveState(this.#stateFile, this.#state);
      await this.#drop(outgoing);
      return orderNumber;
    });
  }

  async close(): Promise<void> {
    this.#watcher?.close();
    clearInterval(this.#poll);
    await this.#last.catch(() => undefined);
  }

  #look(): void {
    if (this.#isLookAsked) return;
    this.#isLookAsked = true;
    this.#inTurn(() => this.#readAll()).catch((error: unknown) => this.#tellFault(error));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #readAll(): Promise<void> {
    this.#isLookAsked = false;
    const out = join(this.#options.folder, 'out');
    for (const name of await oldestFirst(out)) await this.#readOne(out, name);
  }

  /** Numbers are written down before they are used, and the file stays until it is answered. */
  async #readOne(out: string, name: string): Promise<void> {
    const { desk, clock } = this.#options;
    const bytes = await readFile(join(out, name));
    const { events, replies } = desk.receive(bytes, this.#state, clock.now());
    await saveState(this.#stateFile, this.#state);
    for (const event of events) this.#tell(event, name);
    for (const reply of replies) await this.#drop(reply);
    await rename(join(out, name), join(this.#archive, name));
  }

  async #drop({ fileName, bytes, event }: Outgoing): Promise<void> {
    await writeWhole(join(this.#options.folder, 'in', fileName), bytes);
    this.#tell(event, fileName);
  }

  #tell(event: DeskEvent, file?: string): void {
    const { desk, on } = this.#options;
    on({ partner: desk.partner, ...event, ...(file !== undefined && { file }) });
  }

  #tellFault(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#tell({ what: 'fault', message: 'file', number: '', text });
  }
}

/** Files in the order in which they were written, so that a ship notice is read before its invoice. */
async function oldestFirst(folder: string): Promise<readonly string[]> {
  const files: { name: string; at: bigint }[] = [];
  for (const name of (await readdir(folder)).filter(isFinished)) {
    files.push({ name, at: (await stat(join(folder, name), { bigint: true })).mtimeNs });
  }
  const compare = (one: bigint, other: bigint) => (one < other ? -1 : one > other ? 1 : 0);
  return files
    .sort((one, other) => compare(one.at, other.at) || one.name.localeCompare(other.name))
    .map(({ name }) => name);
}

const isFinished = (name: string): boolean =>
  !name.startsWith('.') && !name.endsWith('.tmp') && !name.endsWith('.part') && name.includes('.');
