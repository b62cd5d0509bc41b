import { expect } from 'chai';
import type { Answer } from '../../../src/model/answer.ts';
import { at, delivery, outbound, sent, verdict } from '../../support/store-cases.ts';
import { type Bench, claimOne, dispatch, everything, receive } from './bench.ts';

export function answering(bench: Bench): void {
  /** Two groups of two messages in interchange 7, one of which awaits nothing. */
  const send = (given: Parameters<typeof delivery>[1] = {}): Promise<string[]> =>
    dispatch(
      bench,
      delivery(bench.makeId(), {
        messages: [
          outbound({ interchange: '000000007', group: '41', control: '0001' }),
          outbound({ interchange: '000000007', group: '41', control: '0002' }),
          outbound({ interchange: '000000007', group: '42', control: '0003' }),
          outbound({ interchange: '000000007', group: '42', control: '0004', state: 'none' }),
        ],
        ...given,
      }),
    );
  const answer = async (...answers: Partial<Answer>[]): Promise<string> => {
    const common = { standard: 'x12', connector: 'acme', verdict: 'accepted', code: 'A' } as const;
    const transfer = await receive(bench);
    const complete = answers.map((given) => ({ ...common, text: '', transfer, ...given }));
    await bench.store.recordVerdict(verdict(transfer, { state: 'released', answers: complete }));
    return transfer;
  };
  const states = async (id: string | undefined): Promise<string[]> =>
    (await bench.store.delivery(id ?? ''))?.messages.map(({ state }) => state) ?? [];

  describe('answers', () => {
    it('to a message settle that message, whatever its leading zeros', async () => {
      const [id] = await send();
      await answer({
        group: '041',
        message: '2',
        verdict: 'rejected',
        code: 'R',
        text: 'bad PO1',
        transfer: 'T9',
      });
      expect(await states(id)).to.deep.equal(['awaited', 'rejected', 'awaited', 'none']);
      const row = (await bench.store.delivery(id ?? ''))?.messages[1];
      expect(row).to.include({ answeredBy: 'T9', answer: 'R bad PO1' });
      const refused = await bench.store.deliveries({ ...everything, answer: 'rejected' });
      expect(refused.items.map((found) => found.id)).to.deep.equal([id]);
    });

    it('are traced before: to which messages of which payload they speak', async () => {
      const [id = ''] = await send();
      const told = { standard: 'x12', connector: 'acme', verdict: 'rejected', code: 'R' } as const;
      const given = { ...told, text: '', transfer: 'T1', group: '41', message: '0002' };
      const [message, ...others] = await bench.store.answered(given, false, 5);
      const row = await bench.store.delivery(id);
      expect(others).to.deep.equal([]);
      expect(message).to.deep.equal({
        ...{ delivery: id, digest: row?.digest, partner: row?.partner },
        ...{ message: row?.messages[1]?.message, control: '0002' },
      });
      expect(await bench.store.answered({ ...given, group: '99' }, false, 5)).to.deep.equal([]);
    });

    it('record what they mean once, with the delivery that they settle', async () => {
      const [id = ''] = await send();
      const common = { severity: 'error', fault: 'mapping', place: { path: 'PO102' } } as const;
      const findings = [
        { ...common, code: 'answer-rejects', text: 'Acme rejects PO102.' },
      ] as const;
      const given = { group: '41', message: '0002', verdict: 'rejected', findings } as const;
      await answer(given);
      await answer(given);
      const { items } = await bench.store.findings({ ...everything, delivery: id });
      expect(items.map(({ code, text }) => [code, text])).to.deep.equal([
        ['answer-rejects', 'Acme rejects PO102.'],
      ]);
    });

    it('to a group settle what is still awaited in it', async () => {
      const [id] = await send();
      await answer(
        { group: '41', message: '0001', verdict: 'rejected' },
        { group: '41', verdict: 'accepted', code: 'P' },
      );
      expect(await states(id)).to.deep.equal(['rejected', 'accepted', 'awaited', 'none']);
    });

    it('to an interchange settle what is still awaited in it', async () => {
      const [id] = await send();
      await answer({ interchange: '7', verdict: 'accepted' });
      expect(await states(id)).to.deep.equal(['accepted', 'accepted', 'accepted', 'none']);
    });

    it('tell a rejection also of what nobody awaited an answer to', async () => {
      const [id] = await send();
      await answer({ interchange: '7', verdict: 'rejected' });
      expect(await states(id)).to.deep.equal(['rejected', 'rejected', 'rejected', 'rejected']);
    });

    it('to what was resent count anew, however general they are', async () => {
      const [id = ''] = await send();
      await answer(
        { group: '41', message: '0001', verdict: 'rejected' },
        { group: '41', verdict: 'accepted', code: 'P' },
      );
      const { token } = await claimOne(bench);
      await bench.store.settle(id, token, sent, at(11));
      await bench.store.resend(id, at(12));
      await answer({ interchange: '7', verdict: 'rejected' });
      expect(await states(id)).to.deep.equal(['rejected', 'accepted', 'rejected', 'rejected']);
      await answer({ group: '41', verdict: 'accepted' });
      expect(await states(id)).to.deep.equal(['accepted', 'accepted', 'rejected', 'rejected']);
    });

    it('find the newest delivery when numbers have wrapped', async () => {
      const [old] = await send();
      const [young] = await send();
      await answer({ group: '42' });
      expect(await states(old)).to.deep.equal(['awaited', 'awaited', 'awaited', 'none']);
      expect(await states(young)).to.deep.equal(['awaited', 'awaited', 'accepted', 'none']);
    });

    it('find test traffic by test answers, though live traffic has the same numbers', async () => {
      const [test] = await send({ isTest: true });
      const [live] = await send();
      const transfer = await receive(bench);
      const common = { standard: 'x12', connector: 'acme', code: 'A', text: '', transfer } as const;
      const answers = [{ ...common, group: '41', verdict: 'accepted' }] as const;
      await bench.store.recordVerdict(verdict(transfer, { isTest: true, answers }));
      expect(await states(test)).to.deep.equal(['accepted', 'accepted', 'awaited', 'none']);
      expect(await states(live)).to.deep.equal(['awaited', 'awaited', 'awaited', 'none']);
      await answer({ group: '41', verdict: 'rejected' });
      expect(await states(live)).to.deep.equal(['rejected', 'rejected', 'awaited', 'none']);
    });

    it('count for the partner behind a network, and for no one else', async () => {
      const [id] = await send({ connector: 'van', partner: 'acme' });
      await answer({ group: '41', connector: 'other' });
      expect(await states(id)).to.deep.equal(['awaited', 'awaited', 'awaited', 'none']);
      await answer({ group: '41', connector: 'acme' });
      await answer({ group: '42', connector: 'van' });
      expect(await states(id)).to.deep.equal(['accepted', 'accepted', 'accepted', 'none']);
    });

    it('to nothing we sent become a finding', async () => {
      const { store } = bench;
      const transfer = await answer({ group: '999' });
      const { items } = await store.findings({ ...everything, transfer });
      expect(items.map(({ code }) => code)).to.deep.equal(['answer-unmatched']);
    });

    it('settle what was overdue', async () => {
      const [id] = await dispatch(
        bench,
        delivery(bench.makeId(), { messages: [outbound({ group: '5', dueAt: at(60) })] }),
      );
      await bench.store.settle(id ?? '', (await claimOne(bench)).token, sent, at(11));
      await bench.store.markOverdue(at(61));
      expect(await states(id)).to.deep.equal(['overdue']);
      const late = await bench.store.deliveries({ ...everything, answer: 'overdue' });
      expect(late.items.map((row) => row.id)).to.deep.equal([id]);
      await answer({ group: '5' });
      expect(await states(id)).to.deep.equal(['accepted']);
    });

    it('contradict an earlier one only as specially as it, and never in silence', async () => {
      const { store } = bench;
      const [id] = await send();
      const contradictions = async (): Promise<number> =>
        (await store.events(everything)).items.filter(
          ({ what }) => what === 'outbound.contradicted',
        ).length;
      await answer({ group: '41', message: '0001', verdict: 'rejected', transfer: 'T1' });
      await answer({ group: '41', verdict: 'accepted', transfer: 'T2' });
      expect(await states(id)).to.deep.equal(['rejected', 'accepted', 'awaited', 'none']);
      expect(await contradictions()).to.equal(1);
      await answer({ group: '41', message: '0002', verdict: 'rejected', transfer: 'T3' });
      expect(await states(id)).to.deep.equal(['rejected', 'rejected', 'awaited', 'none']);
      expect(await contradictions()).to.equal(2);
      await answer({ group: '41', message: '0002', verdict: 'rejected', transfer: 'T4' });
      expect((await store.delivery(id ?? ''))?.messages[1]?.answeredBy).to.equal('T3');
      expect(await contradictions()).to.equal(2);
    });

    it('in the same exchange settle all messages of the delivery', async () => {
      const [id] = await send();
      const { token } = await claimOne(bench);
      const word = { verdict: 'rejected', code: '406', text: 'Not Acceptable' } as const;
      await bench.store.settle(id ?? '', token, { ...sent, answer: word }, at(11));
      expect(await states(id)).to.deep.equal(['rejected', 'rejected', 'rejected', 'rejected']);
      const row = await bench.store.delivery(id ?? '');
      expect(row?.state).to.equal('sent');
      expect(row?.messages[0]?.answer).to.equal('406 Not Acceptable');
    });
  });
}
