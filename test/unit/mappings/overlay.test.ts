import { expect } from 'chai';
import { faultLine, faultsOf, mappingOf, openFilesOf, removeFolders } from './room.ts';

const base = `message: x12/004010/850
document: order
body:
  BEG: { 3: number }
  CUR: { 1: =BY, 2: currency }
  REF: &reference { as: references*, 1: { to: type, codes: x12/reference }, 2: id }
  N1: &party { as: parties by role, 1: { to: role, codes: x12/party }, 2: name, REF: *reference }
  PO1:
    as: lines*
    1: number
    2: quantity
    5: priceBasis
    6-25 by 2: { as: items*, 1: { to: scheme, codes: x12/item }, 2: id }
    SLN: { as: components*, 1: number }
    DTM(1=002): { 2: requestedDelivery }
    N1: *party
  CTT: { 1: { count: lines }, 2: { sum: lines*.quantity, verify: only } }
`;
const files = {
  'base.yaml': base,
  'codes/x12/party.yaml':
    'table: x12/party\ncodes: { buyer: BY, seller: SE | VN, shipFrom: SF }\nother: keep\n',
  'codes/x12/reference.yaml': 'table: x12/reference\ncodes: { contract: CT }\nother: keep\n',
  'codes/x12/item.yaml': 'table: x12/item\ncodes: { buyer: BP, upc: UP }\n',
};
const overlay = (body: string, more: Record<string, string> = {}) =>
  mappingOf(`extends: base\nbody:\n${body.replace(/^/gm, '  ')}`, { ...files, ...more });
const faults = (body: string) =>
  faultsOf({ ...files, 'map.yaml': `extends: base\nbody:\n${body.replace(/^/gm, '  ')}` });

describe('an overlay says only what differs', () => {
  after(removeFolders);

  it('adds places, the specific before the general', () => {
    const map = overlay('REF(1=CR): { 2: contract }\nPO1/N9(1=ZZ): { 2: parent }');
    const { document, findings } = map.read('BEG***7\nREF*CT*a\nREF*CR*b\nPO1*1\nN9*ZZ*c');
    expect(document).to.deep.include({
      contract: 'b',
      references: [{ type: 'contract', id: 'a' }],
    });
    expect(document['lines']).to.deep.equal([{ number: '1', parent: 'c' }]);
    expect(findings).to.deep.equal([]);
  });

  it('changes a whole leaf where it has a verb', () => {
    const map = overlay('CTT/2: { sum: lines*.quantity }\nBEG: { 3: release, 4: number }');
    expect(map.read('BEG***r*n').document).to.deep.include({ release: 'r', number: 'n' });
    expect(map.write({ document: 'order', lines: [{ quantity: '2' }] }).text).to.include('CTT*1*2');
  });

  it('amends a code table, taking a code from whoever had it', () => {
    const map = overlay('N1/1: { codes: { extends: x12/party, seller: SF, invoiceMail: MI } }');
    const read = map.read('N1*SF*a\nN1*MI*b\nN1*SE*c');
    expect(Object.keys(read.document['parties'] as object)).to.deep.equal([
      'seller',
      'invoiceMail',
      'x12:SE',
    ]);
    expect(map.write(read.document).text).to.equal('N1*SF*a\nN1*MI*b\nN1*SE*c\nCTT*0');
  });

  it('touches only the place it names, not the other uses of an anchor', () => {
    const map = overlay('PO1/N1/1: { codes: { extends: x12/party, seller: SF } }');
    const read = map.read('N1*SF*a\nPO1*1\nN1*SF*b');
    expect(read.document['parties']).to.deep.equal({ shipFrom: { name: 'a' } });
    expect(read.document['lines']).to.deep.equal([
      { number: '1', parties: { seller: { name: 'b' } } },
    ]);
  });

  it('removes a rule', () => {
    expect(overlay('CUR: remove').read('CUR*BY*USD').findings).to.deep.equal([
      'unmapped CUR/1',
      'unmapped CUR/2',
    ]);
  });

  it('refines with require, forbid and only, which change no value', () => {
    const map = overlay(
      'PO1/DTM(1=002): { require: yes }\nCUR: { forbid: yes }\nPO1/5: { only: PE|CA }\nPO1/2: { require: yes }',
    );
    const { document, findings } = map.read('CUR*BY*USD\nPO1*1***7*XX');
    expect(document).to.deep.include({ currency: 'USD' });
    expect(findings).to.include.members([
      'not-allowed CUR',
      'required-missing PO1[1]',
      'not-allowed PO1[1] / PO105',
      'required-missing PO1[1] / PO102',
    ]);
    const lines = [{ number: '1', priceBasis: 'XX' }];
    expect(map.write({ document: 'order', currency: 'USD', lines }).findings).to.include.members([
      'not-allowed CUR',
      'required-missing lines[0]',
      'not-allowed lines[0].priceBasis',
      'required-missing lines[0].quantity',
    ]);
  });

  it('may extend an overlay', () => {
    const kit = 'extends: base\nbody:\n  CUR: remove\n  BEG: { 4: release }\n';
    const map = mappingOf('extends: kit\nbody:\n  BEG/4: contract\n', {
      ...files,
      'kit.yaml': kit,
    });
    const { document, findings } = map.read('BEG***7*r\nCUR*BY*USD');
    expect(document).to.deep.equal({ document: 'order', number: '7', contract: 'r' });
    expect(findings).to.have.length(2);
  });

  it('ignores spaces and order in a selection', () => {
    const two = { 'base.yaml': base.replace('DTM(1=002)', 'DTM(1=002 & 3=12)') };
    expect(
      faultsOf({
        ...files,
        ...two,
        'map.yaml': 'extends: base\nbody:\n  PO1/DTM( 3=12 & 1=002 ): { require: yes }',
      }),
    ).to.deep.equal([]);
  });
});

describe('an overlay whose base moved is noticed', () => {
  after(removeFolders);

  it('remove, require, forbid, only and codes alone must find their rule', () => {
    expect(faults('PO1/PID: remove')).to.deep.equal([
      'map-overlay-lost map.yaml:3 base has no PO1/PID to remove; PO1 holds 1 2 5 6-25 by 2 SLN DTM(1=002) N1',
    ]);
    expect(faults('DTM(1=063): { require: yes }')[0]).to.include(
      'base has no DTM(1=063) to require',
    );
    expect(faults('PO1/9: { only: A }')[0]).to.include('base has no PO1/9 to only');
    expect(faults('N1/3: { codes: x12/party }')[0]).to.include('base has no N1/3 to codes');
  });

  it('a rule equal to its base is a warning', () => {
    expect(faults('BEG/3: number')).to.deep.equal([
      'map-overlay-same map.yaml:3 BEG/3 says what its base says at line 4; delete it',
    ]);
  });

  it('says the line where the rule spoke last', () => {
    expect(faults('BEG/3: nummer')[0]).to.match(
      /^map-target-unknown map.yaml:3 .*did you mean number/,
    );
  });

  it('shows the merged file with the origin of each line', () => {
    const mappings = openFilesOf({
      ...files,
      'map.yaml': 'extends: base\nbody:\n  CUR: remove\n  BEG/4: release\n',
    });
    const lines = mappings
      .resolved('map')
      .map(
        ({ text, origin }) =>
          `${text} # ${faultLine({ ...origin, code: 'map-syntax', severity: 'info', text: '' })}`,
      );
    expect(lines.join('\n')).to.not.include('CUR');
    const shown = lines.map((line) => line.replace('map-syntax ', '').trimEnd());
    expect(shown).to.include.members([
      'message: x12/004010/850 # base.yaml:1',
      '  BEG: # base.yaml:4',
      '    3: number # base.yaml:4',
      '    4: release # map.yaml:4',
    ]);
  });

  it('stores the digest of every file it was made of', () => {
    const mappings = openFilesOf({ ...files, 'map.yaml': 'extends: base\n' });
    const names = Object.keys(mappings.get('map').digests).map((path) =>
      path.replace(/^.*mappings-[^/]*\//, ''),
    );
    expect(names.toSorted()).to.deep.equal([
      'base.yaml',
      'codes/x12/item.yaml',
      'codes/x12/party.yaml',
      'codes/x12/reference.yaml',
      'map.yaml',
    ]);
  });
});
