import { expect } from 'chai';
import fc from 'fast-check';
import { parseTable } from '../../../src/mappings/codes.ts';
import { cutText } from '../../../src/mappings/compile/flow.ts';
import {
  dateOfDigits,
  digitsOfDate,
  digitsOfTime,
  timeOfDigits,
} from '../../../src/mappings/dates.ts';
import {
  impliedPlaces,
  negated,
  normalDecimal,
  sameDecimal,
  sumDecimals,
  withPlaces,
} from '../../../src/mappings/decimal.ts';
import { faultList } from '../../../src/mappings/fault.ts';
import { readSource } from '../../../src/mappings/source.ts';

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([isNegative, digits, places]) => {
    const text = digits.toString().padStart(places + 1, '0');
    const point = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
    return isNegative && digits !== 0n ? `-${point}` : point;
  });
const date = fc
  .date({ min: new Date('1980-01-01'), max: new Date('2079-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString());

describe('values that are read are written back', () => {
  it('a normal decimal stays itself, and is the same with any zeros around it', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 4 }), (value, zeros) => {
        expect(normalDecimal(value)).to.equal(value);
        const padded = `${value.startsWith('-') ? '-' : '+'}${'0'.repeat(zeros)}${value.replace('-', '')}`;
        expect(normalDecimal(padded)).to.equal(value);
        expect(sameDecimal(value, padded)).to.equal(true);
        expect(negated(negated(value))).to.equal(value);
      }),
    );
  });

  it('implied places are the inverse of each other', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        const places = (value.split('.')[1] ?? '').length;
        expect(impliedPlaces(withPlaces(value, places)!, places)).to.equal(value);
        expect(withPlaces(value, places + 3)).to.equal(
          normalDecimal(`${withPlaces(value, places)}000`),
        );
      }),
    );
  });

  it('sums are exact', () => {
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 8 }), (values) => {
        const millionths = values.reduce((sum, each) => sum + BigInt(withPlaces(each, 6)!), 0n);
        expect(
          sameDecimal(sumDecimals(values)!, impliedPlaces(millionths.toString(), 6)!),
        ).to.equal(true);
      }),
    );
  });

  it('dates and times', () => {
    fc.assert(
      fc.property(date, (instant) => {
        const day = instant.slice(0, 10);
        expect(dateOfDigits(digitsOfDate(day, 8)!)).to.equal(day);
        expect(dateOfDigits(digitsOfDate(day, 6)!)).to.equal(day);
        const time = instant.slice(11, 19);
        expect(timeOfDigits(digitsOfTime(time, 6)!)).to.equal(time);
      }),
    );
  });

  it('text that flows joins again, in pieces that fit and have no space at their ends', () => {
    const words = fc.stringMatching(/^[a-z]{2,12}( [a-z]{2,12}){0,20}$/);
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 30 }), (text, max) => {
        const pieces = cutText(text, max);
        expect(pieces.join('')).to.equal(text);
        for (const piece of pieces) {
          expect(piece.length).to.be.at.most(max);
          expect(piece.trim()).to.equal(piece);
        }
      }),
    );
  });

  it('whatever a table reads it writes, to the code or to its preferred one', () => {
    const source = readSource(
      '{ buyer: BY, seller: SE | VN, other: keep }',
      'table.yaml',
      faultList(),
    );
    const table = parseTable(source!, 'x12/party', () => undefined, faultList());
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom('BY', 'SE', 'VN'), fc.stringMatching(/^[A-Z0-9]{2,3}$/)),
        (raw) => {
          const canonical = table.read(raw)!;
          const written = table.write(canonical);
          expect(table.read(written!)).to.equal(canonical);
          if (raw !== 'VN') expect(written).to.equal(raw);
        },
      ),
    );
    expect(table.write('edifact:LW')).to.equal(undefined);
    expect(table.write('x12:BY')).to.equal(undefined);
  });
});
