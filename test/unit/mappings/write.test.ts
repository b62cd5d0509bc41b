import { expect } from 'chai';
import { mappingOf, removeFolders } from './room.ts';

const order = (body: string, version = '004010') =>
  mappingOf(`message: x12/${version}/850\ndocument: order\nbody:\n${body.replace(/^/gm, '  ')}`);
const document = 'order';

describe('writing puts values in the order of the standard', () => {
  after(removeFolders);

  it('orders segments by the standard, within one slot by claim order, lists as they are', () => {
    const map = order(
      'PO1: { as: lines*, 1: number, PID: { 5: description } }\n' +
        'DTM: { as: dates*, 1: type, 2: date }\nDTM(1=002): { 2: requestedDelivery }\nBEG: { 3: number }',
    );
    const { text, findings } = map.write({
      document,
      lines: [{ number: '2', description: 'two' }, { number: '1' }],
      dates: [
        { type: '038', date: '2026-01-02' },
        { type: '010', date: '2026-01-01' },
      ],
      requestedDelivery: '2026-01-03',
      number: '7',
    });
    expect(text.split('\n')).to.deep.equal([
      'BEG***7',
      'DTM*002*20260103',
      'DTM*038*20260102',
      'DTM*010*20260101',
      'PO1*2',
      'PID*****two',
      'PO1*1',
    ]);
    // PID01 is mandatory and the mapping has nothing for it.
    expect(findings).to.include('mandatory-empty PO1[1] / PID[1] / PID01');
  });

  it('writes keyed entries in the order of their code table', () => {
    const map = order(
      'N1: { as: parties by role, 1: { to: role, codes: { seller: SE, buyer: BY, other: keep } }, 2: name }',
    );
    const parties = { 'x12:ZZ': { name: 'Z' }, buyer: { name: 'B' }, seller: { name: 'S' } };
    expect(map.write({ document, parties }).text).to.equal('N1*SE*S\nN1*BY*B\nN1*ZZ*Z');
  });

  it('leaves out segments without a value and keeps those of constants alone', () => {
    const edifact = mappingOf(
      'message: edifact/D96A/ORDERS\ndocument: order\nbody:\n  BGM: { 2: number }\n' +
        '  UNS: { 1: =S }\n  FTX(1=AAI): { 4.1: contract }',
    );
    expect(edifact.write({ document, number: '7' }).text).to.equal('BGM**7\nUNS*S');
  });

  it('finds a mandatory segment without a value, and writes none', () => {
    const map = order('BEG: { 3: number }\nPO1: { as: lines*, 1: number }');
    const { text, findings } = map.write({ document });
    expect(text).to.equal('');
    expect(findings).to.deep.equal(['mandatory-empty BEG', 'mandatory-empty PO1']);
  });

  it('packs a list into the places of a segment and repeats the segment', () => {
    const map = order('N1: { as: parties by role, 1: role, N3: { 1-2: address.lines* } }');
    const lines = ['1 Main', 'Suite 2', 'Dock 3'];
    const parties = { BY: { address: { lines } } };
    expect(map.write({ document, parties }).text).to.equal('N1*BY\nN3*1 Main*Suite 2\nN3*Dock 3');
    expect(map.roundTrip({ document, parties })).to.deep.equal({ document, parties });
  });

  it('says when a segment is needed more often than the standard allows', () => {
    const map = order('N1: { as: parties by role, 1: role, N3: { 1-2: address.lines* } }');
    const parties = { BY: { address: { lines: ['a', 'b', 'c', 'd', 'e'] } } };
    expect(map.write({ document, parties }).findings).to.include('no-room N1[1] / N3');
  });

  it('takes repetitions of an element for a list', () => {
    const map = mappingOf(
      'message: edifact/D96A/ORDERS\ndocument: order\nbody:\n  FTX: { as: texts*, 1: type, 4.1-5: lines* }',
    );
    const texts = [{ type: 'AAI', lines: ['a', 'b', 'c'] }];
    expect(map.write({ document, texts }).text).to.equal('FTX*AAI***a:b:c');
    expect(map.roundTrip({ document, texts })).to.deep.equal({ document, texts });
  });
});

describe('chunks', () => {
  after(removeFolders);
  const items =
    '6-25 by 2: { as: items*, 1: { to: scheme, codes: { buyer: BP, seller: VP, upc: UP } }, 2: id }';
  const map = () => order(`PO1: { as: lines*, 1: number, ${items} }`);

  it('fill the first free places of their run, and gaps close', () => {
    const read = map().read('PO1*1*****BP*B1***VP*V1');
    const lines = [
      {
        number: '1',
        items: [
          { scheme: 'buyer', id: 'B1' },
          { scheme: 'seller', id: 'V1' },
        ],
      },
    ];
    expect(read.document['lines']).to.deep.equal(lines);
    expect(map().write(read.document).text).to.equal('PO1*1*****BP*B1*VP*V1');
  });

  it('say when there is no room', () => {
    const many = Array.from({ length: 11 }, (_, at) => ({ scheme: 'buyer', id: `B${at}` }));
    const { findings } = map().write({ document, lines: [{ number: '1', items: many }] });
    expect(findings.filter((each) => each.startsWith('no-room'))).to.deep.equal([
      'no-room lines[0].items[10]',
    ]);
  });

  it('may be pinned to a place by a condition', () => {
    const pinned = order(`PO1: { as: lines*, 8-9 by 2 (1=UP): { 2: parent }, ${items} }`);
    const read = pinned.read('PO1******BP*B1*UP*U1*VP*V1');
    expect(read.document['lines']).to.deep.equal([
      {
        parent: 'U1',
        items: [
          { scheme: 'buyer', id: 'B1' },
          { scheme: 'seller', id: 'V1' },
        ],
      },
    ]);
    expect(pinned.write(read.document).text).to.equal('PO1******BP*B1*UP*U1*VP*V1');
  });

  it('stay out of a pinned place that would read them as something else', () => {
    const pinned = order(`PO1: { as: lines*, 8-9 by 2 (1=UP): { 2: parent }, ${items} }`);
    const lines = [
      {
        items: [
          { scheme: 'buyer', id: 'B1' },
          { scheme: 'upc', id: 'U1' },
        ],
      },
    ];
    expect(pinned.write({ document, lines }).text).to.equal('PO1******BP*B1***UP*U1');
    expect(pinned.roundTrip({ document, lines })).to.deep.equal({ document, lines });
  });
});

describe('lists that several rules share', () => {
  after(removeFolders);

  it('a selection takes its entry and the list rule takes the others', () => {
    const map = order(
      'PO1: { as: lines*, 7: items(scheme=seller).id, 6: =VP, 8-9 by 2: { as: items*, 1: scheme, 2: id } }',
    );
    const read = map.read('PO1******VP*V1*BP*B1');
    expect(read.document['lines']).to.deep.equal([
      {
        items: [
          { scheme: 'seller', id: 'V1' },
          { scheme: 'BP', id: 'B1' },
        ],
      },
    ]);
    expect(map.write(read.document).text).to.equal('PO1******VP*V1*BP*B1');
  });

  it('a key that a rule names is left out by the keyed rule', () => {
    const map = order(
      'N1(1=ST): { as: parties.shipTo, 2: name }\nN1: { as: parties by role, 1: role, 2: name }',
    );
    const parties = { shipTo: { name: 'Dock' }, BY: { name: 'Acme' } };
    expect(map.write({ document, parties }).text).to.equal('N1*ST*Dock\nN1*BY*Acme');
    expect(map.roundTrip({ document, parties })).to.deep.equal({ document, parties });
  });

  it('an entry goes to the first rule that can hold all of it', () => {
    const map = order(
      'REF(1=CR): { as: references*, 1: type, 2: id }\nREF: { as: references*, 1: type, 2: id, 3: text }',
    );
    const references = [
      { type: 'CR', id: 'a' },
      { type: 'CR', id: 'b', text: 'long' },
      { type: 'ZZ', id: 'c' },
    ];
    expect(map.write({ document, references }).text).to.equal('REF*CR*a\nREF*ZZ*c');
    expect(map.write({ document, references }).findings).to.deep.include('shadowed references[1]');
  });
});

describe('nothing is lost in silence', () => {
  after(removeFolders);

  it('lists every value that no rule writes, by path', () => {
    const map = order('BEG: { 3: number }\nPO1: { as: lines*, 1: number }');
    const { findings } = map.write({
      document,
      number: '7',
      currency: 'USD',
      parties: { buyer: { name: 'A' } },
      lines: [{ number: '1' }, { extensions: { colour: 'red' } }],
    });
    expect(findings.filter((each) => each.startsWith('lost'))).to.deep.equal([
      'lost currency',
      'lost parties.buyer.name',
      'lost lines[1].extensions.colour',
    ]);
  });

  it('takes empty text, null, {} and [] for absent, and zero for a value', () => {
    const map = order('BEG: { 3: number }\nPO1: { as: lines*, 1: number, 2: quantity }');
    const { text, findings } = map.write({
      document,
      number: '7',
      currency: '',
      type: null,
      parties: {},
      terms: [],
      lines: [{ number: '', quantity: '0' }],
    });
    expect(text).to.equal('BEG***7\nPO1**0');
    expect(findings.filter((each) => each.startsWith('lost'))).to.deep.equal([]);
  });

  it('refuses an entry that a more specific rule would read as something else', () => {
    const map = order(
      'DTM(1=002): { 2: requestedDelivery }\nDTM: { as: dates*, 1: type, 2: date }',
    );
    const dates = [{ type: '002', date: '2026-01-03' }];
    const { text, findings } = map.write({ document, dates });
    expect(text).to.equal('');
    expect(findings).to.include('shadowed dates[0]');
    expect(map.write({ document, dates, requestedDelivery: '2026-01-01' }).findings).to.not.include(
      'shadowed dates[0]',
    );
  });

  it('says what does not fit, and what has no code', () => {
    const map = order(
      'BEG: { 1: { to: purpose, codes: { original: 00 } }, 3: number }\nPO1: { as: lines*, 2: quantity, 3: unit }',
    );
    const { findings } = map.write({
      document,
      purpose: 'replace',
      number: 'x'.repeat(23),
      lines: [{ quantity: '1'.repeat(16), unit: 'EACH' }],
    });
    expect(findings).to.include.members([
      'code-missing purpose',
      'does-not-fit number',
      'does-not-fit lines[0].quantity',
      'does-not-fit lines[0].unit',
    ]);
  });
});

describe('text over several places', () => {
  after(removeFolders);
  const flow = (text: string) => ({ document, references: [{ type: 'ZZ', text }] });

  it('lines: joins occurrences with newlines and refuses a longer line', () => {
    const map = order('N9: { as: references*, 1: type, MSG: { 1: { to: text, text: lines } } }');
    expect(map.write(flow('one\ntwo')).text).to.equal('N9*ZZ\nMSG*one\nMSG*two');
    expect(map.roundTrip(flow('one\ntwo'))).to.deep.equal(flow('one\ntwo'));
    expect(map.write(flow('x'.repeat(265))).findings).to.include('does-not-fit references[0].text');
    expect(map.write(flow('one\n\ntwo')).findings).to.include('lost references[0].text');
  });

  it('flow: cuts at the length of the element and never beside a space', () => {
    const map = order('N9: { as: references*, 1: type, MSG: { 1: { to: text, text: flow } } }');
    const text = `${'a'.repeat(263)} b ${'c'.repeat(300)}`;
    const { text: written, findings } = map.write(flow(text));
    const pieces = written
      .split('\n')
      .slice(1)
      .map((line) => line.slice(4));
    expect(pieces.map((each) => each.length)).to.deep.equal([262, 264, 40]);
    for (const piece of pieces) expect(piece).to.equal(piece.trim());
    expect(findings.filter((each) => !each.startsWith('mandatory'))).to.deep.equal([]);
    expect(map.roundTrip(flow(text))).to.deep.equal(flow(text));
  });
});

describe('signs', () => {
  after(removeFolders);

  it('turn into a word and back', () => {
    const map = order(
      'SAC: { as: allowances*, 2: reason, 8: { to: amount, sign: { to: kind, minus: allowance, plus: charge } } }',
    );
    const allowances = [
      { reason: 'A', amount: '5', kind: 'allowance' },
      { reason: 'B', amount: '0', kind: 'charge' },
    ];
    expect(map.write({ document, allowances }).text).to.equal('SAC**A******-5\nSAC**B******0');
    expect(map.read('SAC**A******-5\nSAC**B******0').document['allowances']).to.deep.equal(
      allowances,
    );
    for (const wrong of [
      { amount: '5' },
      { amount: '-5', kind: 'charge' },
      { amount: '0', kind: 'allowance' },
    ]) {
      expect(map.write({ document, allowances: [wrong] }).findings).to.include(
        'does-not-fit allowances[0].amount',
      );
    }
  });

  it('follow a code elsewhere, also one that stands further on', () => {
    const map = mappingOf(
      'message: x12/004010/810\ndocument: invoice\nbody:\n' +
        '  TDS: { 1: { to: totals.payable, negate: type=credit } }\n' +
        '  BIG: { 7: { to: type, codes: { credit: CR, debit: DR } } }',
    );
    const credit = { document: 'invoice', type: 'credit', totals: { payable: '10.50' } };
    expect(map.write(credit).text).to.equal('BIG*******CR\nTDS*-1050');
    expect(map.read('TDS*-1050\nBIG*******CR').document).to.deep.equal(credit);
    expect(map.read('BIG*******DR\nTDS*1050').document).to.deep.include({ type: 'debit' });
  });
});
