/** `tradelane read -` as its own process, fed as fast as it takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type GenerateOptions, stream850s } from '../generate.ts';
import { watchPeak } from './peak.ts';
import { type Tally, Tallying } from './tally.ts';

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');

export interface ReadFound {
  readonly bytes: number;
  readonly documents: Tally;
  readonly seconds: number;
  readonly peakMb: number;
}

export async function throughRead(root: string, order: GenerateOptions): Promise<ReadFound> {
  const began = performance.now();
  const child = spawn(process.execPath, [cli, 'read', '-'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  const peak = watchPeak(child.pid as number);
  const documents = new Tallying();
  let bytes = 0;
  const counted = function* () {
    for (const block of stream850s(order)) {
      bytes += block.length;
      yield block;
    }
  };
  const fed = pipeline(Readable.from(counted()), child.stdin);
  for await (const line of createInterface({ input: child.stdout })) documents.add(line);
  await fed;
  const [code] = await exited;
  if (code !== 0) throw new Error(`tradelane read ended with ${code}`);
  const seconds = (performance.now() - began) / 1000;
  return { bytes, documents: documents.end(), seconds, peakMb: peak.stop() };
}
