/** Each damage of an X12 envelope gives exactly its one finding, through the hub's examination. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { codecs } from '../../src/codecs/index.ts';
import { defaultHub } from '../../src/connectors/hub-config.ts';
import { envelopeFindings, inspect } from '../../src/hub/inspect.ts';
import type { Parts } from '../../src/hub/parts.ts';
import type { Finding } from '../../src/model/finding.ts';
import { standards } from '../support/check-file.ts';
import { setupOf } from '../support/hub-setup.ts';
import {
  damageMarkdown,
  damageTable,
  goodInterchanges,
} from '../support/mutations/envelope-damage.ts';

const setup = { ...setupOf([]), standards };
const parts: Pick<Parts, 'codecs' | 'limits' | 'setup'> = {
  codecs,
  limits: defaultHub.limits,
  setup: () => setup,
};

async function findingsOf(lines: readonly string[]): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const bytes = (async function* () {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  })();
  const inspected = await inspect({
    parts,
    bytes,
    connector: undefined,
    messageType: undefined,
    now: '2026-03-01T12:00:00.000Z',
    onMessage: ({ told }) => found.push(...told),
    onInterchangeEnd: (interchange) => found.push(...envelopeFindings(interchange)),
  });
  return [...found, ...inspected.findings];
}

describe('damaged X12 envelopes', () => {
  const [small = [], large = []] = goodInterchanges();

  it('are told of no good interchange', async () => {
    expect(await findingsOf(small)).to.deep.equal([]);
    expect(await findingsOf(large)).to.deep.equal([]);
  });

  for (const [name, row] of Object.entries(damageTable)) {
    for (const [size, lines] of [
      ['one set', small],
      ['two groups of two sets', large],
    ] as const) {
      it(`${name} of ${size}: ${row.finding}`, async () => {
        const found = await findingsOf(row.edit(lines));
        const told = found.map(({ code, severity, text }) => `${severity} ${code}: ${text}`);
        expect(found, told.join('\n')).to.have.length(1);
        expect(found[0]?.code, told[0]).to.equal(row.finding);
        expect(found[0]?.severity).to.equal(row.severity ?? 'error');
        expect(found[0]?.place.path).to.match(row.at);
      });
    }
  }

  it('are all in docs/mutations.md', () => {
    const file = join(import.meta.dirname, '..', '..', 'docs', 'mutations.md');
    expect(readFileSync(file, 'utf8')).to.contain(damageMarkdown());
  });
});
