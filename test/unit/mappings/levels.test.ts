import { expect } from 'chai';
import type { NodeRule } from '../../../src/mappings/model.ts';
import { mappingOf, openFilesOf, removeFolders } from './room.ts';

const yaml = `message: x12/004010/856
document: despatchAdvice
body:
  BSN: { 2: number }
  HL(3=S): { TD1: &packing { as: packing*, 1: type, 2: count }, REF: &reference { as: references*, 1: type, 2: id } }
  HL(3=O): { as: orders*, PRF: { 1: number }, TD1: *packing }
  HL(3=T|P): { as: packages*, 3: { to: kind, codes: { pallet: T, carton: P } }, MAN: { as: marks*, 1: type, 2: id } }
  HL(3=I): { as: lines*, LIN: { 1: number }, SN1: { 2: quantity }, REF: *reference }
`;
const asn = () => mappingOf(yaml);
const document = 'despatchAdvice';
const segments = (...lines: string[]) => lines.join('\n');

describe('X12 levels', () => {
  after(removeFolders);

  it('nest as they were sent: shipment, order, pack, item', () => {
    const text = segments(
      'BSN**7',
      'HL*1**S*1',
      'REF*BM*B1',
      'HL*2*1*O*1',
      'PRF*PO1',
      'HL*3*2*T*1',
      'MAN*GM*001',
      'HL*4*3*I*0',
      'LIN*1',
      'SN1**5',
      'HL*5*2*I*0',
      'LIN*2',
    );
    const { document: read, findings } = asn().read(text);
    expect(findings).to.deep.equal([]);
    expect(read).to.deep.equal({
      document,
      number: '7',
      references: [{ type: 'BM', id: 'B1' }],
      orders: [
        {
          number: 'PO1',
          packages: [
            {
              kind: 'pallet',
              marks: [{ type: 'GM', id: '001' }],
              lines: [{ number: '1', quantity: '5' }],
            },
          ],
          lines: [{ number: '2' }],
        },
      ],
    });
    // Packages are claimed before lines, so the levels come out as they were.
    expect(asn().write(read).text).to.equal(text);
  });

  it('nest the other way round: pack, order, item', () => {
    const packages = [
      { kind: 'carton', orders: [{ number: 'A', lines: [{ number: '1' }] }, { number: 'B' }] },
    ];
    const whole = { document, number: '7', packages };
    expect(asn().write(whole).text).to.include(
      'HL*2*1*P*1\nHL*3*2*O*1\nPRF*A\nHL*4*3*I*0\nLIN*1\nHL*5*2*O*0',
    );
    expect(asn().roundTrip(whole)).to.deep.equal(whole);
  });

  it('may be missing, and packages may hold packages', () => {
    const inner = { kind: 'carton', lines: [{ number: '1' }] };
    const whole = {
      document,
      number: '7',
      packages: [{ kind: 'pallet', packages: [inner, inner] }],
    };
    expect(asn().roundTrip(whole)).to.deep.equal(whole);
  });

  it('stand in the document itself where the message has no shipment level', () => {
    const { document: read, findings } = asn().read('BSN**7\nHL*1**O*1\nPRF*A\nHL*2*1*I\nLIN*1');
    expect(read).to.deep.equal({
      document,
      number: '7',
      orders: [{ number: 'A', lines: [{ number: '1' }] }],
    });
    expect(findings).to.deep.equal([]);
    expect(asn().write(read).text).to.include('HL*1**S*1\nHL*2*1*O*1');
  });

  it('leave a second shipment unmapped, but for the numbers that the codec owns', () => {
    const { findings } = asn().read('BSN**7\nHL*1**S\nREF*BM*B1\nHL*2**S\nREF*BM*B2');
    expect(findings).to.deep.equal([
      'unmapped HL[2]/3',
      'unmapped HL[2]/REF[1]/1',
      'unmapped HL[2]/REF[1]/2',
    ]);
  });

  it('need the field that tells a pallet from a carton', () => {
    const { text, findings } = asn().write({
      document,
      number: '7',
      packages: [{ marks: [{ id: '1' }] }],
    });
    expect(findings).to.include('mandatory-empty packages[0]');
    expect(text).to.include('HL*2*1*T*0');
    const other = asn().write({ document, number: '7', packages: [{ kind: 'crate' }] });
    expect(other.findings).to.include('code-missing packages[0].kind');
  });

  it('are nested as the agreement says, without losing a line', () => {
    const line = (number: string) => ({ number });
    const orders = [
      {
        number: 'A',
        packages: [{ kind: 'carton', marks: [{ type: 'GM', id: '1' }], lines: [line('1')] }],
      },
      {
        number: 'B',
        packages: [{ kind: 'carton', marks: [{ type: 'GM', id: '1' }], lines: [line('2')] }],
      },
    ];
    const context = { agreement: { nest: 'shipment/pack/order/item' } };
    const { text } = asn().write({ document, number: '7', orders }, context);
    expect(text.split('\n').filter((each) => each.startsWith('HL'))).to.deep.equal([
      'HL*1**S*1',
      'HL*2*1*P*1',
      'HL*3*2*O*1',
      'HL*4*3*I*0',
      'HL*5*2*O*1',
      'HL*6*5*I*0',
    ]);
  });

  it('are bound once for each shape, however deep they nest', () => {
    const { body } = openFilesOf({ 'map.yaml': yaml }).rules('map');
    const inside = (rules: NodeRule['body']): NodeRule =>
      rules.rules.find(
        (rule): rule is NodeRule => rule.is === 'node' && rule.as?.text === 'packages*',
      )!;
    const pack = inside(body);
    expect(inside(pack.body).body).to.equal(inside(inside(pack.body).body).body);
  });
});
