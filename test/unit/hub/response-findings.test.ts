import { expect } from 'chai';
import type { Document } from '../../../src/documents/document.ts';
import { responseFindings } from '../../../src/hub/response-findings.ts';
import type { Finding } from '../../../src/model/finding.ts';

const order: Document = { document: 'order', number: '1', lines: [{ number: '10' }, {}] };
const finding = (given: Partial<Finding>): Finding => ({
  ...{ code: 'not-allowed', severity: 'error', fault: 'partner', place: { path: 'order' } },
  ...{ text: 'It is wrong.' },
  ...given,
});
const one = (given: Partial<Finding>, isBrief = false) =>
  responseFindings([finding(given)], order, isBrief)[0];

describe('findings as a partner is told them', () => {
  it('say which kind of fault it is', () => {
    const codes = (['required-missing', 'sum-differs', 'send-refused', 'not-allowed'] as const).map(
      (code) => one({ code }).code,
    );
    expect(codes).to.deep.equal(['missing', 'outOfBalance', 'other', 'incorrect']);
    const invalid = (text: string) => one({ code: 'document-invalid', text }).code;
    expect(invalid('The order is not as its schema says: number is missing.')).to.equal('missing');
    expect(invalid('The order is not as its schema says: x must be date.')).to.equal('incorrect');
  });

  it('name the line as the partner numbers it', () => {
    expect(one({ place: { path: 'lines[0].quantity' } }).line).to.equal('10');
    expect(one({ place: { path: 'lines[1].quantity' } }).line).to.equal('2');
    expect(one({ place: { path: 'parties.shipTo' } })).to.not.have.property('line');
  });

  it('keep our files to ourselves', () => {
    const text = 'config/lookups/items.csv has no ourItem where buyerItem = AC-9: add a row.';
    const told = one({ code: 'lookup-missing', text, value: 'AC-9' });
    expect(told).to.include({ code: 'unknown', text: 'Not known: AC-9', value: 'AC-9' });
    expect(told.lines).to.deep.equal(['AC-9 is not known here.']);
    const code =
      'Code "XX" is not known for lines[0].unit: add it to mappings/codes/x12/unit.yaml.';
    expect(one({ code: 'code-unknown', text: code, value: 'XX' }).lines).to.deep.equal([
      'Code XX is not known here.',
    ]);
  });

  it('name segment and element only where there is a place for them', () => {
    const place = { path: 'ST 0001 / PO1[2]', tag: 'PO1', segment: 8, element: 7 };
    expect(one({ place })).to.include({ segment: 'PO1', position: '8', element: '7' });
    expect(one({ place }).lines?.[0]).to.equal('ST 0001 / PO1[2]: It is wrong.');
    expect(one({ place }, true)).to.not.have.any.keys(
      'segment',
      'position',
      'element',
      'text',
      'value',
    );
  });

  it('are cut between words, to what the messages have room for', () => {
    const text = `${'word '.repeat(30)}\t\n${'x'.repeat(100)} ${'word '.repeat(60)}`;
    const lines = one({ text, value: 'v'.repeat(200) }).lines ?? [];
    expect(lines).to.have.lengthOf(5);
    expect(lines.every((line) => line.length <= 70 && line === line.trim())).to.equal(true);
    expect(lines[0]).to.equal('word '.repeat(14).trim());
    expect(lines[4]).to.match(/^x{30} word/);
    const long = one({ value: 'v'.repeat(200) });
    expect([long.text?.length, long.value?.length]).to.deep.equal([60, 99]);
  });

  it('are at most fifty, and say how many are left out', () => {
    const told = responseFindings(Array(60).fill(finding({})), order, false);
    expect(told).to.have.lengthOf(51);
    expect(told.at(-1)).to.deep.equal({ code: 'other', lines: ['10 more faults are not told.'] });
  });
});
