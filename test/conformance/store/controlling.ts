import { expect } from 'chai';
import {
  at,
  checked,
  delivery,
  finding,
  interchange,
  outbound,
  sent,
  verdict,
} from '../../support/store-cases.ts';
import {
  type Bench,
  check,
  claimIds,
  claimOne,
  codeOf,
  dispatch,
  everything,
  receive,
  release,
} from './bench.ts';

export function controlling(bench: Bench): void {
  describe('resending', () => {
    it('sends the same bytes and numbers again', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, delivery(bench.makeId()));
      const first = await claimOne(bench);
      await store.settle(id, first.token, { ...sent, remoteId: 'SO-1' }, at(11));
      expect(await store.resend(id, at(12))).to.equal('queued');
      const again = await claimOne(bench, { now: at(12) });
      expect(again).to.include({ id, digest: first.digest, fileName: first.fileName, token: 2 });
      expect((await store.delivery(id))?.remoteId).to.equal('SO-1');
    });

    it('takes back a cancelled one, and waits for one that is out', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, delivery(bench.makeId()));
      await store.cancel(id, at(5));
      expect(await store.resend(id, at(6))).to.equal('queued');
      expect(await store.resend(id, at(6))).to.equal('queued');
      await claimOne(bench);
      expect(await codeOf(store.resend(id, at(11)))).to.equal('conflict');
      expect(await codeOf(store.resend('NONE', at(11)))).to.equal('not-found');
    });
  });

  describe('reissuing', () => {
    const reject = async (control: string): Promise<void> => {
      const transfer = await receive(bench);
      const told = { standard: 'x12', connector: 'acme', verdict: 'rejected', code: 'R' } as const;
      const answers = [{ ...told, text: '', transfer, message: control }];
      await bench.store.recordVerdict(verdict(transfer, { state: 'released', answers }));
    };

    it('puts a delivery of its own numbers in the place of what was rejected, once', async () => {
      const { store } = bench;
      const messages = [outbound({ control: '0077' })];
      const [id = ''] = await dispatch(bench, delivery(bench.makeId(), { messages }));
      const made = delivery(bench.makeId());
      expect(await codeOf(store.reissue(id, made, at(5)))).to.equal('conflict');
      await reject('0077');
      const listed = async () =>
        (await store.deliveries({ ...everything, answer: 'rejected' })).items.map((row) => row.id);
      expect(await listed()).to.deep.equal([id]);
      await store.reissue(id, made, at(6));
      expect(await listed()).to.deep.equal([]);
      expect((await store.delivery(id))?.reissuedAs).to.equal(made.id);
      expect((await store.delivery(made.id))?.fileName).to.equal('810-2.x12');
      expect((await store.delivery(made.id))?.state).to.equal('queued');
      const other = delivery(bench.makeId());
      expect(await codeOf(store.reissue(id, other, at(7)))).to.equal('conflict');
      expect(await store.delivery(other.id)).to.equal(undefined);
      expect(await codeOf(store.reissue('NONE', other, at(7)))).to.equal('not-found');
    });
  });

  describe('cancelling', () => {
    it('gives a delivery up and keeps its number used', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, delivery(bench.makeId()));
      expect(await store.cancel(id, at(5))).to.equal('cancelled');
      expect(await store.cancel(id, at(5))).to.equal('cancelled');
      expect(await claimIds(bench)).to.deep.equal([]);
      const [next = ''] = await dispatch(bench, delivery(bench.makeId()));
      expect((await store.delivery(next))?.fileName).to.equal('810-2.x12');
      expect((await store.delivery(id))?.fileName).to.equal('810-1.x12');
    });

    it('takes a dead letter away, but nothing that is out or sent', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, delivery(bench.makeId()));
      await claimOne(bench);
      expect(await codeOf(store.cancel(id, at(11)))).to.equal('conflict');
      const failed = { state: 'failed', text: 'HTTP 400', finding: finding('no') } as const;
      await store.settle(id, 1, failed, at(11));
      expect(await store.cancel(id, at(12))).to.equal('cancelled');
      const [other = ''] = await dispatch(bench, delivery(bench.makeId()));
      await claimOne(bench);
      await store.settle(other, 1, sent, at(11));
      expect(await codeOf(store.cancel(other, at(12)))).to.equal('conflict');
    });
  });

  describe('replaying', () => {
    it('judges anew what nothing has left of', async () => {
      const { store } = bench;
      const held = checked(0, { state: 'held', findings: [finding('unknown sender')] });
      const transfer = await check(bench, {
        state: 'quarantined',
        reason: 'why',
        messages: [held],
      });
      const replayed = await store.replay(transfer, at(5));
      expect(replayed).to.deep.equal({ messages: 1, documents: 0, recheck: true });
      expect(await store.transfer(transfer)).to.include({ state: 'received', reason: undefined });
      expect((await store.due(at(5))).check).to.deep.equal([transfer]);
      expect((await store.messages({ ...everything, transfer })).items).to.deep.equal([]);
    });

    it('lets messages pass whose verdict was told to the partner', async () => {
      const { store } = bench;
      const transfer = await check(bench, {
        messages: [checked(0), checked(1, { state: 'rejected' })],
        acknowledgements: [
          delivery(bench.makeId(), { kind: 'acknowledgement', transfer: undefined }),
        ],
      });
      await store.release({
        transfer,
        at: at(2),
        messages: [{ index: 0, state: 'held', findings: [finding('x')], document: undefined }],
        last: true,
      });
      await dispatchAcknowledgement(transfer);
      const replayed = await store.replay(transfer, at(5));
      expect(replayed).to.deep.equal({ messages: 2, documents: 0, recheck: false });
      const accepted = await store.acceptedMessages(transfer, 10);
      expect(accepted.map(({ index }) => index)).to.deep.equal([0, 1]);
      expect((await store.due(at(5))).release).to.deep.equal([transfer]);
    });

    it('tells once of a group or interchange that was held', async () => {
      const { store } = bench;
      const acknowledgement = () =>
        delivery(bench.makeId(), { kind: 'acknowledgement', transfer: undefined });
      const group = {
        ...{ index: 0, messages: 1, accepted: 0, findings: [] },
        state: 'held',
        envelope: {
          ...{ functionalId: 'PO', control: '1', sender: 'A', receiver: 'B', version: '004010' },
          ...{ preparedAt: '', start: 0 },
        },
      } as const;
      const transfer = await check(bench, {
        interchanges: [interchange({ groups: [group, { ...group, index: 1, state: 'accepted' }] })],
        messages: [checked(0, { state: 'held' })],
      });
      await dispatchAcknowledgement(transfer);
      const before = (await store.deliveries(everything)).items.length;
      const answers = [0, 1].map((index) => ({
        ...{ interchange: 0, group: index, delivery: acknowledgement() },
      }));
      await store.replay(transfer, at(5), answers);
      await store.release({
        transfer,
        at: at(6),
        messages: [{ index: 0, state: 'held', findings: [], document: undefined }],
        last: true,
      });
      const again = answers.map((it) => ({ ...it, delivery: acknowledgement() }));
      await store.replay(transfer, at(7), again);
      expect((await store.deliveries(everything)).items.length - before).to.equal(1);
    });

    it('reads again what was unrouted, and forgets the document that nothing was sent of', async () => {
      const { store } = bench;
      const id = await release(bench);
      const transfer = (await store.document(id))?.transfer ?? '';
      const unrouted = { document: id, at: at(3), state: 'unrouted' as const };
      await store.dispatch([{ ...unrouted, findings: [finding('no way')], deliveries: [] }]);
      const replayed = await store.replay(transfer, at(5));
      expect(replayed).to.deep.equal({ messages: 0, documents: 1, recheck: false });
      expect((await store.acceptedMessages(transfer, 10)).map(({ index }) => index)).to.deep.equal([
        0,
      ]);
      expect((await store.due(at(5))).release).to.deep.equal([transfer]);
      expect(await store.document(id)).to.equal(undefined);
      expect(await store.newDocuments(transfer, 10)).to.deep.equal([]);
      const { items } = await store.findings({ ...everything, transfer });
      expect(items.map(({ text, document }) => [text, document])).to.deep.equal([
        ['no way', undefined],
      ]);
    });

    it('does nothing where nothing waits', async () => {
      const { store } = bench;
      const transfer = await check(bench);
      const nothing = { messages: 0, documents: 0, recheck: false };
      expect(await store.replay(transfer, at(5))).to.deep.equal(nothing);
      expect((await store.transfer(transfer))?.state).to.equal('checked');
      expect(await codeOf(store.replay('NONE', at(5)))).to.equal('not-found');
    });

    /** A delivery that tells the partner of the transfer's verdict. */
    const dispatchAcknowledgement = (transfer: string): Promise<string[]> =>
      dispatch(bench, delivery(bench.makeId(), { kind: 'acknowledgement', transfer }));
  });
}
