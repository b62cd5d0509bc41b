import { expect } from 'chai';
import type { Release } from '../../../src/model/store.ts';
import {
  at,
  checked,
  delivery,
  document,
  envelope,
  finding,
  interchange,
} from '../../support/store-cases.ts';
import { type Bench, check, codeOf, everything, release } from './bench.ts';

const group = {
  functionalId: 'PO',
  control: '77',
  sender: 'ACME',
  receiver: 'US',
  version: '004010VICS',
  preparedAt: '20260301 0800',
  start: 106,
};

export function releasing(bench: Bench): void {
  describe('releasing', () => {
    it('names the oldest transfer of a connector that is not released and routed', async () => {
      const { store } = bench;
      const first = await check(bench);
      const second = await check(bench);
      expect(await store.firstUnreleased('acme')).to.equal(first);
      expect(await store.firstUnreleased('nordwind')).to.equal(undefined);
      const made = document(bench.makeId());
      const messages = [{ index: 0, state: 'released', findings: [], document: made }] as const;
      await store.release({ transfer: first, at: at(2), messages, last: true });
      expect(await store.firstUnreleased('acme'), 'its document waits').to.equal(first);
      const routed = { document: made.id, at: at(3), state: 'routed', findings: [] } as const;
      await store.dispatch([{ ...routed, deliveries: [] }]);
      expect(await store.firstUnreleased('acme')).to.equal(second);
    });

    it('keeps a transfer open while a message of it is accepted', async () => {
      const { store } = bench;
      const transfer = await check(bench);
      await store.release({ transfer, at: at(2), messages: [], last: true });
      expect((await store.transfer(transfer))?.state).to.equal('checked');
      expect((await store.due(at(3))).release).to.include(transfer);
    });

    it('gives accepted messages in order, with all that reading them needs', async () => {
      const { store } = bench;
      const about = { state: 'accepted', messages: 3, accepted: 2, findings: [] } as const;
      const transfer = await check(bench, {
        isTest: true,
        interchanges: [interchange({ groups: [{ index: 0, envelope: group, ...about }] })],
        messages: [
          checked(2, { group: 0, association: 'VICS' }),
          checked(0),
          checked(1, { state: 'rejected' }),
        ],
      });
      const messages = await store.acceptedMessages(transfer, 10);
      expect(messages.map(({ index }) => index)).to.deep.equal([0, 2]);
      expect(messages[0]?.group).to.equal(undefined);
      expect(messages[1]).to.deep.include({
        transfer,
        part: 0,
        envelope: envelope(),
        group,
        message: 'x12/004010/850',
        association: 'VICS',
        control: '0003',
        start: 20,
        end: 30,
        partner: 'acme',
        mapping: 'x12/004010/850',
        isTest: true,
        connector: 'acme',
        receivedAt: at(0),
      });
      expect(messages[1]?.digest).to.equal((await store.transfer(transfer))?.parts[0]?.digest);
      expect(await store.acceptedMessages(transfer, 1)).to.have.length(1);
    });

    it('goes on after the last batch, and changes nothing when a batch is repeated', async () => {
      const { store } = bench;
      const messages = [0, 1].map((index) => checked(index));
      const transfer = await check(bench, { messages });
      const batch = (index: number, last: boolean): Release => ({
        transfer,
        at: at(2),
        messages: [
          {
            index,
            state: 'released',
            findings: [finding('odd')],
            document: document(bench.makeId(), { number: `order ${index}` }),
          },
        ],
        last,
      });
      await store.release(batch(0, false));
      await store.release(batch(0, false));
      expect((await store.transfer(transfer))?.state).to.equal('checked');
      const left = await store.acceptedMessages(transfer, 10);
      expect(left.map(({ index }) => index)).to.deep.equal([1]);
      await store.release(batch(1, true));
      await store.release(batch(1, true));
      expect((await store.transfer(transfer))?.state).to.equal('released');
      const documents = await store.newDocuments(transfer, 10);
      expect(documents.map(({ number }) => number)).to.deep.equal(['order 0', 'order 1']);
      expect((await store.findings({ ...everything, transfer })).items).to.have.length(2);
      const { items } = await store.messages({ ...everything, transfer });
      expect(items.map((row) => row.document)).to.deep.equal(documents.map(({ id }) => id));
    });

    it('holds a message whose mapping found errors', async () => {
      const { store } = bench;
      const transfer = await check(bench);
      const held = { state: 'held', findings: [finding('no')], document: undefined } as const;
      await store.release({ transfer, at: at(2), messages: [{ index: 0, ...held }], last: true });
      const [message] = (await store.messages({ ...everything, transfer })).items;
      expect(message).to.include({ state: 'held', findings: 1, document: undefined });
      const [found] = (await store.findings({ ...everything, transfer })).items;
      expect(found).to.include({ messageIndex: 0 });
    });

    it('keeps a document as it was made', async () => {
      const given = {
        kind: 'invoice',
        number: '90001',
        isTest: true,
        made: { mapping: 'abc', schema: 'def' },
        references: [{ type: 'order', id: '4711', partner: 'acme' }],
      };
      const id = await release(bench, given);
      const row = await bench.store.document(id);
      expect(row).to.deep.include({
        ...given,
        id,
        state: 'new',
        connector: 'acme',
        messageIndex: 0,
      });
    });
  });

  describe('dispatching', () => {
    it('routes a document that is new, and only once', async () => {
      const { store } = bench;
      const id = await release(bench);
      const routed = () => ({
        document: id,
        at: at(3),
        state: 'routed' as const,
        findings: [],
        deliveries: [delivery(bench.makeId(), { document: id, connector: 'erp' })],
      });
      await store.dispatch([routed()]);
      await store.dispatch([routed()]);
      expect((await store.document(id))?.state).to.equal('routed');
      const { items } = await store.deliveries({ ...everything, document: id });
      expect(items).to.have.length(1);
      expect(items[0]).to.deep.include({
        state: 'queued',
        connector: 'erp',
        fileName: '810-1.x12',
        createdAt: at(3),
        nextAt: at(3),
        attempts: [],
      });
      expect(items[0]?.messages[0]).to.deep.include({ control: '0001', state: 'none' });
    });

    it('makes an unrouted document visible by its message', async () => {
      const { store } = bench;
      const id = await release(bench);
      const unrouted = { document: id, at: at(3), state: 'unrouted', deliveries: [] } as const;
      await store.dispatch([{ ...unrouted, findings: [finding('no route')] }]);
      const [message] = (await store.messages({ ...everything, state: 'unrouted' })).items;
      expect(message?.document).to.equal(id);
      expect((await store.findings({ ...everything, document: id })).items).to.have.length(1);
      const transfer = message?.transfer ?? '';
      expect(await store.newDocuments(transfer, 10)).to.deep.equal([]);
    });

    it('does not know a document that was never made', async () => {
      const none = { document: 'NONE', at: at(3), state: 'routed' as const };
      const failing = bench.store.dispatch([{ ...none, findings: [], deliveries: [] }]);
      expect(await codeOf(failing)).to.equal('not-found');
    });
  });
}
