import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkMapping } from '../../../src/mappings/check/check-mapping.ts';
import { faultText } from '../../../src/mappings/fault.ts';
import { mappings, subjectOf } from './open.ts';

/**
 * Every mapping file of the project: no faults, the laws on generated documents, every mandatory
 * place written, and the list of fields that are always lost as it stands in
 * test/golden/mapping-files/<name>.lost.txt. UPDATE_GOLDEN=1 writes the lists anew.
 */
describe('mapping files', function () {
  this.timeout(60_000);

  for (const name of mappings.names()) {
    it(`${name} has no faults`, () => {
      const errors = mappings.check(name).filter(({ severity }) => severity !== 'info');
      expect(errors.map(faultText)).to.deep.equal([]);
    });

    it(`${name} keeps the laws on 150 documents`, () => {
      const check = checkMapping(subjectOf(name), { documents: 150, seed: 42 });
      expect(check.counterExample).to.equal(undefined);
      expect(check.kept, 'too few documents are in its domain').to.be.greaterThan(75);
      expect(Object.keys(check.refused).filter((code) => code !== 'shadowed')).to.deep.equal([]);
    });

    it(`${name} writes whatever is mandatory and loses what is listed`, () => {
      const { coverage } = checkMapping(subjectOf(name), { documents: 0, seed: 1 });
      expect(coverage.unwritten).to.deep.equal([]);
      const golden = `test/golden/mapping-files/${name.replaceAll('/', '.')}.lost.txt`;
      const lost = `${coverage.lost.join('\n')}\n`;
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, lost);
      expect(lost).to.equal(readFileSync(golden, 'utf8'));
    });
  }
});
