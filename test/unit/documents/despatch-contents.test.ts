import { expect } from 'chai';
import fc from 'fast-check';
import type {
  DespatchAdvice,
  Package,
  ShippedOrder,
} from '../../../src/documents/despatch-advice.ts';
import { contents, type Nesting, regroup } from '../../../src/documents/despatch-contents.ts';
import { validateDocument } from '../../../src/documents/registry.ts';

const line = fc.record({ number: fc.constantFrom('1', '2', '3'), quantity: fc.constant('1') });
const lines = fc.array(line, { minLength: 1, maxLength: 3 });
/** Each package has its own SSCC, each order its own number. */
let serial = 0;
const pack = (inside: fc.Arbitrary<object>): fc.Arbitrary<Package> =>
  inside.map((held) => ({ marks: [{ type: 'sscc', id: String(++serial) }], ...held }));
const order = (inside: fc.Arbitrary<object>): fc.Arbitrary<ShippedOrder> =>
  inside.map((held) => ({ number: `PO-${++serial}`, ...held }));
const many = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 3 });

const pallets = many(pack(fc.record({ packages: many(pack(fc.record({ lines }))) })));
const shipped = fc.oneof(
  fc.record({ orders: many(order(fc.record({ packages: pallets }))) }),
  fc.record({ packages: many(pack(fc.record({ orders: many(order(fc.record({ lines }))) }))) }),
  fc.record({ orders: many(order(fc.record({ lines }))), packages: many(pack(fc.record({}))) }),
);
const advices = shipped.map(
  (held): DespatchAdvice => ({ document: 'despatchAdvice', number: 'S1', ...held }),
);
const nestings: readonly Nesting[] = ['shipment/order/pack/item', 'shipment/pack/order/item'];

const triples = (advice: DespatchAdvice): readonly string[] =>
  contents(advice)
    .map((content) => JSON.stringify(content))
    .toSorted();

describe('contents of a despatch advice', () => {
  it('tell the order and the packages of every line', () => {
    const advice: DespatchAdvice = {
      document: 'despatchAdvice',
      number: 'S1',
      orders: [
        {
          number: 'PO-1',
          packages: [{ kind: 'pallet', packages: [{ kind: 'carton', lines: [{ number: '1' }] }] }],
        },
      ],
    };
    expect(contents(advice)).to.deep.equal([
      {
        order: { number: 'PO-1' },
        packages: [{ kind: 'pallet' }, { kind: 'carton' }],
        line: { number: '1' },
      },
    ]);
  });

  it('stay the same when they are nested anew', () => {
    fc.assert(
      fc.property(advices, fc.constantFrom(...nestings), (advice, nesting) => {
        const other = regroup(advice, nesting);
        expect(triples(other)).to.deep.equal(triples(advice));
        expect(validateDocument(other)).to.deep.equal([]);
      }),
    );
  });

  it('put packages into orders, or orders into packages', () => {
    const [inOrders, inPackages] = nestings;
    const advice: DespatchAdvice = {
      document: 'despatchAdvice',
      number: 'S1',
      packages: [
        {
          marks: [{ id: '1' }],
          orders: [
            { number: 'A', lines: [{ number: '1' }] },
            { number: 'B', lines: [{ number: '2' }] },
          ],
        },
      ],
    };
    const nested = regroup(advice, inOrders!);
    expect(nested.packages).to.equal(undefined);
    expect(nested.orders?.map(({ number }) => number)).to.deep.equal(['A', 'B']);
    expect(regroup(nested, inPackages!)).to.deep.equal(advice);
  });

  it('keep two packages apart that look alike', () => {
    const alike = { kind: 'carton', lines: [{ number: '1' }] };
    const advice: DespatchAdvice = {
      document: 'despatchAdvice',
      number: 'S1',
      packages: [{ ...alike }, { ...alike }],
    };
    expect(regroup(advice, nestings[0]!).packages).to.have.length(2);
  });
});
