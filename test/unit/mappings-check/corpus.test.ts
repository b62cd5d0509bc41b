import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { codecs } from '../../../src/codecs/index.ts';
import { differences } from '../../../src/mappings/check/compare.ts';
import { looseLists } from '../../../src/mappings/check/loose-lists.ts';
import { throughBytes } from '../../../src/mappings/check/through-bytes.ts';
import { defaultDecodeLimits } from '../../../src/model/codec.ts';
import { isHubError } from '../../../src/model/errors.ts';
import { isError } from '../../../src/model/finding.ts';
import type { Message } from '../../../src/model/message.ts';
import { checkMessage } from '../../../src/standards/check.ts';
import { mappings, standards } from './open.ts';

const folder = process.env['CORPUS_DIR'] ?? '';

/**
 * Least share of the values of real messages that the files read, in percent. Malformed messages
 * are counted too, and other versions of the standard are read with the file that is nearest.
 */
const floors: Readonly<Record<string, number>> = {
  'x12/004010/810': 98,
  'x12/004010/820': 97,
  'x12/004010/850': 96,
  'x12/004010/855': 98,
  'x12/004010/856': 98,
  'edifact/D96A/ORDERS': 91,
  'edifact/D96A/DESADV': 85,
  'edifact/D96A/INVOIC': 84,
  'cxml/OrderRequest': 75,
};

interface Tally {
  messages: number;
  read: number;
  unmapped: number;
  /** Documents that came back whole after writing, of those that could be written. */
  written: number;
  readonly changed: string[];
}

describe('mapping files on real messages (needs CORPUS_DIR)', function () {
  this.timeout(120_000);
  const tallies = new Map<string, Tally>();

  before(function () {
    if (!existsSync(join(folder, 'INDEX.tsv'))) this.skip();
    for (const file of filesOf(join(folder, 'INDEX.tsv'))) readFile(file, tallies);
  });

  for (const [name, floor] of Object.entries(floors)) {
    it(`${name} reads at least ${floor} % of all values, and documents stay as they are`, () => {
      const { read, unmapped, changed, written, messages } = tallies.get(name)!;
      expect((100 * read) / (read + unmapped)).to.be.greaterThan(floor);
      expect(changed).to.deep.equal([]);
      expect(written).to.be.greaterThan(messages / 2);
    });
  }
});

const filesOf = (index: string): readonly string[] =>
  readFileSync(index, 'utf8')
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '')
    .filter((file) => /^(?:x12|edifact|cxml)\//.test(file) && !file.endsWith('.dtd'));

function readFile(file: string, tallies: Map<string, Tally>): void {
  const bytes = readFileSync(join(folder, file));
  const codec = codecs.find(({ sniff }) => sniff(bytes.subarray(0, 4096)));
  if (codec === undefined) return;
  const decoder = codec.decoder(
    (event) => {
      if (event.is === 'message') readMessage(file, event.message, tallies);
    },
    { limits: defaultDecodeLimits },
  );
  decoder.write(bytes);
  decoder.end();
}

function readMessage(file: string, message: Message, tallies: Map<string, Tally>): void {
  const name = nameOf(message);
  if (name === undefined) return;
  const bound = mappings.rules(name);
  const mapping = mappings.get(name);
  const tally = tallies.get(name) ?? { messages: 0, read: 0, unmapped: 0, written: 0, changed: [] };
  tallies.set(name, tally);
  const placed =
    message.content.form === 'segments'
      ? checkMessage(message, standards.find(bound.message)!.definition).root
      : undefined;
  const lineage: Parameters<typeof mapping.read>[2]['lineage'] & object = [];
  const { document, findings } = mapping.read(message, placed, { lineage });
  tally.messages++;
  tally.read += lineage.filter(({ how }) => how === 'copied' || how === 'code').length;
  tally.unmapped += findings.filter(({ code }) => code === 'unmapped').length;
  const written = mapping.write(document, {});
  if (written.findings.some((each) => isError(each) || each.code === 'lost')) return;
  try {
    const back = throughBytes(written.content, bound.message, standards, (again) =>
      mapping.read(again.message, again.checked?.root, {}),
    );
    const [first] = differences(document, back.document, bound.document, looseLists(bound));
    if (first === undefined) tally.written++;
    else tally.changed.push(`${file}: ${first.path}: ${first.wanted} became ${first.found}`);
  } catch (error) {
    // Characters that the charset of the check does not have.
    if (!isHubError(error) || error.code !== 'cannot-encode') throw error;
  }
}

/** The project's own file for a message, whatever its version; undefined where there is none. */
function nameOf({ type }: Message): string | undefined {
  const { standard, version, name } = type;
  if (standard === 'x12' && !/^00(?:30|40)/.test(version)) return undefined;
  const versions: Record<string, string> = {
    x12: 'x12/004010',
    edifact: 'edifact/D96A',
    cxml: 'cxml',
  };
  const full = `${versions[standard]}/${name}`;
  return mappings.names().includes(full) ? full : undefined;
}
