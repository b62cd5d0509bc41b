import { expect } from 'chai';
import { isHubError } from '../../../src/model/errors.ts';
import { faultsOf, mappingOf, openFilesOf, removeFolders } from './room.ts';

const of = (body: string, files: Record<string, string> = {}) =>
  faultsOf({
    'map.yaml': `message: x12/004010/850\ndocument: order\nbody:\n${body.replace(/^/gm, '  ')}`,
    ...files,
  });

describe('a mapping file is checked, with line and remedy', () => {
  after(removeFolders);

  it('syntax', () => {
    expect(of('N1[1=ST]: { 2: number }')).to.deep.equal([
      'map-syntax map.yaml:4 key "N1[1=ST]": selection is written N1(1=ST)',
    ]);
    expect(of('BEG: { 3: }')[0]).to.include('BEG/3 has no target');
    expect(of('BEG: { 3: [number] }')[0]).to.include('lists are written notes*');
    expect(of('BEG: { 3: number, 3: release }')[0]).to.equal(
      'map-syntax map.yaml:4 this key stands twice in the map: join the two',
    );
    expect(of('BEG: { 3: { to: number, copy: release } }')[0]).to.include(
      'to and copy: one rule does one thing',
    );
    expect(of('BEG: { 3: { tos: number } }')[0]).to.include('did you mean the word to?');
    expect(of('BEG: { 3-1: number }')[0]).to.include('from the smaller to the larger');
    expect(of('PO1: { as: lines*, 6 by 2: items* }')[0]).to.include('only a run has chunks');
    expect(of('N1(ST): { 2: number }')[0]).to.include('a selection is a place = a value');
    expect(of('3: number')[0]).to.include('an element stands inside a segment');
    expect(of('BEG: { 3: { to: number, text: prose } }')[0]).to.include('text is lines or flow');
    expect(of('CTT: { 2: { count: lines* } }')).to.deep.equal([]);
  });

  it('words of the file', () => {
    expect(faultsOf({ 'map.yaml': 'mesage: x12/004010/850\ndocument: order\n' })).to.deep.equal([
      'map-syntax map.yaml:1 "mesage" is no word of a mapping; did you mean message?',
      'map-syntax map.yaml:1 message: is written standard/version/name, x12/004010/850',
    ]);
    expect(faultsOf({ 'map.yaml': 'message: x12/004010/850\ndocument: ordr\n' })[0]).to.include(
      'there is no kind of document ordr',
    );
    expect(faultsOf({ 'map.yaml': '- a\n' })[0]).to.include('no map of keys and values');
    expect(faultsOf({ 'map.yaml': 'message: x12/009999/850\ndocument: order\n' })[0]).to.include(
      'no definition of x12/009999/850 is installed; the nearest is',
    );
    expect(faultsOf({ 'map.yaml': 'extends: map\n' })[0]).to.include(
      'the chain of extends has no end',
    );
    expect(faultsOf({ 'map.yaml': 'extends: ../../etc/passwd\n' })[0]).to.include(
      'there is no such file',
    );
    expect(faultsOf({ 'map.yaml': 'message: x12/004010/850\nextends: gone\n' })).to.deep.equal([
      'map-file-missing map.yaml:2 mapping gone: there is no such file',
    ]);
  });

  it('places', () => {
    expect(of('PO1: { as: lines*, CTX: { 1: number } }')[0]).to.match(
      /^map-place-unknown map.yaml:4 CTX is not in 850 of 004010\/PO1; PO1 holds LIN SI /,
    );
    expect(of('N2: { 1: number }')[0]).to.include(
      'N2 is not in 850 of 004010; it holds BEG CUR REF',
    );
    expect(of('BEG: { 13: number }')[0]).to.include('BEG has 12 elements');
    expect(of('BEG: { 3.2: number }')[0]).to.include('3 of BEG has no components');
    const edifact = (body: string) =>
      faultsOf({ 'map.yaml': `message: edifact/D96A/INVOIC\ndocument: invoice\nbody:\n  ${body}` });
    expect(edifact('TAX: { 1: number }')).to.deep.equal([
      'map-place-ambiguous map.yaml:4 TAX is SG6 and SG50 in INVOIC of D96A: write SG50 TAX',
    ]);
    expect(edifact('RFF: { 1: number }')[0]).to.include('1 is the composite C506: write 1.1 to 1.');
    expect(edifact('SG50 TAX: { as: taxes*, 1: type }')).to.deep.equal([]);
  });

  it('targets', () => {
    expect(of('BEG: { 3: shipToo }')[0]).to.match(
      /^map-target-unknown map.yaml:4 no field shipToo; /,
    );
    expect(of('BEG: { 3: nummber }')[0]).to.include('did you mean number?');
    expect(of('BEG: { 3: number }\nN9: { 2: number }')).to.deep.equal([
      'map-target-twice map.yaml:5 number already at line 4; use or: or copy:',
    ]);
    expect(of('N1: { as: parties by role, 1: role, N3: { 1-2: name } }')[0]).to.include(
      'a run of 2 places: write name* or text: lines',
    );
    expect(of('BEG: { 3: number + issueDate }')[0]).to.include('only as date + time');
    expect(of('CUR: { 2: { to: currency, sign: { to: type, minus: a, plus: b } } }')[0]).to.include(
      'only a decimal has a sign',
    );
    expect(of('BEG: { 1: =TOOLONG }')[0]).to.include('the constant "TOOLONG" does not fit ID 2..2');
    expect(of('CTT: { 1: { count: number } }')[0]).to.include('count: number is no list');
  });

  it('code tables', () => {
    const table = (codes: string) => ({
      'codes/x12/party.yaml': `table: x12/party\ncodes: ${codes}\n`,
    });
    const use = 'N1: { as: parties by role, 1: { to: role, codes: x12/party } }';
    expect(of(use)[0]).to.equal(
      'map-code-table map.yaml:4 there is no code table x12/party: mappings/codes/x12/party.yaml is missing',
    );
    expect(of(use, table('{ seller: SE | SF, shipFrom: SF }'))).to.deep.equal([
      'map-code-twice codes/x12/party.yaml:2 x12/party: SF under seller and shipFrom; keep one',
    ]);
    expect(of(use, table("{ 'x12:LW': LW }"))[0]).to.include(
      'a canonical name may not contain ":"',
    );
    expect(of('PO1: { as: lines*, 2: { to: quantity, codes: { one: 1 } } }')[0]).to.include(
      'quantity is a decimal, and codes give text',
    );
  });

  it('hostile files', () => {
    const bomb = [
      'a: &a { b: c }',
      ...'bcdefghij'.split('').map((name, at) => {
        const last = String.fromCharCode(97 + at);
        return `${name}: &${name} { ${Array.from({ length: 9 }, (_, each) => `k${each}: *${last}`).join(', ')} }`;
      }),
    ].join('\n');
    expect(faultsOf({ 'map.yaml': `${bomb}\n` })[0]).to.include('aliases make the file too large');
    expect(faultsOf({ 'map.yaml': 'body: &a { N1: *a }\n' })[0]).to.include('*a holds itself');
    expect(faultsOf({ 'map.yaml': 'body: { N1: *b }\n' })[0]).to.match(/map-syntax map.yaml:1 .*b/);
  });

  it('refuse to run, with every fault in the error', () => {
    try {
      mappingOf(
        'message: x12/004010/850\ndocument: order\nbody:\n  BEG: { 3: nummer, 99: release }\n',
      );
      expect.fail('it runs');
    } catch (error) {
      expect(isHubError(error) && error.code).to.equal('config-invalid');
      const faults = isHubError(error) ? (error.details['faults'] as { line: number }[]) : [];
      expect(faults.map(({ line }) => line)).to.deep.equal([4, 4]);
    }
  });

  it('are checked all at once, code tables left out', () => {
    const mappings = openFilesOf({
      'x12/004010/850.yaml':
        'message: x12/004010/850\ndocument: order\nbody: { BEG: { 3: number } }\n',
      'partners/acme/850.yaml': 'extends: x12/004010/850\nbody: { CUR: remove }\n',
      'codes/x12/party.yaml': 'table: x12/party\ncodes: { buyer: BY }\n',
    });
    expect(mappings.names()).to.deep.equal(['partners/acme/850', 'x12/004010/850']);
    expect(mappings.checkAll().map(({ code }) => code)).to.deep.equal(['map-overlay-lost']);
  });

  it('stand in for a version that has no mapping of its own', () => {
    const mappings = openFilesOf({
      'x12/004010/850.yaml': 'message: x12/004010/850\ndocument: order\n',
      'x12/005010/850.yaml': 'extends: x12/004010/850\nmessage: x12/005010/850\n',
      'cxml/OrderRequest.yaml': 'message: cxml/1.2/OrderRequest\ndocument: order\n',
      'partners/acme/850.yaml': 'extends: x12/004010/850\n',
    });
    expect(mappings.nearest('x12/004010/850')).to.equal('x12/004010/850');
    expect(mappings.nearest('x12/004030/850')).to.equal('x12/004010/850');
    expect(mappings.nearest('x12/005010/850')).to.equal('x12/005010/850');
    expect(mappings.nearest('cxml/1.2/OrderRequest')).to.equal('cxml/OrderRequest');
    expect(mappings.nearest('x12/004010/810')).to.equal(undefined);
  });
});
