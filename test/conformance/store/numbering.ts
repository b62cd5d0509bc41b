import { expect } from 'chai';
import { counter, delivery } from '../../support/store-cases.ts';
import { type Bench, dispatch, read } from './bench.ts';

const digestOf = async ({ store }: Bench, id: string | undefined): Promise<string> =>
  (await store.delivery(id ?? ''))?.digest ?? '';

export function numbering(bench: Bench): void {
  describe('control numbers', () => {
    const numbersOf = async (id: string | undefined): Promise<string> => {
      const written = await read(bench.store, await digestOf(bench, id));
      return written.slice(written.indexOf(' ') + 1);
    };
    const make = (...numbers: ReturnType<typeof counter>[]) =>
      delivery(bench.makeId(), { numbers });

    it('are taken in order, each key for itself', async () => {
      const group = counter({ level: 'group' });
      const made = await dispatch(
        bench,
        make(counter(), group, group),
        make(counter(), counter({ them: 'ZZ:OTHER' })),
        make(counter({ isTest: true }), counter({ standard: 'edifact' }), group),
      );
      const numbers = [];
      for (const id of made) numbers.push(await numbersOf(id));
      expect(numbers).to.deep.equal(['1 1 2', '2 1', '1 1 3']);
    });

    it('wrap after their maximum to 1', async () => {
      const small = counter({ max: 3 });
      const made = await dispatch(bench, ...Array.from({ length: 7 }, () => make(small)));
      const numbers = [];
      for (const id of made) numbers.push(await numbersOf(id));
      expect(numbers).to.deep.equal(['1', '2', '3', '1', '2', '3', '1']);
    });

    it('are neither used nor skipped when the payload cannot be written', async () => {
      await dispatch(bench, make(counter()));
      const failing = delivery(bench.makeId(), {
        write: () => {
          throw new Error('refused');
        },
      });
      expect(await dispatch(bench, make(counter()), failing).catch(String)).to.equal(
        'Error: refused',
      );
      const [next] = await dispatch(bench, make(counter()));
      expect(await numbersOf(next)).to.equal('2');
    });

    it('have no gap and no repeat when many are taken in the same moment', async () => {
      const made = await Promise.all(
        Array.from({ length: 20 }, () => dispatch(bench, make(counter()))),
      );
      const numbers = await Promise.all(made.map(([id]) => numbersOf(id)));
      const sorted = numbers.map(Number).sort((a, b) => a - b);
      expect(sorted).to.deep.equal(Array.from({ length: 20 }, (_, n) => n + 1));
    });
  });
}
