import { expect } from 'chai';
import { documentField } from '../../../src/documents/field.ts';
import { validateDocument } from '../../../src/documents/registry.ts';
import { differences } from '../../../src/mappings/check/compare.ts';
import { coverageOf } from '../../../src/mappings/check/coverage.ts';
import { generateDocument } from '../../../src/mappings/check/generate-document.ts';
import { normalizedDifference } from '../../../src/mappings/check/normalize.ts';
import { perturb } from '../../../src/mappings/check/perturb.ts';
import { shrink, stepsOf, without } from '../../../src/mappings/check/shrink.ts';
import { seededRandom } from '../../../src/model/random.ts';
import { mappings } from './open.ts';

const order = documentField('order');

describe('comparing documents', () => {
  it('takes decimals as numbers, keys in any order, lists in theirs', () => {
    const left = { total: '10.50', number: '1', notes: ['a', 'b'] };
    expect(
      differences(left, { number: '1', notes: ['a', 'b'], total: '10.5' }, order),
    ).to.deep.equal([]);
    expect(differences(left, { ...left, notes: ['b', 'a'] }, order)).to.have.length(2);
    expect(differences(left, { ...left, number: '01' }, order)[0]?.path).to.equal('number');
  });

  it('takes the order of entries lightly only where several rules make them', () => {
    const left = { dates: [{ type: 'a' }, { type: 'b' }] };
    const right = { dates: [{ type: 'b' }, { type: 'a' }] };
    expect(differences(left, right, order)).to.have.length(2);
    expect(differences(left, right, order, new Set(['dates']))).to.deep.equal([]);
  });

  it('finds what is missing, what is more, and what is empty absent', () => {
    expect(differences({ lines: [{ price: '1' }] }, {}, order)[0]?.path).to.equal('lines[0].price');
    expect(differences({}, { currency: 'EUR' }, order)[0]?.found).to.equal('EUR');
    expect(differences({ notes: [], parties: {} }, {}, order)).to.deep.equal([]);
  });
});

describe('shrinking', () => {
  it('takes away all but what breaks', () => {
    const document = { document: 'order', number: '1', notes: ['x', 'bad', 'y'], total: '5' };
    const small = shrink(document, (each) => JSON.stringify(each).includes('bad'));
    expect(small).to.deep.equal({ document: 'order', number: '1', notes: ['bad'] });
  });

  it('removes what its removal empties, and nothing beside it', () => {
    const document = { a: { b: [{ c: '1' }] }, d: '2' };
    expect(without(document, stepsOf('a.b[0].c'))).to.deep.equal({ d: '2' });
    expect(without(document, stepsOf('a.x'))).to.equal(undefined);
  });
});

describe('generated documents', () => {
  it('are the same for the same seed, and keep to the schema', () => {
    for (const name of ['x12/004010/850', 'edifact/D96A/INVOIC', 'json/erp/shipment']) {
      const bound = mappings.rules(name);
      for (let seed = 1; seed <= 20; seed++) {
        const document = generateDocument(bound, seededRandom(seed));
        expect(generateDocument(bound, seededRandom(seed))).to.deep.equal(document);
        expect(validateDocument(document), name).to.deep.equal([]);
      }
    }
  });
});

describe('messages said in another way', () => {
  const segments = [
    { tag: 'PO1', elements: ['1', '10', 'EA', '4.50'] },
    { tag: 'CTT', elements: ['1'] },
  ];

  it('have padded numbers and no count, but untouched texts', () => {
    const { segments: said, normalizations } = perturb(mappings.rules('x12/004010/850'), segments);
    expect(said).to.deep.equal([{ tag: 'PO1', elements: ['1', '010', 'EA', '04.50'] }]);
    expect(normalizations).to.deep.equal({ N4: 2, N5: 1 });
  });

  it('are told from messages that lost something', () => {
    const content = (elements: string[]) =>
      ({ form: 'segments', segments: [{ tag: 'REF', elements }] }) as const;
    expect(normalizedDifference(content(['CT', '1']), content(['CT', '1'])).difference).to.equal(
      undefined,
    );
    expect(normalizedDifference(content(['CT', '1']), content(['CT', '2'])).difference).to.equal(
      'REF*CT*1 became REF*CT*2',
    );
  });
});

describe('coverage', () => {
  it('tells a field that nothing writes once, with all that is in it', () => {
    const { lost } = coverageOf(mappings.rules('json/erp/order'));
    expect(lost).to.include.members(['issueTime', 'terms', 'lines.schedules']);
    expect(lost).to.not.include.members(['lines.schedules.date', 'number', 'lines.price']);
  });
});
