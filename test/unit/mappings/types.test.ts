import { expect } from 'chai';
import type { InterchangeEnvelope } from '../../../src/model/envelope.ts';
import { mappingOf, removeFolders } from './room.ts';

const x12 = (set: string, kind: string, body: string, version = '004010') =>
  mappingOf(
    `message: x12/${version}/${set}\ndocument: ${kind}\nbody:\n${body.replace(/^/gm, '  ')}`,
  );
const edifact = (body: string) =>
  mappingOf(`message: edifact/D96A/ORDERS\ndocument: order\nbody:\n${body.replace(/^/gm, '  ')}`);

describe('types of X12', () => {
  after(removeFolders);

  it('dates have eight digits, or six with the century guessed', () => {
    const map = x12('850', 'order', 'BEG: { 5: issueDate }');
    expect(map.read('BEG*****20260131').document['issueDate']).to.equal('2026-01-31');
    expect(map.read('BEG*****260131').document['issueDate']).to.equal('2026-01-31');
    expect(map.read('BEG*****990131').document['issueDate']).to.equal('1999-01-31');
    expect(map.read('BEG*****20260230').findings).to.include('value-bad BEG / BEG05');
    expect(map.write({ document: 'order', issueDate: '2026-01-31' }).text).to.equal(
      'BEG*****20260131',
    );
    const old = x12('850', 'order', 'BEG: { 5: issueDate }', '003040');
    expect(old.write({ document: 'order', issueDate: '2026-01-31' }).text).to.equal(
      'BEG*****260131',
    );
    expect(old.write({ document: 'order', issueDate: '1926-01-31' }).findings).to.include(
      'does-not-fit issueDate',
    );
  });

  it('times keep the digits sent', () => {
    const map = x12('856', 'despatchAdvice', 'BSN: { 4: issueTime }');
    for (const [raw, iso] of [
      ['1405', '14:05'],
      ['140530', '14:05:30'],
      ['14053012', '14:05:30.12'],
    ] as const) {
      expect(map.read(`BSN****${raw}`).document['issueTime']).to.equal(iso);
      expect(map.write({ document: 'despatchAdvice', issueTime: iso }).text).to.include(raw);
    }
    expect(map.read('BSN****2460').findings).to.include('value-bad BSN / BSN04');
    expect(
      map.write({ document: 'despatchAdvice', issueTime: '14:05:30-05:00' }).findings,
    ).to.include('does-not-fit issueTime');
  });

  it('numbers with implied places', () => {
    const map = x12('810', 'invoice', 'TDS: { 1: totals.payable }');
    expect(map.read('TDS*1050').document['totals']).to.deep.equal({ payable: '10.50' });
    expect(map.read('TDS*-5').document['totals']).to.deep.equal({ payable: '-0.05' });
    expect(map.read('TDS*10.5').findings).to.include('value-bad TDS / TDS01');
    const write = (payable: string) => map.write({ document: 'invoice', totals: { payable } });
    expect(write('10.5').text).to.equal('TDS*1050');
    expect(write('7').text).to.equal('TDS*700');
    expect(write('10.505').findings).to.include('does-not-fit totals.payable');
    expect(write('10.500').text).to.equal('TDS*1050');
  });

  it('decimals keep their digits and lose what means nothing', () => {
    const map = x12('850', 'order', 'PO1: { as: lines*, 4: price }');
    for (const [raw, price] of [
      ['10.50', '10.50'],
      ['010', '10'],
      ['.5', '0.5'],
      ['5.', '5'],
      ['+3', '3'],
      ['-0', '0'],
      [' 7 ', '7'],
    ] as const) {
      expect(map.read(`PO1****${raw}`).document['lines']).to.deep.equal([{ price }]);
    }
    for (const bad of ['1,5', '1e3', '--1', '.', 'x']) {
      expect(map.read(`PO1****${bad}`).findings).to.include('value-bad PO1[1] / PO104');
    }
  });

  it('a text in a number keeps leading zeros and must be one', () => {
    const map = x12('850', 'order', 'PO1: { as: lines*, 4: parent }');
    expect(map.roundTrip({ document: 'order', lines: [{ parent: '007' }] })).to.deep.equal({
      document: 'order',
      lines: [{ parent: '007' }],
    });
    expect(map.write({ document: 'order', lines: [{ parent: 'A1' }] }).findings).to.include(
      'does-not-fit lines[0].parent',
    );
  });
});

describe('dates of EDIFACT', () => {
  after(removeFolders);
  const map = () =>
    edifact(
      'DTM(1.1=137): { 1.2: issueDate + issueTime }\nDTM(1.1=2): { 1.2: requestedDelivery }\nDTM(1.1=64): { 1.2: deliverAfter + deliverBefore }',
    );

  it('take their format code with them', () => {
    for (const [raw, document] of [
      ['137:260131:101', { issueDate: '2026-01-31' }],
      ['137:20260131:102', { issueDate: '2026-01-31' }],
      ['137:202601311405:203', { issueDate: '2026-01-31', issueTime: '14:05' }],
      ['137:20260131140530:204', { issueDate: '2026-01-31', issueTime: '14:05:30' }],
      ['64:20260131-20260215:718', { deliverAfter: '2026-01-31', deliverBefore: '2026-02-15' }],
    ] as const) {
      const read = map().read(`DTM+${raw}'`);
      expect(read.document).to.deep.equal({ document: 'order', ...document });
      expect(read.findings).to.deep.equal([]);
      const [, digits, code] = raw.split(':');
      const written = code === '101' ? '20260131:102' : `${digits}:${code}`;
      expect(map().write(read.document).text).to.include(written);
    }
  });

  it('with another format stay unmapped', () => {
    expect(map().read("DTM+137:202605:610'").findings).to.deep.equal([
      'value-bad DTM[1] / DTM01-2',
      'unmapped DTM[1]/1.1',
      'unmapped DTM[1]/1.2',
      'unmapped DTM[1]/1.3',
    ]);
  });

  it('with a time do not go into a field that holds none', () => {
    expect(map().read("DTM+2:202601311405:203'").findings[0]).to.equal(
      'value-bad DTM[1] / DTM01-2',
    );
  });

  it('keep the format as it is where a rule reads it', () => {
    const raw = edifact('DTM(1.1=137): { 1.2: contract, 1.3: release }');
    expect(raw.read("DTM+137:202605:610'").document).to.deep.include({
      contract: '202605',
      release: '610',
    });
  });

  it('say when a time has no date', () => {
    expect(map().write({ document: 'order', issueTime: '10:00' }).findings).to.include(
      'does-not-fit issueTime',
    );
  });
});

describe('decimals of EDIFACT', () => {
  after(removeFolders);

  it('are read with either mark and written with the one of the interchange', () => {
    const map = edifact('LIN: { as: lines*, 1: number, PRI(1.1=AAA): { 1.2: price } }');
    const { document } = map.read("LIN+1'\nPRI+AAA:4,50'\nLIN+2'\nPRI+AAA:0.5'");
    expect(document['lines']).to.deep.equal([
      { number: '1', price: '4.50' },
      { number: '2', price: '0.5' },
    ]);
    const envelope = { syntax: { decimalMark: ',' } } as InterchangeEnvelope;
    const lines = [{ number: '1', price: '4.50' }];
    expect(map.write({ document: 'order', lines }, { envelope }).text).to.equal(
      'LIN*1\nPRI*AAA:4,50',
    );
  });
});

describe('what can never fit is told when the file is checked', () => {
  after(removeFolders);
  it('a number for a date, a list for a value', () => {
    const wrong = (body: string) => () => x12('850', 'order', body);
    expect(wrong('BEG: { 5: total }')).to.throw('BEG/5 is DT, and total is a decimal');
    expect(wrong('BEG: { 3: lines }')).to.throw('lines is a list of entries: use as: lines*');
    expect(wrong('BEG: { 3: number* }')).to.throw('number* is one value: write number without *');
    expect(wrong('N1: { as: parties by role, 1: role, N3: { 1: address.lines } }')).to.throw(
      'address.lines is a list: write lines*',
    );
    expect(wrong('N1: { as: parties*, 2: name }')).to.throw(
      'as: parties* is keyed: write parties by',
    );
    expect(wrong('SAC: { as: allowances*, 1: { to: kind, codes: { rebate: A } } }')).to.throw(
      'kind may be allowance charge none promotion service, not rebate',
    );
  });
});
