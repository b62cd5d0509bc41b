/**
 * Golden cases: a folder with `mapping.yaml` and a message. Its document, its findings both ways and
 * what is written again stand beside it. GOLDEN=write makes them anew: read the difference.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { validateDocument } from '../../../src/documents/registry.ts';
import { openFolders, testMapping } from './room.ts';

const home = join(import.meta.dirname, '..', '..', 'golden', 'mappings');
const cases = readdirSync(home).filter((name) => existsSync(join(home, name, 'mapping.yaml')));
const mappings = openFolders([home]);

describe('golden mappings', () => {
  for (const name of cases) {
    it(name, () => {
      const mapping = testMapping(mappings.get(`${name}/mapping`));
      const folder = join(home, name);
      const read = mapping.read(messageIn(folder));
      const written = mapping.write(read.document);
      const again = mapping.read(mapping.asMessage(written.text));
      expect(again.document).to.deep.equal(read.document);
      expect(validateDocument(read.document)).to.deep.equal([]);
      const findings = { read: read.findings, write: written.findings };
      compare(join(folder, 'document.json'), json(read.document));
      compare(join(folder, 'findings.json'), json(findings));
      compare(join(folder, 'written.txt'), `${written.text}\n`);
    });
  }
});

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function messageIn(folder: string): string {
  const file = readdirSync(folder).find((each) => each.startsWith('message.'));
  if (file === undefined) throw new Error(`${folder} has no message`);
  return readFileSync(join(folder, file), 'utf8');
}

function compare(path: string, text: string): void {
  if (process.env['GOLDEN'] === 'write') writeFileSync(path, text);
  expect(text).to.equal(readFileSync(path, 'utf8'));
}
