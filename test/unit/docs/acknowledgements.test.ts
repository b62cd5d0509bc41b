/** The examples of docs/acknowledgements.md are connectors as they may be written. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadInstallation } from '../../../src/connectors/installation.ts';
import { transports } from '../../../src/transports/index.ts';

const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'acknowledgements.md');
const page = readFileSync(file, 'utf8');

const blocks = [...page.matchAll(/(?:^ {4}.*\n|^\n(?= {4}))+/gm)]
  .map(([block]) => block.replace(/^ {4}/gm, ''))
  .filter((block) => /^\s*(inbound|ta1):/.test(block));

describe('the examples of docs/acknowledgements.md', () => {
  it('are without faults', () => {
    const root = mkdtempSync(join(tmpdir(), 'tradelane-acknowledgements-'));
    const head = 'ids: { x12: ZZ:A, edifact: 14:B }\nus: { x12: ZZ:U, edifact: 14:V }\n';
    mkdirSync(join(root, 'connectors'));
    for (const [at, block] of blocks.entries()) {
      const own = `${head.replaceAll(/:([AB])/g, `:$1${at}`)}in: { use: directory, path: in${at} }\n`;
      writeFileSync(join(root, 'connectors', `example${at}.yaml`), `${own}${block}`);
    }
    const { connectors, faults } = loadInstallation(root, { env: {}, transports });
    rmSync(root, { recursive: true, force: true });
    expect(faults).to.deep.equal([]);
    expect(connectors).to.have.length(4);
  });
});
