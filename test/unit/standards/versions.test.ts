/** Every installed version is found, others fall to the nearest, and no file is read twice. */
import { join } from 'node:path';
import { expect } from 'chai';
import { standardFiles } from '../../../src/standards/files.ts';
import { standardsOf } from '../../../src/standards/load.ts';
import { checkFile, edifactFile, standards } from '../../support/check-file.ts';
import { allMessages } from '../../support/samples.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'standards');
const ofEdifact = allMessages.filter(([standard]) => standard === 'edifact');
const directories = [...new Set(ofEdifact.map(([, version]) => version))];

const find = (version: string, name: string, association?: string) =>
  standards.find({
    ...{ standard: 'edifact', version, name },
    ...(association === undefined ? {} : { association }),
  });

describe('versions of EDIFACT', () => {
  it('are found by their own directory, whatever association code a message has', () => {
    expect(directories).to.have.length.above(50);
    for (const directory of directories) {
      for (const association of [undefined, 'EAN008', 'EAN010', 'ODETTE']) {
        const found = find(directory, 'ORDERS', association);
        expect(found?.definition.type.version, directory).to.equal(directory);
        expect(found?.insteadOf, directory).to.equal(undefined);
      }
    }
  });

  it('of EANCOM are judged by their base directory, and their codes are not', () => {
    for (const base of ['D:96A:UN:EAN008', 'D:01B:UN:EAN010', 'D:93A:UN:EAN007']) {
      const body = ['BGM+220+PO1+9', 'DTM+137:20240229:102', 'NAD+QQQ', 'LIN+1', 'UNS+S'];
      const [checked] = checkFile(edifactFile('ORDERS', body, base));
      expect(checked?.findings, base).to.deep.equal([]);
    }
  });

  const stands: Readonly<Record<string, string>> = {
    ...{ S93A: 'D93A', D92A: 'D93A', '911': 'D93A', '2901': 'D93A' },
    ...{ D25A: 'D24A', D30B: 'D24A', D96C: 'D96A', D96: 'D96A', D22: 'D22A' },
  };
  for (const [version, nearest] of Object.entries(stands)) {
    it(`fall from ${version} to ${nearest}`, () => {
      const found = find(version, 'ORDERS');
      expect(found?.definition.type.version).to.equal(nearest);
      expect(found?.insteadOf).to.equal(version);
    });
  }

  it('that stand in are said so, once a message', () => {
    const body = ['BGM+220+PO1+9', 'DTM+137:20240229:102', 'LIN+1', 'UNS+S'];
    const [checked] = checkFile(edifactFile('ORDERS', body, 'D:25A:UN'));
    expect(checked?.findings.map(({ code }) => code)).to.deep.equal(['version-stands-in']);
    expect(checked?.findings[0]?.text).to.match(/'D25A' is not installed.*D24A/);
  });

  it('that nobody can place are none', () => {
    for (const version of ['', 'D', 'XX', 'D96A ', 'D/..']) {
      expect(find(version, 'ORDERS'), version).to.equal(undefined);
    }
    expect(find('D96A', 'NOSUCH')).to.equal(undefined);
  });
});

describe('a thousand different messages', () => {
  it('are found with no file read twice', () => {
    const files = standardFiles([folder]);
    const reads = new Map<string, number>();
    const counted = standardsOf({
      ...files,
      read(below, name) {
        const key = `${below}/${name}`;
        reads.set(key, (reads.get(key) ?? 0) + 1);
        return files.read(below, name);
      },
    });
    const step = Math.ceil(allMessages.length / 1000);
    const chosen = allMessages.filter((_, at) => at % step === 0);
    for (let round = 0; round < 2; round += 1) {
      for (const [standard, version, name] of chosen) {
        expect(counted.find({ standard, version, name })?.insteadOf).to.equal(undefined);
      }
    }
    for (const version of ['D3', '41'])
      counted.find({ standard: 'edifact', version, name: 'CONTRL' });
    for (const syntax of ['1', '3', '4']) counted.service?.(syntax, 'UNB');
    expect(chosen).to.have.length.above(900);
    const twice = [...reads].filter(([, count]) => count > 1).map(([file]) => file);
    expect(twice).to.deep.equal([]);
  }).timeout(60_000);
});
