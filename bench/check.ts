/**
 * Decoding and checking 10 MB of 850s against X12 004010, and of ORDERS against D96A (each segment
 * placed, each element judged), beside npm x12-parser's bare parse of the 850s, in alternated runs.
 *
 *     node bench/check.ts [runs] [850|ORDERS]
 */
import { join } from 'node:path';
import { edifact } from '../src/codecs/edifact/index.ts';
import { x12 } from '../src/codecs/x12/index.ts';
import { type Codec, type CodecEvent, defaultDecodeLimits } from '../src/model/codec.ts';
import { checkMessage } from '../src/standards/check.ts';
import { openStandards } from '../src/standards/load.ts';
import { runApart } from './apart.ts';
import { besideBareParse } from './beside-bare-parse.ts';
import { generateOrders } from './generate.ts';

const standards = openStandards([join(import.meta.dirname, '..', 'standards')]);

const runs = Number(process.argv[2] ?? 7);
const target = 3;

const contests = {
  '850': () =>
    besideBareParse({ what: '850s decoded and checked', ours: checkAll(x12), runs, target }),
  ORDERS: () =>
    besideBareParse({
      what: 'ORDERS decoded and checked',
      file: generateOrders(10_000_000, 42),
      ours: checkAll(edifact),
      runs,
      target,
    }),
};
await runApart(import.meta.filename, contests, { runs, named: process.argv[3] });

/** Throws on a finding: the file is valid, so one is a fault of the check. */
function checkAll(codec: Codec): (chunks: readonly Buffer[]) => void {
  const on = (event: CodecEvent): void => {
    if (event.is !== 'message') return;
    const definition = standards.find(event.message.type)?.definition;
    if (definition === undefined) throw new Error('The version is not installed');
    const [finding] = checkMessage(event.message, definition).findings;
    if (finding !== undefined) throw new Error(`${finding.place.path}: ${finding.text}`);
  };
  return (chunks) => {
    const decoder = codec.decoder(on, { limits: defaultDecodeLimits });
    for (const chunk of chunks) decoder.write(chunk);
    decoder.end();
  };
}
