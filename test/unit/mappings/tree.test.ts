import { expect } from 'chai';
import { mappingOf, removeFolders } from './room.ts';

const request = (inside: string) =>
  `<?xml version="1.0"?><cXML payloadID="p1" timestamp="2026-01-01T00:00:00Z"><Header><Sender><Credential domain="NetworkId"><Identity>a</Identity><SharedSecret>hush</SharedSecret></Credential></Sender></Header><Request><OrderRequest>${inside}</OrderRequest></Request></cXML>`;
const cxml = (body: string) =>
  mappingOf(
    `message: cxml/1.2/OrderRequest\ndocument: order\nbody:\n  cXML/Request/OrderRequest:\n${body.replace(/^/gm, '    ')}`,
  );
const json = (body: string) =>
  mappingOf(`message: json/erp/order\ndocument: order\nbody:\n${body.replace(/^/gm, '  ')}`);

describe('mappings of XML', () => {
  after(removeFolders);

  it('read attributes, text and paths, whose common steps are one element', () => {
    const map = cxml(
      "OrderRequestHeader: { '@orderID': number, Total/Money: total, Total/Money@currency: currency }",
    );
    const text = request(
      '<OrderRequestHeader orderID="7"><Total><Money currency="USD">10.50</Money></Total></OrderRequestHeader>',
    );
    const { document, findings } = map.read(text);
    expect(document).to.deep.equal({
      document: 'order',
      number: '7',
      currency: 'USD',
      total: '10.50',
    });
    expect(findings).to.deep.equal([]);
    expect(map.write(document).text).to.equal(
      '<cXML><Request><OrderRequest><OrderRequestHeader orderID="7"><Total>' +
        '<Money currency="USD">10.50</Money></Total></OrderRequestHeader></OrderRequest></Request></cXML>',
    );
  });

  it('select elements by an attribute and keep the order of the file when writing', () => {
    const map = cxml(
      "Extrinsic: { as: extensions by name, '@name': name, .: value }\nExtrinsic(@name=costCenter): { .: contract }\nNote: notes*",
    );
    const text = request(
      '<Extrinsic name="a">1</Extrinsic><Extrinsic name="costCenter">CC</Extrinsic>',
    );
    const { document, findings } = map.read(text);
    expect(document).to.deep.equal({ document: 'order', contract: 'CC', extensions: { a: '1' } });
    expect(findings).to.deep.equal([]);
    expect(map.write(document).text).to.include(
      '<Extrinsic name="a">1</Extrinsic><Extrinsic name="costCenter">CC</Extrinsic>',
    );
    expect(
      map.write({ document: 'order', extensions: { costCenter: 'X' } }).findings,
    ).to.deep.equal(['shadowed extensions.costCenter']);
  });

  it('hold date and time at one place; the time may be absent', () => {
    const map = cxml("'@orderDate': issueDate + issueTime");
    const read = (date: string) =>
      map.read(request('').replace('<OrderRequest>', `<OrderRequest orderDate="${date}">`));
    expect(read('2026-01-02T03:04:05-08:00').document).to.deep.include({
      issueDate: '2026-01-02',
      issueTime: '03:04:05-08:00',
    });
    expect(read('2026-01-02').document).to.deep.equal({
      document: 'order',
      issueDate: '2026-01-02',
    });
    const { document } = read('2026-01-02T03:04:05-08:00');
    expect(map.write(document).text).to.include('orderDate="2026-01-02T03:04:05-08:00"');
    expect(read('yesterday').findings[0]).to.equal(
      'value-bad cXML/Request/OrderRequest/@orderDate',
    );
  });

  it('tell unmapped values by path, but never those of the envelope', () => {
    const { whole } = cxml("'@orderID': number").read(request('<A b="1"><C>two</C></A><A/>'));
    expect(whole.findings.map(({ place }) => place.path)).to.deep.equal([
      'cXML/Request/OrderRequest/A[1]/@b',
      'cXML/Request/OrderRequest/A[1]/C',
    ]);
    expect(JSON.stringify(whole.findings)).to.not.include('hush');
  });

  it('read elements of other prefixes for the same local name', () => {
    const map = cxml('cbc:ID: number');
    expect(map.read(request('<x:ID>7</x:ID>')).document['number']).to.equal('7');
    expect(map.read(request('<ID>7</ID>')).document['number']).to.equal('7');
  });

  it('take selected entries of a list', () => {
    const map = cxml(
      'ItemOut: { as: lines*, ItemID: { SupplierPartID: items(scheme=seller).id, BuyerPartID: items(scheme=buyer).id } }',
    );
    const text = request(
      '<ItemOut><ItemID><SupplierPartID>S</SupplierPartID><BuyerPartID>B</BuyerPartID></ItemID></ItemOut>',
    );
    const { document } = map.read(text);
    expect(document['lines']).to.deep.equal([
      {
        items: [
          { scheme: 'seller', id: 'S' },
          { scheme: 'buyer', id: 'B' },
        ],
      },
    ]);
    expect(map.write(document).text).to.include(
      '<SupplierPartID>S</SupplierPartID><BuyerPartID>B</BuyerPartID>',
    );
    const more = { document: 'order', lines: [{ items: [{ scheme: 'gtin', id: 'G' }] }] };
    expect(map.write(more).findings).to.deep.equal([
      'lost lines[0].items[0].scheme',
      'lost lines[0].items[0].id',
    ]);
  });
});

describe('mappings of JSON', () => {
  after(removeFolders);
  const map = () =>
    json(
      'number: number\n/count: release\nlines: { as: lines*, qty: { to: quantity, json: number }, /codes: ignore }\nnotes: notes*',
    );

  it('read numbers as the text sent and write arrays where a place repeats', () => {
    const { document } = map().read('{"number":"7","lines":[{"qty":10.50}]}');
    expect(document).to.deep.equal({
      document: 'order',
      number: '7',
      lines: [{ quantity: '10.50' }],
    });
    expect(map().write(document).text).to.equal('{"number":"7","lines":[{"qty":10.50}]}');
  });

  it('need a slash before a member that is spelled like a word', () => {
    expect(json('/count: release').read('{"count":"3"}').document['release']).to.equal('3');
    expect(() => json('lines: { as: lines*, count: number }')).to.throw(
      'a place called count is written /count',
    );
  });

  it('write lists of values as arrays', () => {
    const party = json('shipTo: { as: parties.shipTo, street: address.lines* }');
    const document = { document: 'order', parties: { shipTo: { address: { lines: ['a', 'b'] } } } };
    expect(party.write(document).text).to.equal('{"shipTo":{"street":["a","b"]}}');
    expect(party.roundTrip(document)).to.deep.equal(document);
  });
});
