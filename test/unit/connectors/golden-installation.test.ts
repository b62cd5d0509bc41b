/**
 * Each folder of test/golden/installation is an installation; faults.txt holds what is told of it.
 * Run with UPDATE_GOLDEN=1 to write what is missing, and read it before it is committed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { faultText } from '../../../src/connectors/fault.ts';
import { loadInstallation } from '../../../src/connectors/installation.ts';
import { transports } from '../../../src/transports/index.ts';

const suite = join(import.meta.dirname, '../../golden/installation');

describe('installations with faults', () => {
  for (const name of readdirSync(suite)) {
    it(name, () => {
      const root = join(suite, name);
      const { connectors, faults } = loadInstallation(root, { env: {}, transports });
      const good = `good: ${connectors.map(({ id }) => id).join(' ')}`;
      const told = `${[...faults.map(faultText), good].join('\n')}\n`;
      const file = join(root, 'faults.txt');
      if (process.env['UPDATE_GOLDEN'] === '1' && !existsSync(file)) writeFileSync(file, told);
      expect(told).to.equal(readFileSync(file, 'utf8'));
    });
  }
});
