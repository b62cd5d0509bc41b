/**
 * Bytes to checked canonical documents: 10 MB of 850s decoded, checked against X12 004010 and read by
 * their mapping, beside npm x12-parser's bare parse, in alternated runs of one process.
 *
 *     node bench/document.ts [runs]
 */
import { join } from 'node:path';
import { X12parser } from 'x12-parser';
import { x12 } from '../src/codecs/x12/index.ts';
import { documentField } from '../src/documents/field.ts';
import { isDocumentKind } from '../src/documents/registry.ts';
import { noLookups } from '../src/mappings/lookups.ts';
import { openMappings } from '../src/mappings/open.ts';
import { defaultDecodeLimits } from '../src/model/codec.ts';
import { isError } from '../src/model/finding.ts';
import { checkMessage } from '../src/standards/check.ts';
import { openStandards } from '../src/standards/load.ts';
import { generate850s } from './generate.ts';

const runs = Number(process.argv[2] ?? 7);
const target = 1.2;
const root = join(import.meta.dirname, '..');
const standards = openStandards([join(root, 'standards')]);
const mapping = openMappings({
  folders: [join(root, 'mappings')],
  standards,
  lookups: noLookups,
  documents: (kind) => (isDocumentKind(kind) ? documentField(kind) : undefined),
}).get('x12/004010/850');
const chunks = cut(generate850s(10_000_000, 42));

const readers = { ours: readAll, 'x12-parser': parseBare };
const times: Record<keyof typeof readers, number[]> = { ours: [], 'x12-parser': [] };

console.log(`${readAll()} documents, each line of each read`);
for (let run = 0; run < runs; run += 1) {
  const names = Object.keys(times) as (keyof typeof readers)[];
  for (const name of run % 2 === 0 ? names : names.toReversed()) {
    times[name].push(await cpuMilliseconds(readers[name]));
  }
}
const [mine, theirs] = [median(times.ours), median(times['x12-parser'])];
const ratio = theirs / mine;
console.log(
  `bytes to checked documents ${mine.toFixed(0)} ms, x12-parser's bare parse ${theirs.toFixed(0)} ms, ` +
    `${ratio.toFixed(1)} times (target ${target}) ${ratio >= target ? 'good' : 'TOO SLOW'}`,
);

/** Throws on an error: the file is valid, so one is a fault of ours. */
function readAll(): number {
  let documents = 0;
  const decoder = x12.decoder(
    (event) => {
      if (event.is !== 'message') return;
      const definition = standards.find(event.message.type)?.definition;
      if (definition === undefined) throw new Error('X12 004010 is not installed');
      const checked = checkMessage(event.message, definition);
      const { document, findings } = mapping.read(event.message, checked.root, {});
      const fault = [...checked.findings, ...findings].find(isError);
      if (fault !== undefined) throw new Error(`${fault.place.path}: ${fault.text}`);
      if (document.document !== 'order' || document.lines === undefined)
        throw new Error('no lines');
      documents += 1;
    },
    { limits: defaultDecodeLimits },
  );
  for (const chunk of chunks) decoder.write(chunk);
  decoder.end();
  return documents;
}

/** Its segments are made and let go: not even one value is looked at. */
function parseBare(): Promise<void> {
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
