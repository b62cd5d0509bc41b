import { expect } from 'chai';
import type { Document } from '../../../src/documents/document.ts';
import type { MappingContext } from '../../../src/mappings/mapping.ts';
import { faultsOf, lineageOf, mappingOf, removeFolders } from './room.ts';

const order = (rest: string, files: Record<string, string> = {}) =>
  mappingOf(`message: x12/004010/850\ndocument: order\n${rest}`, files);
const connector = { id: 'acme', name: 'Acme', ids: { erp: 'C100' }, us: {} };

describe('values from elsewhere', () => {
  after(removeFolders);

  it('a constant of the context is written, and claimed only when equal', () => {
    const map = order('body: { BEG: { 3: number }, REF(1=VR): { 2: =$agreement.vendorNumber } }');
    const context: MappingContext = { agreement: { vendorNumber: 'V9' } };
    expect(map.write({ document: 'order', number: '7' }, context).text).to.equal(
      'BEG***7\nREF*VR*V9',
    );
    expect(map.read('BEG***7\nREF*VR*V9', context).findings).to.deep.equal([]);
    expect(map.read('BEG***7\nREF*VR*V8', context).findings).to.have.length(2);
    expect(map.write({ document: 'order', number: '7' }).text).to.include('BEG***7');
  });

  it('given: fills what is absent after a read', () => {
    const map = order(
      'given: { parties.buyer.ids.erp: $connector.ids.erp, currency: $partner.currency }\nbody: { BEG: { 3: number } }',
    );
    const { document } = map.read('BEG***7', {
      connector,
      partner: { ...connector, currency: 'USD' },
    });
    expect(document).to.deep.equal({
      document: 'order',
      number: '7',
      parties: { buyer: { ids: { erp: 'C100' } } },
      currency: 'USD',
    });
    expect(map.read('BEG***7').document).to.deep.equal({ document: 'order', number: '7' });
  });

  it('given: takes values of the earlier order before a write, and changes nothing that is there', () => {
    const map = mappingOf(
      'message: x12/004010/855\ndocument: orderResponse\ngiven: { lines*.unit: $order.lines(number=number).unit }\n' +
        'body: { PO1: { as: lines*, 1: number, 3: unit } }',
    );
    const earlier = {
      document: 'order',
      number: '7',
      lines: [
        { number: '1', unit: 'EA' },
        { number: '2', unit: 'CA' },
      ],
    } as Document;
    const line = (number: string) => ({ number });
    const lines = [line('2'), { ...line('1'), unit: 'BX' }, line('9')];
    const document = { document: 'orderResponse', lines };
    expect(map.write(document, { order: earlier }).text).to.equal('PO1*2**CA\nPO1*1**BX\nPO1*9');
    expect(lines[0]).to.deep.equal(line('2'));
  });

  it('given: may go one way only', () => {
    const map = order(
      'given: { currency: { write: $partner.currency } }\nbody: { CUR: { 1: =BY, 2: currency } }',
    );
    const partner = { ...connector, currency: 'USD' };
    expect(map.write({ document: 'order' }, { partner }).text).to.equal('CUR*BY*USD');
    expect(map.read('', { partner }).document).to.deep.equal({ document: 'order' });
  });

  it('what is only written is dropped on reading, and listed', () => {
    const yaml =
      'message: x12/004010/850\ndocument: order\nbody: { BEG: { 3: number, 5: { write: $now.date } } }';
    const map = mappingOf(yaml);
    const context = { now: '2026-03-01T03:00:00.000Z', zone: 'America/Chicago' };
    expect(map.write({ document: 'order', number: '7' }, context).text).to.equal(
      'BEG***7**20260228',
    );
    expect(map.read('BEG***7**20260101').findings).to.deep.equal([]);
    expect(faultsOf({ 'map.yaml': yaml })).to.deep.equal([
      'map-one-way map.yaml:3 BEG/5: $now.date is written, and dropped when read',
    ]);
  });

  it('names that do not exist are faults', () => {
    const faults = (rest: string) =>
      faultsOf({ 'map.yaml': `message: x12/004010/850\ndocument: order\n${rest}` });
    expect(faults('body: { BEG: { 3: =$contract.number } }')[0]).to.include(
      '$contract is no context name',
    );
    expect(faults('given: { currency: USD }')[0]).to.include('"USD" is no context value');
    expect(faults('given: { lines*.colour: $now.date }')[0]).to.include('no field colour');
  });
});

describe('look-ups', () => {
  after(removeFolders);
  const table =
    'connector,buyerItem,ourItem\nacme,B1,OUR-1\n"acme",B2,"OUR ""2"""\nacme,B3,X\nacme,B3,Y\nother,B1,NO\n';
  const given =
    'given: { lines*.items(scheme=seller).id: "$lookup.items(connector=$connector.id, buyerItem=items(scheme=buyer).id).ourItem" }\n';
  const body =
    'body: { PO1: { as: lines*, 6-25 by 2: { as: items*, 1: { to: scheme, codes: { buyer: BP, seller: VP } }, 2: id } } }';
  const map = () => order(given + body, { 'lookups/items.csv': table });

  it('fill fields from a keyed table', () => {
    const { document } = map().read('PO1******BP*B1\nPO1******BP*B2\nPO1******BP*B1*VP*mine', {
      connector,
    });
    const ids = (document['lines'] as { items: { id: string }[] }[]).map(({ items }) =>
      items.map(({ id }) => id),
    );
    expect(ids).to.deep.equal([
      ['B1', 'OUR-1'],
      ['B2', 'OUR "2"'],
      ['B1', 'mine'],
    ]);
  });

  it('tell which row to add, and which rows are too many', () => {
    const { whole } = map().read('PO1******BP*B9\nPO1******BP*B3\nPO1*1', { connector });
    const texts = whole.findings
      .filter(({ code }) => code.startsWith('lookup'))
      .map(({ text }) => text);
    expect(texts).to.deep.equal([
      'config/lookups/items.csv has no ourItem where connector = acme, buyerItem = B9: add a row to fill lines[0].items(scheme=seller).id.',
      'config/lookups/items.csv has 2 rows with connector = acme, buyerItem = B3 and different ourItem: lines[1].items(scheme=seller).id stays empty.',
    ]);
  });

  it('are checked for their columns', () => {
    const wrong = { 'lookups/items.csv': 'connector,ourItem\n' };
    const files = {
      'map.yaml': `message: x12/004010/850\ndocument: order\n${given}${body}`,
      ...wrong,
    };
    expect(faultsOf(files)[0]).to.include(
      'lookups/items.csv has no column buyerItem; it has connector ourItem',
    );
    const ragged = { ...files, 'lookups/items.csv': 'a,b\n1\n' };
    expect(() => faultsOf(ragged)).to.throw(
      'items.csv:2 the row has 1 values and there are 2 columns',
    );
  });
});

describe('formulas', () => {
  after(removeFolders);

  it('convert a value both ways', () => {
    const map = order(
      'body: { BEG: { 3: { to: number, read: "$lowercase($)", write: "$uppercase($)" } } }',
    );
    expect(map.read('BEG***AB-1').document['number']).to.equal('ab-1');
    expect(map.write({ document: 'order', number: 'ab-1' }).text).to.equal('BEG***AB-1');
  });

  it('know the text functions of JSONata, the scope, and conditions', () => {
    const read = (formula: string) =>
      order(
        `body: { BEG: { 4: release, 3: { to: number, read: "${formula}", write: "$" } } }`,
      ).read('BEG***AB-12*r').document['number'];
    expect(read("$substringBefore($, '-') & '/' & $substringAfter('-')")).to.equal('AB/12');
    expect(read('$substring($, 1, 2)')).to.equal('B-');
    expect(read("$pad($, -8, '0')")).to.equal('000AB-12');
    expect(read("$contains($, 'AB') ? $scope.release : 'no'")).to.equal('r');
    expect(read("$replace($, '-', '')")).to.equal('AB12');
  });

  it('of one way make a rule of one way', () => {
    const yaml =
      'message: x12/004010/850\ndocument: order\nbody: { BEG: { 3: { to: number, read: "$trim($)" } } }';
    expect(faultsOf({ 'map.yaml': yaml })[0]).to.equal(
      'map-one-way map.yaml:3 BEG/3 is only read: it has no write:',
    );
    const map = mappingOf(yaml);
    expect(map.read('BEG*** 7 ').document['number']).to.equal('7');
    expect(map.write({ document: 'order', number: '7' }).findings).to.include('lost number');
  });

  it('with anything else are refused when the file is checked', () => {
    const faults = (formula: string) =>
      faultsOf({
        'map.yaml': `message: x12/004010/850\ndocument: order\nbody: { BEG: { 3: { to: number, read: "${formula}" } } }`,
      });
    expect(faults('$match($, /a+/)')[0]).to.include('a formula may not hold');
    expect(faults('$eval($)')[0]).to.include('$eval()');
    expect(faults('$constructor($)')[0]).to.include('$constructor()');
    expect(faults('$$$(')[0]).to.include('the formula cannot be read');
  });
});

describe('lineage', () => {
  after(removeFolders);
  const files = { 'codes/x12/party.yaml': 'table: x12/party\ncodes:\n  buyer: BY\n' };
  const map = () =>
    order(
      'body:\n  BEG: { 3: number }\n  CUR: { 2: { to: currency, default: USD } }\n  N1:\n    as: parties by role\n    1: { to: role, codes: x12/party }\n    2: name\n  PO1: { as: lines*, 2: quantity }\n  CTT: { 1: { count: lines } }',
      files,
    );

  it('traces each value to its rule, its bytes and its code row', () => {
    const text = 'BEG***77\nN1*BY*Acme\nPO1**1\nPO1**5\nCTT*2';
    const rows = lineageOf((context) => map().read(text, context)).map((row) => ({
      ...row,
      rule: row.rule.replace(/^.*map.yaml/, 'map.yaml'),
      codeRow: row.codeRow?.replace(/^.*codes/, 'codes'),
    }));
    const row = (path: string) => rows.find((each) => each.path === path);
    expect(row('lines[1].quantity')).to.deep.include({
      value: '5',
      raw: '5',
      place: 'ST 0001 / PO1[2] / PO102',
      rule: 'map.yaml:10',
      how: 'copied',
    });
    expect(row('parties.buyer.role')).to.deep.include({
      raw: 'BY',
      how: 'code',
      codeRow: 'codes/x12/party.yaml:3',
    });
    expect(row('currency')).to.deep.include({ value: 'USD', how: 'default', rule: 'map.yaml:5' });
    expect(row('lines')).to.deep.include({ value: '2', how: 'derived' });
    expect(row('number')!.end! - row('number')!.start!).to.equal(2);
  });

  it('goes from the document to the message when it is written', () => {
    const document = { document: 'order', number: '7', lines: [{ quantity: '5' }] };
    const rows = lineageOf((context) => map().write(document, context));
    expect(rows.map(({ path, raw, place, how }) => `${path} ${how} ${raw} ${place}`)).to.deep.equal(
      [
        'number copied 7 BEG/3',
        'currency copied USD CUR/2',
        'lines[0].quantity copied 5 PO1/2',
        'lines derived 1 CTT/1',
      ],
    );
  });

  it('has no rows of occurrences that were given back', () => {
    const two = order(
      'body: { DTM(1=002): { 2: requestedDelivery }, N1: { as: parties by role, 1: role, 2: name } }',
    );
    const rows = lineageOf((context) => two.read('DTM*002*x\nN1*BY*A\nN1*BY*B', context));
    expect(rows.map(({ path }) => path)).to.deep.equal(['parties.BY.role', 'parties.BY.name']);
  });
});
