import { expect } from 'chai';
import { at, checked, delivery, finding, sent } from '../../support/store-cases.ts';
import {
  type Bench,
  check,
  claimOne,
  codeOf,
  dispatch,
  everything,
  pages,
  receive,
  release,
} from './bench.ts';

export function reading(bench: Bench): void {
  describe('reading', () => {
    it('pages newest first, without gap or repeat while the list grows', async () => {
      const { store } = bench;
      const made: string[] = [];
      for (let n = 0; n < 5; n += 1) made.push(await receive(bench));
      const first = await store.transfers({ limit: 2, after: undefined });
      await receive(bench);
      const rest = await store.transfers({ limit: 3, after: first.next });
      const seen = [...first.items, ...rest.items].map(({ id }) => id);
      expect(seen).to.deep.equal(made.toReversed());
      expect(rest.next).to.equal(undefined);
    });

    it('pages messages in the order they stand in their transfer', async () => {
      const { store } = bench;
      const older = await check(bench, { messages: [0, 1].map((index) => checked(index)) });
      const newer = await check(bench, { messages: [0, 1, 2].map((index) => checked(index)) });
      const found = (await pages((request) => store.messages(request), 2)).flat();
      expect(found.map(({ transfer, index }) => [transfer, index])).to.deep.equal([
        [newer, 0],
        [newer, 1],
        [newer, 2],
        [older, 0],
        [older, 1],
      ]);
      const one = await pages((request) => store.messages({ ...request, transfer: newer }), 2);
      expect(one.map((page) => page.length)).to.deep.equal([2, 1]);
      const none = await store.messages({ ...everything, state: 'held' });
      expect(none.items).to.deep.equal([]);
    });

    it('reads findings of one thing in order, and of everything newest first', async () => {
      const { store } = bench;
      const transfer = await check(bench, { findings: ['a', 'b', 'c'].map(finding) });
      const texts = async (given: object): Promise<string[]> =>
        (await pages((request) => store.findings({ ...request, ...given }), 2))
          .flat()
          .map(({ text }) => text);
      expect(await texts({ transfer })).to.deep.equal(['a', 'b', 'c']);
      expect(await texts({})).to.deep.equal(['c', 'b', 'a']);
      expect(await texts({ code: 'duplicate' })).to.deep.equal([]);
    });

    it('refuses a cursor that is none of the list, and caps what is asked for', async () => {
      const { store } = bench;
      await receive(bench);
      for (const after of ['', 'nonsense', Buffer.from('["x"]').toString('base64url')]) {
        expect(await codeOf(store.transfers({ limit: 1, after }))).to.equal('request-invalid');
      }
      expect((await store.transfers({ limit: 0, after: undefined })).items).to.have.length(1);
      expect((await store.transfers({ limit: 1e9, after: undefined })).items).to.have.length(1);
    });

    it('filters what it lists', async () => {
      const { store } = bench;
      const quarantined = await check(bench, { state: 'quarantined', messages: [] });
      await check(bench);
      const byState = await store.transfers({ ...everything, state: 'quarantined' });
      expect(byState.items.map(({ id }) => id)).to.deep.equal([quarantined]);
      expect((await store.transfers({ ...everything, connector: 'x' })).items).to.deep.equal([]);
      const [erp] = await dispatch(
        bench,
        delivery(bench.makeId(), { connector: 'erp' }),
        delivery(bench.makeId()),
      );
      const listed = await store.deliveries({ ...everything, connector: 'erp', state: 'queued' });
      expect(listed.items.map(({ id }) => id)).to.deep.equal([erp]);
    });

    it('finds the newest document of a number, for a partner or for any', async () => {
      const { store } = bench;
      await release(bench);
      const newest = await release(bench);
      const other = await release(bench, { partner: 'other' });
      expect((await store.findDocument('order', '4711', 'acme'))?.id).to.equal(newest);
      expect((await store.findDocument('order', '4711', undefined))?.id).to.equal(other);
      expect(await store.findDocument('invoice', '4711', 'acme')).to.equal(undefined);
      const listed = await store.documents({ ...everything, number: '4711', partner: 'acme' });
      expect(listed.items).to.have.length(2);
    });

    it('tells every change of a delivery in order', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, delivery(bench.makeId()));
      await claimOne(bench);
      await store.settle(id, 1, sent, at(11));
      const { items } = await store.events({ ...everything, subject: id });
      expect(items.map(({ what, at }) => [what, at])).to.deep.equal([
        ['delivery.queued', at(3)],
        ['delivery.sending', at(10)],
        ['delivery.sent', at(11)],
      ]);
    });

    it('tells every change of a transfer and its messages', async () => {
      const { store } = bench;
      const id = await release(bench);
      const transfer = (await store.document(id))?.transfer ?? '';
      const told = async (subject: string) =>
        (await store.events({ ...everything, subject })).items.map(({ what }) => what);
      expect(await told(transfer)).to.deep.equal([
        'transfer.received',
        'transfer.checked',
        'transfer.released',
      ]);
      expect(await told(`${transfer}/0`)).to.deep.equal(['message.accepted', 'message.released']);
      expect(await told(id)).to.deep.equal(['document.new']);
    });

    it('counts by state', async () => {
      const { store } = bench;
      await receive(bench);
      await check(bench, { messages: [checked(0), checked(1, { state: 'rejected' })] });
      await dispatch(bench, delivery(bench.makeId()), delivery(bench.makeId()));
      await claimOne(bench);
      expect(await store.counts()).to.deep.equal({
        transfers: { received: 1, checked: 1, released: 1 },
        messages: { accepted: 1, rejected: 1, released: 1 },
        documents: { routed: 1 },
        deliveries: { queued: 1, sending: 1 },
        outbound: { none: 2 },
      });
    });
  });

  describe('lifecycles', () => {
    const of = (type: string, id: string) => ({ type, id, partner: 'acme' });

    it('reach all documents of an order, and payments that name its invoice only', async () => {
      const { store } = bench;
      const order = await release(bench, { number: '4711' });
      const orders = [of('order', '4711'), of('order', '4712')];
      const invoice = await release(bench, {
        kind: 'invoice',
        number: '90',
        partner: undefined,
        references: orders,
      });
      const payment = await release(bench, {
        kind: 'remittanceAdvice',
        number: 'P1',
        references: [of('invoice', '90')],
      });
      await release(bench, { number: '4711', partner: 'other' });
      const made = delivery(bench.makeId(), { document: invoice });
      await store.dispatch([
        { document: invoice, at: at(3), state: 'routed', findings: [], deliveries: [made] },
      ]);
      const { items } = await store.lifecycles({ ...everything, partner: 'acme' });
      expect(items.map((row) => row.order)).to.deep.equal(['4712', '4711']);
      expect(items[1]?.documents.map(({ id }) => id)).to.deep.equal([order, invoice, payment]);
      expect(items[0]?.documents.map(({ id }) => id)).to.deep.equal([invoice, payment]);
      expect(items[1]?.documents[1]).to.deep.include({
        kind: 'invoice',
        number: '90',
        delivery: made.id,
        state: 'queued',
        answer: 'none',
      });
      expect(items[1]?.documents[0]).to.deep.include({ delivery: undefined, state: undefined });
      const one = await store.lifecycles({ ...everything, order: '4712' });
      expect(one.items).to.have.length(1);
    });

    it('are paged newest first', async () => {
      for (const number of ['1', '2', '3']) await release(bench, { number });
      const found = await pages((request) => bench.store.lifecycles(request), 2);
      expect(found.map((page) => page.map((row) => row.order))).to.deep.equal([['3', '2'], ['1']]);
    });

    it('end although documents refer to each other in a circle', async () => {
      await release(bench, { number: '1', references: [of('order', '2')] });
      await release(bench, { number: '2', references: [of('order', '1')] });
      const { items } = await bench.store.lifecycles(everything);
      expect(items.map(({ documents }) => documents.length)).to.deep.equal([2, 2]);
    });
  });

  describe('API keys', () => {
    const key = { id: 'K1', name: 'ERP', hash: 'ab'.repeat(32), role: 'erp', createdAt: at(0) };

    it('are found by their hash until they are removed', async () => {
      const { store } = bench;
      await store.addApiKey(key);
      expect(await store.apiKeyByHash(key.hash)).to.deep.equal(key);
      expect(await store.apiKeys()).to.deep.equal([key]);
      expect(await store.removeApiKey('K1')).to.equal(true);
      expect(await store.removeApiKey('K1')).to.equal(false);
      expect(await store.apiKeyByHash(key.hash)).to.equal(undefined);
    });
  });
}
