/**
 * Runs a reader of ours and npm x12-parser's bare parse over the same 10 MB of 850s, in alternated
 * runs of one process, and prints the medians of their processor time.
 */
import { setFlagsFromString } from 'node:v8';
import { X12parser } from 'x12-parser';
import { generate850s } from './generate.ts';

// As in the program (src/cli.ts), for both.
setFlagsFromString('--no-allocation-site-pretenuring');

export interface Contest {
  /** What ours does: `850s decoded and checked`. */
  readonly what: string;
  /** What ours reads: the 850s that the peer reads, unless other bytes are given. */
  readonly file?: Buffer;
  /** Reads the chunks once, and throws when anything in them is found wrong. */
  readonly ours: (chunks: readonly Buffer[]) => void;
  readonly runs: number;
  /** So many times as fast as the peer. */
  readonly target: number;
}

export async function besideBareParse({ what, file, ours, runs, target }: Contest): Promise<void> {
  const chunks = cut(generate850s(10_000_000, 42));
  const own = file === undefined ? chunks : cut(file);
  const readers = { ours: () => ours(own), peer: () => parseBare(chunks) };
  const times: Record<keyof typeof readers, number[]> = { ours: [], peer: [] };
  readers.ours();
  for (let run = 0; run < runs; run += 1) {
    const names = Object.keys(times) as (keyof typeof readers)[];
    for (const name of run % 2 === 0 ? names : names.toReversed()) {
      times[name].push(await cpuMilliseconds(readers[name]));
    }
  }
  const [mine, theirs] = [median(times.ours), median(times.peer)];
  const ratio = theirs / mine;
  console.log(
    `${what} ${mine.toFixed(0)} ms, x12-parser's bare parse ${theirs.toFixed(0)} ms, ` +
      `${ratio.toFixed(1)} times (target ${target}) ${ratio >= target ? 'good' : 'TOO SLOW'}`,
  );
}

/** Its segments are made and let go: not even one value is looked at. */
function parseBare(chunks: readonly Buffer[]): Promise<void> {
  const parser = new X12parser();
  return new Promise((resolve, reject) => {
    parser
      .on('error', reject)
      .on('end', resolve)
      .on('data', () => {});
    for (const chunk of chunks) parser.write(chunk);
    parser.end();
  });
}

/** 64 KB, as a file stream gives them. */
function cut(file: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < file.length; at += 65_536) pieces.push(file.subarray(at, at + 65_536));
  return pieces;
}

async function cpuMilliseconds(read: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await read();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number;
}
