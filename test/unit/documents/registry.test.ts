import { expect } from 'chai';
import type { DocumentKind } from '../../../src/documents/document.ts';
import { documentField } from '../../../src/documents/field.ts';
import { documentSchemas, validateDocument } from '../../../src/documents/registry.ts';

describe('documents', () => {
  it('accept a minimal document of each kind', () => {
    for (const kind of Object.keys(documentSchemas)) {
      expect(validateDocument({ document: kind, number: '1' }), kind).to.deep.equal([]);
    }
  });

  it('tell every fault with its path', () => {
    const order = {
      document: 'order',
      issueDate: '2026-02-40',
      total: '1,5',
      lines: [{ quantity: '1' }, { colour: 'red', price: '' }],
      parties: { 'a/b': { id: { value: 7 } } },
    };
    expect(validateDocument(order).map((fault) => fault.path)).to.have.members([
      'number',
      'issueDate',
      'total',
      'lines[1].colour',
      'lines[1].price',
      'parties.a/b.id.value',
    ]);
  });

  it('refuse what is no document at all', () => {
    for (const value of [null, 7, {}, { document: 'toString' }, { document: 'poem' }]) {
      expect(validateDocument(value)).to.have.length(1);
    }
  });

  it('hold no empty lists, objects or texts', () => {
    const empty = { document: 'order', number: '1', lines: [], parties: {}, currency: '' };
    expect(validateDocument(empty)).to.have.length(3);
  });

  it('let packages and orders of a despatch advice nest', () => {
    const line = { number: '1', quantity: '2' };
    const orders = [{ number: '4711', packages: [{ kind: 'carton', lines: [line] }] }];
    const packages = [{ kind: 'pallet', packages: [{ orders }] }];
    const advice = { document: 'despatchAdvice', number: '1', packages };
    expect(validateDocument(advice)).to.deep.equal([]);
    const wrong = { ...advice, packages: [{ packages: [{ lines: [{ quantity: 'two' }] }] }] };
    expect(validateDocument(wrong)[0]?.path).to.equal('packages[0].packages[0].lines[0].quantity');
  });

  it('say how each field is typed', () => {
    const lines = documentField('order').field('lines');
    const line = lines?.is === 'list' ? lines.item : undefined;
    const quantity = line?.is === 'object' ? line.field('quantity') : undefined;
    expect(quantity).to.include({ is: 'scalar', format: 'decimal', title: 'Quantity' });
    expect(documentField('order').field('issueDate')).to.include({ format: 'date' });
    expect(documentField('order').field('parties')?.is).to.equal('keyed');
    expect(documentField('order').field('colour')).to.equal(undefined);
  });

  it('resolve the recursion of packages field by field', () => {
    const outer = documentField('despatchAdvice').field('packages');
    const item = outer?.is === 'list' ? outer.item : undefined;
    const inner = item?.is === 'object' ? item.field('packages') : undefined;
    expect(inner?.is === 'list' && inner.item.is).to.equal('object');
  });

  it('give every field a title for the reference page', () => {
    for (const kind of Object.keys(documentSchemas) as DocumentKind[]) {
      for (const name of documentField(kind).fields.filter((field) => field !== 'document')) {
        expect(documentField(kind).field(name)?.title, `${kind}.${name}`).to.not.equal('');
      }
    }
  });
});
