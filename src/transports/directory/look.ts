/** One look into a watched folder: which files are there, and which of them are complete. */
import { type BigIntStats, lstatSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { isTemporary, matches, pathOf, type RawName } from './file-name.ts';

export interface FoundFile {
  readonly name: RawName;
  readonly size: bigint;
  readonly modifiedNs: bigint;
  readonly inode: bigint;
  readonly device: bigint;
}

/** What earlier looks saw. */
export interface Memory {
  /** Files as they were at the first of the looks that saw them so, and when that was. */
  resting: Map<RawName, { readonly file: FoundFile; readonly sinceMs: number }>;
  /**
   * Files that stood under a temporary name, and for how many looks they are still remembered; one
   * that then stands under another name was renamed, and so is complete.
   */
  readonly temporary: Map<string, number>;
}

export const newMemory = (): Memory => ({ resting: new Map(), temporary: new Map() });

const looksRemembered = 3;
const temporaryMax = 10_000;

export interface Look {
  /** Complete files, the oldest first. */
  readonly ready: readonly FoundFile[];
  /** Whether there are files that may be complete at a later look. */
  readonly isPending: boolean;
}

/** Files not yet complete are remembered for the next look; what is gone is forgotten. */
export async function look(
  folder: string,
  memory: Memory,
  options: {
    readonly pattern: string | undefined;
    readonly settleMs: number;
    readonly nowMs: number;
  },
): Promise<Look> {
  const resting: Memory['resting'] = new Map();
  const ready: FoundFile[] = [];
  for (const name of await namesIn(folder)) {
    const stat = await statOf(folder, name);
    if (stat === undefined || !stat.isFile()) continue;
    if (isTemporary(name)) remember(memory, stat);
    else if (matches(name, options.pattern)) {
      const file = foundFile(name, stat);
      const before = memory.resting.get(name);
      const rested = before !== undefined && isSame(before.file, file) ? before : undefined;
      resting.set(name, rested ?? { file, sinceMs: options.nowMs });
      const isRested = rested !== undefined && options.nowMs - rested.sinceMs >= options.settleMs;
      if (isRested || wasTemporary(memory, stat)) ready.push(file);
    }
  }
  memory.resting = resting;
  forgetOld(memory);
  return { ready: ready.sort(oldestFirst), isPending: ready.length < resting.size };
}

/** Remembers a file that just came to stand under a temporary name; synchronous, to be in time. */
export function noteTemporary(folder: string, name: RawName, memory: Memory): void {
  const stat = lstatSync(pathOf(folder, name), { bigint: true, throwIfNoEntry: false });
  if (stat?.isFile()) remember(memory, stat);
}

export function foundFile(name: RawName, stat: BigIntStats): FoundFile {
  const { size, mtimeNs: modifiedNs, ino: inode, dev: device } = stat;
  return { name, size, modifiedNs, inode, device };
}

export const isSame = (one: FoundFile, other: FoundFile): boolean =>
  one.size === other.size &&
  one.modifiedNs === other.modifiedNs &&
  one.inode === other.inode &&
  one.device === other.device;

/** An inode is soon given to another file; the time of birth, where kept, tells them apart. */
const identityOf = (stat: BigIntStats): string => `${stat.dev}/${stat.ino}/${stat.birthtimeNs}`;

function remember(memory: Memory, stat: BigIntStats): void {
  if (stat.birthtimeNs === 0n || memory.temporary.size >= temporaryMax) return;
  memory.temporary.set(identityOf(stat), looksRemembered);
}

const wasTemporary = (memory: Memory, stat: BigIntStats): boolean =>
  memory.temporary.has(identityOf(stat));

function forgetOld(memory: Memory): void {
  for (const [identity, looks] of memory.temporary) {
    if (looks === 0) memory.temporary.delete(identity);
    else memory.temporary.set(identity, looks - 1);
  }
}

function oldestFirst(one: FoundFile, other: FoundFile): number {
  if (one.modifiedNs !== other.modifiedNs) return one.modifiedNs < other.modifiedNs ? -1 : 1;
  return one.name < other.name ? -1 : 1;
}

/** Links are not followed: they are not files here. */
async function namesIn(folder: string): Promise<readonly RawName[]> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'latin1' });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function statOf(folder: string, name: RawName): Promise<BigIntStats | undefined> {
  return await lstat(pathOf(folder, name), { bigint: true }).catch(() => undefined);
}
