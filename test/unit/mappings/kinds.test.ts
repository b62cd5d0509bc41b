import { expect } from 'chai';
import { faultsOf, mappingOf, removeFolders } from './room.ts';

const file = (document: string, body: string) =>
  `message: x12/004010/810\ndocument: ${document}\nbody: ${body}\n`;
const either = '{ invoice: BIG/7=DI|PR, creditNote: BIG/7=CR }';

describe('a message that can be one of several documents', () => {
  after(removeFolders);

  it('is told by a place, which is written again', () => {
    const map = mappingOf(file(either, '{ BIG: { 2: number } }'));
    expect(map.read('BIG**7*****CR').document).to.deep.equal({
      document: 'creditNote',
      number: '7',
    });
    expect(map.read('BIG**7*****PR')).to.deep.include({
      document: { document: 'invoice', number: '7' },
      findings: [],
    });
    expect(map.write({ document: 'creditNote', number: '7' }).text).to.equal('BIG**7*****CR');
    expect(map.write({ document: 'invoice', number: '7' }).text).to.equal('BIG**7*****DI');
    expect(map.write({ document: 'order', number: '7' }).findings).to.include(
      'does-not-fit document',
    );
  });

  it('is the first kind, with a finding, where the place says neither', () => {
    const map = mappingOf(file(either, '{ BIG: { 2: number } }'));
    const { document, findings } = map.read('BIG**7*****XX');
    expect(document['document']).to.equal('invoice');
    expect(findings).to.deep.equal(['document-unknown BIG', 'unmapped BIG/7']);
  });

  it('is checked when a rule writes the place itself', () => {
    const map = mappingOf(file(either, '{ BIG: { 2: number, 7: type } }'));
    expect(map.read('BIG**7*****CR').document).to.deep.include({
      document: 'creditNote',
      type: 'CR',
    });
    expect(map.write({ document: 'creditNote', type: 'DI' }).findings).to.include('does-not-fit ');
    expect(map.write({ document: 'creditNote', number: '1' }).findings).to.include(
      'mandatory-empty ',
    );
    expect(map.write({ document: 'creditNote', type: 'CR' }).findings).to.not.include(
      'does-not-fit ',
    );
  });

  it('is told by one place only', () => {
    const faults = (document: string) =>
      faultsOf({ 'map.yaml': file(document, '{ BIG: { 2: number } }') });
    expect(faults('{ invoice: BIG/7=DI, creditNote: BIG/8=CR }')[0]).to.include(
      'by the same place',
    );
    expect(faults('{ invoice: BIG/7=DI, creditNote: BIG/7=DI }')[0]).to.include(
      'a value is under invoice and creditNote',
    );
    expect(faults('{ invoice: BIG/7=DI, bill: BIG/7=CR }')[0]).to.include(
      'no kind of document bill',
    );
    expect(faults('{ invoice: BIX/7=DI, creditNote: BIX/7=CR }')[0]).to.include(
      'did you mean BIG?',
    );
  });
});

describe('repetitions of an element', () => {
  after(removeFolders);

  it('are a run for a plural target', () => {
    const map = mappingOf(
      'message: edifact/D01B/ORDERS\ndocument: order\nbody:\n  NAD:\n    as: parties by role\n    1: role\n' +
        '    CTA: { 1: =OC, COM: { 1.1: deliverTo*, 1.2: =TE } }\n',
    );
    const text = "NAD+BY'\nCTA+OC'\nCOM+1:TE*2:TE*3:TE'\nCOM+4:TE'";
    const { document, findings } = map.read(text);
    expect(document['parties']).to.deep.equal({ BY: { deliverTo: ['1', '2', '3', '4'] } });
    expect(findings).to.deep.equal([]);
    expect(map.write(document).text).to.equal('NAD*BY\nCTA*OC\nCOM*1:TE^2:TE^3:TE\nCOM*4:TE');
    expect(map.roundTrip(document)).to.deep.equal(document);
  });
});
