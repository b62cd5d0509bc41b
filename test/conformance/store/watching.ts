import { expect } from 'chai';
import { at, delivery, outbound, sent } from '../../support/store-cases.ts';
import {
  type Bench,
  check,
  claimIds,
  claimOne,
  dispatch,
  everything,
  receive,
  release,
} from './bench.ts';

export function watching(bench: Bench): void {
  describe('watching', () => {
    it('names what was never woken, by topic', async () => {
      const { store } = bench;
      const received = await receive(bench);
      const checked = await check(bench);
      const released = await release(bench);
      const row = await store.document(released);
      const due = await store.due(at(5));
      expect(due.check).to.deep.equal([received]);
      expect(due.release).to.deep.equal([checked]);
      expect(due.route).to.deep.equal([row?.transfer]);
      expect(due).to.deep.include({ deliver: [], nextAt: undefined });
    });

    it('names connectors whose deliveries are due, and when the next one comes due', async () => {
      const { store } = bench;
      const make = (connector: string) => delivery(bench.makeId(), { connector });
      await dispatch(bench, make('beta'), make('alpha'), make('alpha'), make('gamma'));
      const retry = { state: 'queued', text: 'HTTP 503' } as const;
      const gamma = await claimOne(bench, { connector: 'gamma' });
      await store.settle(gamma.id, gamma.token, { ...retry, nextAt: at(50) }, at(11));
      const alpha = await claimOne(bench, { connector: 'alpha' });
      await store.settle(alpha.id, alpha.token, { ...retry, nextAt: at(30) }, at(11));
      const due = await store.due(at(12));
      expect(due.deliver).to.deep.equal(['alpha', 'beta']);
      expect(due.nextAt).to.equal(at(30));
      expect((await store.due(at(60))).nextAt).to.equal(undefined);
      expect((await store.due(at(60))).deliver).to.deep.equal(['alpha', 'beta', 'gamma']);
    });

    it('names nothing that is done or out', async () => {
      await dispatch(bench, delivery(bench.makeId()));
      await claimIds(bench);
      const due = await bench.store.due(at(12));
      expect(due).to.deep.equal({
        check: [],
        release: [],
        route: [],
        deliver: [],
        nextAt: undefined,
      });
    });

    it('marks answers to what was sent overdue once, when their time is past', async () => {
      const { store } = bench;
      const messages = [
        outbound({ control: '0001', dueAt: at(60) }),
        outbound({ control: '0002', dueAt: at(90) }),
        outbound({ control: '0003' }),
        outbound({ control: '0004', dueAt: at(60), state: 'none' }),
      ];
      const [id = ''] = await dispatch(bench, delivery(bench.makeId(), { messages }));
      expect(await store.markOverdue(at(60))).to.equal(0);
      await store.settle(id, (await claimOne(bench)).token, sent, at(11));
      expect(await store.markOverdue(at(59))).to.equal(0);
      expect(await store.markOverdue(at(60))).to.equal(1);
      expect(await store.markOverdue(at(60))).to.equal(0);
      const states = (await store.delivery(id))?.messages.map(({ state }) => state);
      expect(states).to.deep.equal(['overdue', 'awaited', 'awaited', 'none']);
      const { items } = await store.events({ ...everything, subject: `${id}/0001` });
      expect(items.map(({ what }) => what)).to.deep.equal(['outbound.awaited', 'outbound.overdue']);
    });
  });
}
