/**
 * Decoding and checking 10 MB of 850s against X12 004010 (each segment placed, each element judged)
 * beside npm x12-parser's bare parse, in alternated runs of one process.
 *
 *     node bench/check.ts [runs]
 */
import { join } from 'node:path';
import { x12 } from '../src/codecs/x12/index.ts';
import { defaultDecodeLimits } from '../src/model/codec.ts';
import { checkMessage } from '../src/standards/check.ts';
import { openStandards } from '../src/standards/load.ts';
import { besideBareParse } from './beside-bare-parse.ts';

const standards = openStandards([join(import.meta.dirname, '..', 'standards')]);

await besideBareParse({
  what: 'decoded and checked',
  ours: checkAll,
  runs: Number(process.argv[2] ?? 7),
  target: 2,
});

/** Throws on a finding: the file is valid, so one is a fault of the check. */
function checkAll(chunks: readonly Buffer[]): void {
  const decoder = x12.decoder(
    (event) => {
      if (event.is !== 'message') return;
      const definition = standards.find(event.message.type)?.definition;
      if (definition === undefined) throw new Error('X12 004010 is not installed');
      const [finding] = checkMessage(event.message, definition).findings;
      if (finding !== undefined) throw new Error(`${finding.place.path}: ${finding.text}`);
    },
    { limits: defaultDecodeLimits },
  );
  for (const chunk of chunks) decoder.write(chunk);
  decoder.end();
}
