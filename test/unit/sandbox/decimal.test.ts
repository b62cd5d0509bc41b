import { expect } from 'chai';
import fc from 'fast-check';
import { checkDigit, sscc } from '../../../src/sandbox/check-digit.ts';
import { add, compare, multiply, round, subtract, sum } from '../../../src/sandbox/decimal.ts';

describe('decimal texts of the sandbox', () => {
  it('calculates what floats get wrong', () => {
    expect(add('0.1', '0.2')).to.equal('0.3');
    expect(multiply('1.365', '333')).to.equal('454.545');
    expect(subtract('1.00', '-0.5')).to.equal('1.50');
    expect(sum(['1.1', '2.2', '3.30'], 2)).to.equal('6.60');
    expect(compare('10', '10.00')).to.equal(0);
    expect(compare('-2', '1')).to.equal(-1);
  });

  it('rounds half away from zero', () => {
    const cases = ['454.545', '-454.545', '0.0049', '-0.004', '2', '9.995'];
    const rounded = ['454.55', '-454.55', '0.00', '0.00', '2.00', '10.00'];
    expect(cases.map((value) => round(value, 2))).to.deep.equal(rounded);
  });

  it('keeps the laws of arithmetic', () => {
    const decimal = fc
      .tuple(fc.bigInt(-(10n ** 8n), 10n ** 8n), fc.integer({ min: 0, max: 4 }))
      .map(([units, scale]) => round(`${units}`, scale));
    fc.assert(
      fc.property(decimal, decimal, decimal, (a, b, c) => {
        expect(add(a, b)).to.equal(add(b, a));
        expect(compare(subtract(add(a, b), b), a)).to.equal(0);
        expect(compare(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).to.equal(0);
      }),
    );
  });

  it('refuses what is no decimal', () => {
    for (const text of ['', '1,5', '1e3', ' 1', '0x1', '--1', '1.']) {
      expect(() => add(text, '1')).to.throw(RangeError);
    }
  });

  it('closes GTIN, GLN and SSCC with the GS1 check digit', () => {
    expect(checkDigit('629104150021')).to.equal('3');
    expect(checkDigit('37610425002123456')).to.equal('9');
    expect(sscc('4099999', 1)).to.equal('040999990000000012');
  });
});
