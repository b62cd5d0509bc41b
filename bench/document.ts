/**
 * Bytes to checked canonical documents: 10 MB of 850s decoded, checked against X12 004010 and read by
 * their mapping, beside npm x12-parser's bare parse, in alternated runs of one process.
 *
 *     node bench/document.ts [runs]
 */
import { join } from 'node:path';
import { x12 } from '../src/codecs/x12/index.ts';
import { documentField } from '../src/documents/field.ts';
import { isDocumentKind } from '../src/documents/registry.ts';
import { noLookups } from '../src/mappings/lookups.ts';
import { openMappings } from '../src/mappings/open.ts';
import { defaultDecodeLimits } from '../src/model/codec.ts';
import { isError } from '../src/model/finding.ts';
import { checkMessage } from '../src/standards/check.ts';
import { openStandards } from '../src/standards/load.ts';
import { besideBareParse } from './beside-bare-parse.ts';

const root = join(import.meta.dirname, '..');
const standards = openStandards([join(root, 'standards')]);
const mapping = openMappings({
  folders: [join(root, 'mappings')],
  standards,
  lookups: noLookups,
  documents: (kind) => (isDocumentKind(kind) ? documentField(kind) : undefined),
}).get('x12/004010/850');

await besideBareParse({
  what: 'bytes to checked documents',
  ours: readAll,
  runs: Number(process.argv[2] ?? 7),
  target: 1.2,
});

/** Throws on an error: the file is valid, so one is a fault of ours. */
function readAll(chunks: readonly Buffer[]): void {
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
    },
    { limits: defaultDecodeLimits },
  );
  for (const chunk of chunks) decoder.write(chunk);
  decoder.end();
}
