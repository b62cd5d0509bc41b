/**
 * Golden cases: a folder below test/golden/check holds input.edi, findings.json (all findings of
 * all messages) and, where the placement matters, tree.txt. A new case is a new folder.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkFile } from '../../support/check-file.ts';

const folder = join(import.meta.dirname, '..', '..', 'golden', 'check');

describe('check: golden cases', () => {
  for (const name of readdirSync(folder)) {
    it(name.replaceAll('-', ' '), () => {
      const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8');
      const messages = checkFile(readFileSync(join(folder, name, 'input.edi')));
      const findings = messages.flatMap((it) => it.findings);
      expect(findings).to.deep.equal(JSON.parse(read('findings.json')));
      if (existsSync(join(folder, name, 'tree.txt'))) {
        expect(messages.map((it) => it.tree).join('\n')).to.equal(read('tree.txt').trimEnd());
      }
    });
  }
});
