/**
 * Memory: one X12 interchange of 200 MB and 60,000 messages through `tradelane read -`, and through
 * a running hub to an ERP stand-in. The peak resident memory (VmHWM) of either process stays under
 * 300 MB without Node options, and what comes out is, by count and digest, what comes out of the
 * same messages read one interchange each.
 *
 *     node bench/memory.ts [--messages 60000] [--hub-messages 60000] [--lines 76] [--seed 42]
 *                          [--only read|hub]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeInstallation } from './hub/installation.ts';
import { expected } from './memory/expected.ts';
import { throughHub } from './memory/hub.ts';
import { throughRead } from './memory/read.ts';
import type { Tally } from './memory/tally.ts';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '60000' },
    'hub-messages': { type: 'string' },
    lines: { type: 'string', default: '76' },
    seed: { type: 'string', default: '42' },
    only: { type: 'string' },
  },
});
const target = 300;
const messages = Number(values.messages);
const hubMessages = Number(values['hub-messages'] ?? messages);
const common = { seed: Number(values.seed), linesMax: Number(values.lines) };

mkdirSync('data', { recursive: true });
const root = resolve(mkdtempSync(join('data', 'bench-memory-')));
try {
  writeInstallation({ root, erpUrl: 'http://127.0.0.1:9', acknowledgements: 'directory' });
  if (values.only !== 'hub') await read();
  if (values.only !== 'read') await hub();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function read(): Promise<void> {
  const order = { ...common, messages };
  const [alone, found] = await Promise.all([expected(root, order), throughRead(root, order)]);
  console.log(
    `read -: ${(found.bytes / 1e6).toFixed(0)} MB, ${found.documents.count} documents in ` +
      `${found.seconds.toFixed(0)} s (beside this bench's own reading)`,
  );
  judge(found.peakMb, found.documents, alone.documents);
}

async function hub(): Promise<void> {
  const order = { ...common, messages: hubMessages };
  const alone = await expected(root, order);
  const found = await throughHub(root, order);
  console.log(
    `hub: ${(found.bytes / 1e6).toFixed(0)} MB taken in ${found.takenSeconds.toFixed(1)} s, ` +
      `checked and acknowledged after ${found.checkedSeconds.toFixed(0)} s, ` +
      `all ${found.payloads.count} in the ERP after ${found.seconds.toFixed(0)} s ` +
      `(${(found.payloads.count / found.seconds).toFixed(0)}/s)`,
  );
  judge(found.peakMb, found.payloads, alone.payloads);
}

function judge(peakMb: number, found: Tally, alone: Tally): void {
  const isEqual = found.count === alone.count && found.digest === alone.digest;
  console.log(
    `  peak ${peakMb.toFixed(0)} MB (target ${target}) ${peakMb < target ? 'good' : 'TOO MUCH'}`,
  );
  console.log(
    `  count and digest ${isEqual ? 'equal' : 'DIFFER'}: ${found.count}, ${found.digest.slice(0, 16)}`,
  );
}
