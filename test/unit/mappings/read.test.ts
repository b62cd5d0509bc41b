import { expect } from 'chai';
import { mappingOf, removeFolders } from './room.ts';

const order = (body: string) =>
  mappingOf(`message: x12/004010/850\ndocument: order\nbody:\n${body.replace(/^/gm, '  ')}`);

describe('reading claims values', () => {
  after(removeFolders);

  it('gives specific rules their occurrences first, whatever the order in the file', () => {
    const map = order(
      'DTM: { as: dates*, 1: type, 2: date }\nDTM(1=002): { 2: requestedDelivery }',
    );
    const { document, findings } = map.read('DTM*010*20260102\nDTM*002*20260103');
    expect(document['requestedDelivery']).to.equal('2026-01-03');
    expect(document['dates']).to.deep.equal([{ type: '010', date: '2026-01-02' }]);
    expect(findings).to.deep.equal([]);
  });

  it('gives a second occurrence to the next rule that fits', () => {
    const map = order(
      'DTM(1=002): { 2: requestedDelivery }\nDTM: { as: dates*, 1: type, 2: date }',
    );
    const { document } = map.read('DTM*002*20260103\nDTM*002*20260104');
    expect(document['requestedDelivery']).to.equal('2026-01-03');
    expect(document['dates']).to.deep.equal([{ type: '002', date: '2026-01-04' }]);
  });

  it('leaves a second occurrence unmapped where no rule fits', () => {
    const map = order('DTM(1=002): { 2: requestedDelivery }');
    const { findings } = map.read('DTM*002*20260103\nDTM*002*20260104');
    expect(findings).to.deep.equal(['unmapped DTM[2]/1', 'unmapped DTM[2]/2']);
  });

  it('gives the condition of an occurrence without a value back', () => {
    const map = order('DTM(1=010): { 2: requestedShip }');
    const { document, findings } = map.read('DTM*010*20261399');
    expect(document).to.deep.equal({ document: 'order' });
    expect(findings).to.deep.equal([
      'value-bad DTM[1] / DTM02',
      'unmapped DTM[1]/1',
      'unmapped DTM[1]/2',
    ]);
  });

  it('forgets the fault of a rule whose occurrence another rule takes', () => {
    const map = order('REF(1=CR): { 2: issueDate }\nREF: { as: references*, 1: type, 2: id }');
    const { document, findings } = map.read('REF*CR*C-7');
    expect(document['references']).to.deep.equal([{ type: 'CR', id: 'C-7' }]);
    expect(findings).to.deep.equal([]);
  });

  it('lets the body claim the place of a condition that it reads itself', () => {
    const map = order('REF(1=CR|CO): { as: references*, 1: type, 2: id }');
    const { document, findings } = map.read('REF*CO*A\nREF*ZZ*B');
    expect(document['references']).to.deep.equal([{ type: 'CO', id: 'A' }]);
    expect(findings).to.deep.equal(['unmapped REF[2]/1', 'unmapped REF[2]/2']);
  });

  it('takes what two conditions select', () => {
    const map = order(
      'N1: { as: parties by role, 1: role, REF(1=AB & 2=X): { 3: name }, 2: ignore }',
    );
    const { document } = map.read('N1*BY*ignored\nREF*AB*Y*no\nREF*AB*X*yes');
    expect(document['parties']).to.deep.equal({ BY: { name: 'yes' } });
  });

  it('does not overwrite a field that is set', () => {
    const map = order(
      'N1(1=BY): { as: parties.buyer, 2: name }\nN1: { as: parties by role, 1: role, 2: name }',
    );
    const { document, findings } = map.read('N1*BY*first\nN1*buyer*second');
    expect(document['parties']).to.deep.equal({ buyer: { name: 'first' } });
    expect(findings[0]).to.equal('key-duplicate N1[2]');
  });

  it('claims a constant only when it is equal and its segment yields a value', () => {
    const map = order('CUR: { 1: =BY, 2: currency }');
    expect(map.read('CUR*BY*USD').findings).to.deep.equal([]);
    expect(map.read('CUR*SE*USD').findings).to.deep.equal(['unmapped CUR/1']);
    expect(map.read('CUR*BY').findings).to.deep.equal(['unmapped CUR/1']);
  });

  it('claims what is ignored, with everything inside a segment', () => {
    const map = order('N1: ignore\nBEG: { 3: number, 1: ignore }');
    const { document, findings } = map.read('BEG*00**7\nN1*BY*Acme\nN3*1 Main');
    expect(document).to.deep.equal({ document: 'order', number: '7' });
    expect(findings).to.deep.equal([]);
  });

  it('leaves a value that cannot convert unmapped and goes on', () => {
    const map = order('PO1: { as: lines*, 1: number, 2: quantity, 4: price }');
    const { document, findings } = map.read('PO1*1*ten**4.5');
    expect(document['lines']).to.deep.equal([{ number: '1', price: '4.5' }]);
    expect(findings).to.deep.equal(['value-bad PO1[1] / PO102', 'unmapped PO1[1]/2']);
  });

  it('reports a second party of one role and leaves it unmapped', () => {
    const map = order('N1: { as: parties by role, 1: role, 2: name }');
    const { document, findings } = map.read('N1*BY*A\nN1*BY*B');
    expect(document['parties']).to.deep.equal({ BY: { name: 'A' } });
    expect(findings).to.deep.equal(['key-duplicate N1[2]', 'unmapped N1[2]/1', 'unmapped N1[2]/2']);
  });

  it('keeps a key of __proto__ out of the document', () => {
    const map = order('N1: { as: parties by name, 2: name, 1: id.scheme }');
    const { document } = map.read('N1*BY*__proto__\nN1*SE*constructor');
    expect(Object.keys(document['parties'] as object)).to.deep.equal(['constructor']);
  });

  it('lists segments that have no place as unmapped', () => {
    const map = order('BEG: { 3: number }');
    const { findings } = map.read('BEG***7\nXYZ*a*b');
    expect(findings).to.deep.equal(['unmapped XYZ/1', 'unmapped XYZ/2']);
  });

  it('tells the place, the bytes and the value of what is unmapped', () => {
    const { whole } = order('PO1: { as: lines*, 1: number }').read('PO1*1\nPO4****CTN');
    const [finding] = whole.findings;
    expect(finding?.severity).to.equal('info');
    expect(finding?.text).to.equal('PO1[1]/PO4[1]/4 = "CTN" is read by no rule.');
    expect(finding?.place).to.include({ path: 'ST 0001 / PO1[1] / PO4[1] / PO404', element: 4 });
    expect(finding!.place.end! - finding!.place.start!).to.equal(3);
  });
});

describe('counts, sums, copies and second places', () => {
  after(removeFolders);
  const lines = 'PO1: { as: lines*, 1: number, 2: quantity, LIN: { 1: { or: number } } }\n';

  it('checks a count after the lines are read', () => {
    const map = order(
      `${lines}CTT: { 1: { count: lines }, 2: { sum: lines*.quantity, verify: only } }`,
    );
    expect(map.read('PO1*1*2\nPO1*2*3.5\nCTT*2*5.50').findings).to.deep.equal([]);
    expect(map.read('PO1*1*2\nCTT*2*3').findings).to.deep.equal([
      'count-differs CTT / CTT01',
      'sum-differs CTT / CTT02',
      'unmapped CTT/1',
      'unmapped CTT/2',
    ]);
  });

  it('gives the qualifier of a wrong count back', () => {
    const map = mappingOf(
      'message: edifact/D96A/ORDERS\ndocument: order\nbody:\n' +
        '  LIN: { as: lines*, 1: number }\n  CNT(1.1=2): { 1.2: { count: lines } }',
    );
    expect(map.read("LIN+1'\nCNT+2:1'").findings).to.deep.equal([]);
    expect(map.read("LIN+1'\nCNT+2:7'").findings).to.deep.equal([
      'count-differs CNT[1] / CNT01-2',
      'unmapped CNT[1]/1.1',
      'unmapped CNT[1]/1.2',
    ]);
  });

  it('writes a sum, and leaves one out that is only verified', () => {
    const document = { document: 'order', lines: [{ quantity: '2' }, { quantity: '0.5' }] };
    const wanted = order(`${lines}CTT: { 1: { count: lines }, 2: { sum: lines*.quantity } }`);
    expect(wanted.write(document).text).to.equal('PO1**2\nPO1**0.5\nCTT*2*2.5');
    const verified = order(
      `${lines}CTT: { 1: { count: lines }, 2: { sum: lines*.quantity, verify: only } }`,
    );
    expect(verified.write(document).text).to.equal('PO1**2\nPO1**0.5\nCTT*2');
  });

  it('reads an or: place only where to: gave nothing, and never writes it', () => {
    const map = order(lines);
    expect(map.read('PO1\nLIN*7').document['lines']).to.deep.equal([{ number: '7' }]);
    expect(map.read('PO1*7\nLIN*7').findings).to.deep.equal([]);
    expect(map.read('PO1*7\nLIN*8').findings).to.deep.equal(['unmapped PO1[1]/LIN[1]/1']);
    expect(map.write({ document: 'order', lines: [{ number: '7' }] }).text).to.equal('PO1*7');
  });

  it('writes copy: in both places and wants both to agree', () => {
    const map = order('BEG: { 3: number }\nREF(1=PO): { 2: { copy: number } }');
    expect(map.write({ document: 'order', number: '7' }).text).to.equal('BEG***7\nREF*PO*7');
    expect(map.read('BEG***7\nREF*PO*7').findings).to.deep.equal([]);
    expect(map.read('BEG***7\nREF*PO*8').findings).to.deep.equal([
      'copy-differs REF[1] / REF02',
      'unmapped REF[1]/1',
      'unmapped REF[1]/2',
    ]);
  });

  it('fills the field from copy: where the first place is empty', () => {
    const map = order('BEG: { 3: number, 4: release }\nREF(1=PO): { 2: { copy: release } }');
    const { document, findings } = map.read('BEG***7\nREF*PO*8');
    expect(document['release']).to.equal('8');
    expect(findings).to.deep.equal([]);
  });
});

describe('defaults and tokens for absence', () => {
  after(removeFolders);

  it('fills a default, also when the segment is absent, and writes it out', () => {
    const map = order('BEG: { 3: number }\nCUR: { 1: =BY, 2: { to: currency, default: USD } }');
    expect(map.read('BEG***7').document['currency']).to.equal('USD');
    expect(map.write({ document: 'order', number: '7' }).text).to.equal('BEG***7\nCUR*BY*USD');
  });

  it('fills no default in a scope that is absent', () => {
    const map = order(
      'BEG: { 3: number }\nN1(1=ST): { as: parties.shipTo, 2: name, 3: { to: id.scheme, default: 92 } }',
    );
    expect(map.read('BEG***7').document).to.not.have.property('parties');
    expect(map.read('N1*ST*Dock').document['parties']).to.deep.equal({
      shipTo: { name: 'Dock', id: { scheme: '92' } },
    });
  });

  it('reads the token for absence as nothing and writes it where the element is mandatory', () => {
    const map = order(
      'BEG: { 3: { to: number, none: N/A }, 4: { to: release, none: N/A }, 5: issueDate }',
    );
    const { document, findings } = map.read('BEG***N/A*N/A*20260101');
    expect(document).to.deep.equal({ document: 'order', issueDate: '2026-01-01' });
    expect(findings).to.deep.equal([]);
    expect(map.write(document).text).to.equal('BEG***N/A**20260101');
  });
});
