/**
 * Tokenizing 10 MB, every value made a string: ours beside npm x12-parser (X12) and npm edifact
 * (EDIFACT), in alternated runs.
 *
 *     node bench/tokenize.ts [runs] [x12|edifact]
 *
 * Each format is measured in a process of its own, unless it is named.
 */
import { edifact } from '../src/codecs/edifact/index.ts';
import { x12 } from '../src/codecs/x12/index.ts';
import { type Codec, defaultDecodeLimits } from '../src/model/codec.ts';
import { runApart } from './apart.ts';
import { generate850s, generateOrders } from './generate.ts';
import { readWithEdifact } from './peers/edifact.ts';
import { readWithX12Parser } from './peers/x12-parser.ts';

const runs = Number(process.argv[2] ?? 7);
const seed = 42;
const bytes = 10_000_000;

const contests: Readonly<Record<string, () => Promise<void>>> = {
  x12: () =>
    compare('X12 850', 9, generate850s(bytes, seed), ours(x12), {
      name: 'x12-parser',
      read: readWithX12Parser,
    }),
  edifact: () =>
    compare('EDIFACT ORDERS', 2.5, generateOrders(bytes, seed), ours(edifact), {
      name: 'edifact',
      read: readWithEdifact,
    }),
};

await runApart(import.meta.filename, contests, { runs, named: process.argv[3] });

type Read = (chunks: readonly Buffer[], onValue: (value: string) => void) => Promise<void>;
interface Peer {
  readonly name: string;
  readonly read: Read;
}

/** Every value of every message: tags, elements, components. */
function ours(codec: Codec): Peer {
  const read: Read = (chunks, onValue) => {
    const limits = defaultDecodeLimits;
    const decoder = codec.decoder(
      (event) => {
        if (event.is !== 'message' || event.message.content.form !== 'segments') return;
        event.message.content.segments.visit(onValue);
      },
      { limits },
    );
    for (const chunk of chunks) decoder.write(chunk);
    decoder.end();
    return Promise.resolve();
  };
  return { name: 'ours', read };
}

async function compare(name: string, target: number, file: Buffer, us: Peer, peer: Peer) {
  const chunks = cut(file);
  for (const one of [us, peer]) await cpuMilliseconds(one, chunks);
  const times: Record<string, number[]> = { [us.name]: [], [peer.name]: [] };
  for (let run = 0; run < runs; run++) {
    for (const one of run % 2 === 0 ? [us, peer] : [peer, us]) {
      times[one.name]!.push(await cpuMilliseconds(one, chunks));
    }
  }
  // Afterwards, so that what is timed is called with one function only.
  await verify(name, chunks, us, peer);
  const [ourTime, peerTime] = [median(times[us.name]!), median(times[peer.name]!)];
  const ratio = peerTime / ourTime;
  console.log(
    `${name}: ${us.name} ${ourTime.toFixed(0)} ms, ${peer.name} ${peerTime.toFixed(0)} ms, ` +
      `${ratio.toFixed(1)} times (target ${target}) ${ratio >= target ? 'good' : 'TOO SLOW'}`,
  );
}

/** 64 KB as a file stream gives them; none ends on a release character, which edifact breaks on. */
function cut(file: Buffer): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let start = 0; start < file.length; ) {
    let end = Math.min(start + 65_536, file.length);
    if (file[end - 1] === 0x3f) end++;
    chunks.push(file.subarray(start, end));
    start = end;
  }
  return chunks;
}

async function cpuMilliseconds(peer: Peer, chunks: readonly Buffer[]): Promise<number> {
  let characters = 0;
  const before = process.cpuUsage();
  await peer.read(chunks, (value) => {
    characters += value.length;
  });
  const used = process.cpuUsage(before);
  if (characters === 0) throw new Error(`${peer.name} read nothing`);
  return (used.user + used.system) / 1000;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}

async function verify(name: string, chunks: readonly Buffer[], us: Peer, peer: Peer) {
  const [mine, theirs] = [await digest(us, chunks), await digest(peer, chunks)];
  if (mine !== theirs) throw new Error(`${name}: ours read ${mine}, ${peer.name} ${theirs}`);
  console.log(`${name}: ${mine}, the same as ${peer.name}`);
}

/** Count of all values, and a hash over all their characters in order (FNV-1a). */
async function digest(peer: Peer, chunks: readonly Buffer[]): Promise<string> {
  let count = 0;
  let hash = 0x811c9dc5;
  await peer.read(chunks, (value) => {
    count++;
    for (let at = 0; at <= value.length; at++) {
      hash = Math.imul(hash ^ (at < value.length ? value.charCodeAt(at) : 0x100), 0x01000193);
    }
  });
  return `${count} values, checksum ${(hash >>> 0).toString(16)}`;
}
