import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Slot } from '../../../src/standards/definition.ts';
import { openStandards } from '../../../src/standards/load.ts';
import { readElement } from '../../../src/standards/notation.ts';
import { standards } from '../../support/check-file.ts';

const find = (standard: string, version: string, name: string, association?: string) =>
  standards.find({
    standard,
    version,
    name,
    ...(association === undefined ? {} : { association }),
  });

describe('openStandards', () => {
  it('finds a message with its functional group and its diagram', () => {
    const found = find('x12', '004010', '850');
    expect(found?.insteadOf).to.equal(undefined);
    expect(found?.definition.key).to.equal('x12/004010/850');
    expect(found?.definition.functionalId).to.equal('PO');
    const line = found?.definition.root.slots.find((it) => it.tag === 'PO1') as Slot;
    expect(line.max).to.equal(100_000);
    expect(line.mandatory).to.equal(true);
    expect(line.segment.elements[2]).to.deep.include({ id: '355', type: 'ID', min: 2, max: 2 });
    expect(line.segment.elements[2]?.codes?.has('EA')).to.equal(true);
    expect(line.segment.relations[0]).to.deep.equal({ kind: 'C', positions: [3, 2] });
  });

  it('names EDIFACT groups and takes their trigger as the tag', () => {
    const slots = find('edifact', 'D96A', 'ORDERS')?.definition.root.slots ?? [];
    const party = slots.find((it) => it.group === 'SG2');
    expect(party?.tag).to.equal('NAD');
    expect(party?.slots.map((it) => it.tag)).to.deep.equal(['LOC', 'FII', 'RFF', 'DOC', 'CTA']);
  });

  it('gives the same definition each time', () => {
    const first = find('x12', '004010', '850')?.definition;
    expect(find('x12', '004010', '850')?.definition).to.equal(first);
    expect(find('x12', '004011', '850')?.definition).to.equal(first);
  });

  it('lets the nearest version that has the message stand in', () => {
    expect(find('x12', '004011', '850')).to.deep.include({ insteadOf: '004011' });
    expect(find('x12', '002040', '850')?.definition.type.version).to.equal('003040');
    expect(find('x12', '007010', '999')?.definition.type.version).to.equal('005030');
    expect(find('edifact', '911', 'ORDERS')?.definition.type.version).to.equal('D93A');
    expect(find('edifact', '096A', 'ORDERS')?.definition.type.version).to.equal('D96A');
  });

  it('takes EANCOM messages by their directory', () => {
    expect(find('edifact', 'D96A', 'ORDERS', 'EAN008')?.insteadOf).to.equal(undefined);
  });

  it('knows CONTRL by its syntax', () => {
    for (const version of ['D3', '22', '']) {
      expect(find('edifact', version, 'CONTRL')?.definition.key).to.equal('edifact/D3/CONTRL');
    }
    expect(find('edifact', '41', 'CONTRL')?.definition.key).to.equal('edifact/41/CONTRL');
  });

  it('never lets a name out of a document become a path', () => {
    for (const name of ['../850', '850/../810', '..', '', '850\0', 'ORDERS.json', '__proto__']) {
      expect(find('x12', '004010', name), name).to.equal(undefined);
      expect(find('x12', name, 'segments'), name).to.equal(undefined);
    }
    expect(find('x12', '../x12/004010', '850')).to.equal(undefined);
    expect(find('..', '004010', '850')).to.equal(undefined);
    expect(find('x12', '004010', 'segments')).to.equal(undefined);
  });

  it('does not know what no folder has', () => {
    expect(find('x12', '004010', '999999')).to.equal(undefined);
    expect(find('edifact', 'ZZZ', 'ORDERS')).to.equal(undefined);
    expect(find('cxml', '1.2', 'OrderRequest')).to.equal(undefined);
    expect(openStandards(['/nowhere']).installed()).to.deep.equal([]);
  });

  it('lists what is installed', () => {
    expect(standards.installed()).to.include.members(['x12/004010', 'edifact/D96A']);
    expect(standards.installed()).not.to.include('edifact/service');
  });

  it('reads every message of every version', function () {
    this.timeout(60_000);
    for (const version of standards.installed()) {
      const [standard = '', directory = ''] = version.split('/');
      const name = standard === 'x12' ? '850' : 'ORDERS';
      const tags = find(standard, directory, name)?.definition.tags;
      expect(tags?.size, version).to.be.greaterThan(50);
    }
  });
});

describe('openStandards with folders of the installation', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'standards-'));
    mkdirSync(join(folder, 'x12/004010'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('adds to the ones before', () => {
    const shipped = join(import.meta.dirname, '..', '..', '..', 'standards');
    const own = { id: '999', group: 'XX', body: ['ZZ M 1'] };
    writeFileSync(join(folder, 'x12/004010/9Z9.json'), JSON.stringify(own));
    const both = openStandards([shipped, folder]);
    const type = { standard: 'x12', version: '004010' };
    expect(both.find({ ...type, name: '9Z9' })?.definition.functionalId).to.equal('XX');
    expect(both.find({ ...type, name: '850' })?.definition.functionalId).to.equal('PO');
  });

  it('says which file is damaged', () => {
    writeFileSync(join(folder, 'x12/004010/850.json'), '{"body": [');
    const type = { standard: 'x12', version: '004010', name: '850' };
    expect(() => openStandards([folder]).find(type)).to.throw(/850\.json is not JSON/);
  });
});

describe('notation', () => {
  it('reads elements with a length, a repeat or no name of their own', () => {
    expect(readElement('352O(1-30)')).to.deep.include({ id: '352', min: 1, max: 30 });
    expect(readElement('C819C*5')).to.deep.include({ id: 'C819', repeats: 5, mandatory: false });
    expect(readElement('?AN/1/3M')).to.deep.include({
      id: '',
      type: 'AN',
      max: 3,
      mandatory: true,
    });
    expect(readElement('?N2/1/9O')).to.deep.include({ type: 'N2', max: 9 });
    expect(readElement('I12M')).to.deep.include({ id: 'I12', mandatory: true });
  });
});
