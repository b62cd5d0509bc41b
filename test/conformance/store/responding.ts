import { expect } from 'chai';
import type { Answer, AnsweredDocument } from '../../../src/model/answer.ts';
import type { NewDocument } from '../../../src/model/store.ts';
import { at, checked, delivery, document, finding, outbound } from '../../support/store-cases.ts';
import { type Bench, check, claimOne, dispatch, everything, release } from './bench.ts';

export function responding(bench: Bench): void {
  const response = (number: string): NewDocument =>
    document(bench.makeId(), { kind: 'applicationResponse', number });
  const held = { state: 'held', findings: [finding('no')], document: undefined } as const;
  const responses = async (): Promise<readonly string[]> => {
    const { items } = await bench.store.documents({ ...everything, kind: 'applicationResponse' });
    return items.map(({ number }) => number);
  };

  describe('responding', () => {
    it('stores our word to a message with its release, once', async () => {
      const { store } = bench;
      const transfer = await check(bench, { messages: [checked(0), checked(1)] });
      const batch = (number: string) => ({
        ...{ transfer, at: at(2), last: true },
        messages: [{ index: 1, ...held, response: response(number) }],
      });
      await store.release(batch('A'));
      await store.release(batch('B'));
      const [made, ...others] = await store.newDocuments(transfer, 10);
      expect(others).to.deep.equal([]);
      expect(made).to.deep.include({
        ...{ number: 'A', isOurs: true, messageIndex: 1, connector: 'acme', state: 'new' },
      });
      expect((await store.due(at(3))).route).to.include(transfer);
      // After a replay it is held again: the partner knows already.
      const routed = { document: made?.id ?? '', at: at(3), state: 'routed' } as const;
      await store.dispatch([{ ...routed, findings: [], deliveries: [] }]);
      expect((await store.replay(transfer, at(4))).recheck).to.equal(false);
      await store.release(batch('C'));
      expect(await responses()).to.deep.equal(['A']);
      expect((await store.document(made?.id ?? ''))?.state).to.equal('routed');
    });

    it('leaves the message alone where it cannot be routed, and tells why with it', async () => {
      const { store } = bench;
      const transfer = await check(bench);
      const made = response('A');
      const messages = [{ index: 0, ...held, response: made }];
      await store.release({ transfer, at: at(2), messages, last: true });
      const unrouted = { document: made.id, at: at(3), state: 'unrouted', deliveries: [] } as const;
      await store.dispatch([{ ...unrouted, findings: [finding('no way')] }]);
      const [message] = (await store.messages({ ...everything, transfer })).items;
      expect(message?.state).to.equal('held');
      const { items } = await store.findings({ ...everything, document: made.id });
      expect(items.map(({ text, messageIndex }) => [text, messageIndex])).to.deep.equal([
        ['no way', 0],
      ]);
    });

    it('stores our word to a document that was refused with how its delivery ended', async () => {
      const { store } = bench;
      const id = await release(bench);
      const row = await store.document(id);
      const made = delivery(bench.makeId(), { document: id, connector: 'erp' });
      const routed = { document: id, at: at(3), state: 'routed', findings: [] } as const;
      await store.dispatch([{ ...routed, deliveries: [made] }]);
      const claimed = await claimOne(bench, { connector: 'erp' });
      const failed = { state: 'failed', text: '422', finding: finding('refused') } as const;
      const about = { transfer: row?.transfer ?? '', index: 0, connector: 'acme' };
      const settle = (token: number, number: string): Promise<boolean> =>
        store.settle(made.id, token, failed, at(5), { ...about, document: response(number) });
      expect(await settle(claimed.token + 1, 'stale')).to.equal(false);
      expect(await responses()).to.deep.equal([]);
      expect(await settle(claimed.token, 'A')).to.equal(true);
      await store.resend(made.id, at(6));
      const again = await claimOne(bench, { connector: 'erp' });
      expect(await settle(again.token, 'B')).to.equal(true);
      expect(await responses()).to.deep.equal(['A']);
    });

    it('gives one message with its verdict, whatever became of it', async () => {
      const { store } = bench;
      const transfer = await check(bench, { messages: [checked(0), checked(1)] });
      const messages = [{ index: 1, ...held }];
      await store.release({ transfer, at: at(2), messages, last: true });
      const row = await store.message(transfer, 1);
      expect(row).to.deep.include({ transfer, index: 1, control: '0002', connector: 'acme' });
      expect(await store.message(transfer, 2)).to.equal(undefined);
    });
  });

  describe('responses that come in', () => {
    const word: Omit<Answer, 'transfer'> = {
      ...{
        standard: 'x12',
        connector: 'acme',
        verdict: 'rejected',
        code: '824 rejected',
        text: '',
      },
      findings: [finding('wrong price')],
    };
    /** One released message that says so. */
    const bring = async (given: Partial<Answer>): Promise<string> => {
      const transfer = await check(bench);
      const answers = [{ ...word, transfer, ...given }];
      const made = document(bench.makeId(), { kind: 'applicationResponse' });
      const released = { index: 0, state: 'released', findings: [], document: made } as const;
      const messages = [{ ...released, answers }];
      await bench.store.release({ transfer, at: at(8), messages, last: true });
      return transfer;
    };
    const send = async (): Promise<string> => {
      const messages = [outbound({ group: '51', control: '0009' })];
      const [id = ''] = await dispatch(bench, delivery(bench.makeId(), { messages }));
      return id;
    };
    const state = async (id: string): Promise<string | undefined> =>
      (await bench.store.delivery(id))?.messages[0]?.state;

    it('settle a message by its control numbers, else by the number of its document', async () => {
      const id = await send();
      await bring({ group: '51', message: '9', document: asked('nothing of the kind') });
      expect(await state(id)).to.equal('rejected');
      const { items } = await bench.store.findings({ ...everything, delivery: id });
      expect(items.map(({ text }) => text)).to.deep.equal(['wrong price']);
    });

    const asked = (number: string, kinds = ['order', 'invoice']): AnsweredDocument => ({
      ...{ number, kinds, message: undefined },
    });

    it('find a document by its number, and only what it can be', async () => {
      const { store } = bench;
      const id = await release(bench, { kind: 'invoice', number: 'INV-77' });
      const messages = [outbound({ message: 'x12/004010/810', control: '0007' })];
      const made = delivery(bench.makeId(), { document: id, messages });
      const routed = { document: id, at: at(3), state: 'routed', findings: [] } as const;
      await store.dispatch([{ ...routed, deliveries: [made] }]);
      const by856 = { number: 'INV-77', kinds: ['invoice'], message: '856' };
      for (const document of [asked('INV-77', ['order']), asked('INV-78'), by856]) {
        const transfer = await bring({ document });
        expect(await state(made.id)).to.not.equal('rejected');
        const { items } = await store.findings({ ...everything, transfer });
        expect(items.map(({ code }) => code)).to.deep.equal(['answer-unmatched']);
      }
      await bring({ document: { ...by856, message: '810' } });
      expect(await state(made.id)).to.equal('rejected');
    });

    it('are news after an acknowledgement, and are not taken back by one', async () => {
      const { store } = bench;
      const id = await send();
      const answer = { standard: 'x12', connector: 'acme', code: 'A', text: '' } as const;
      const numbers = { group: '51', message: '9' };
      await bring({ ...answer, ...numbers, verdict: 'accepted', findings: [] });
      expect(await state(id)).to.equal('accepted');
      await bring({ ...numbers, verdict: 'rejected', document: asked('no matter') });
      expect(await state(id)).to.equal('rejected');
      await bring({ ...answer, ...numbers, verdict: 'accepted', findings: [] });
      expect(await state(id)).to.equal('rejected');
      const { items } = await store.events({ ...everything, subject: `${id}/0009` });
      expect(items.map(({ what }) => what).slice(-3)).to.deep.equal([
        ...['outbound.accepted', 'outbound.rejected', 'outbound.contradicted'],
      ]);
    });
  });
}
