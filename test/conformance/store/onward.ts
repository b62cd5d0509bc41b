import { expect } from 'chai';
import type { Dispatch } from '../../../src/model/delivery.ts';
import { HubError } from '../../../src/model/errors.ts';
import type { NewDocument, Onward, Release } from '../../../src/model/store.ts';
import { at, checked, delivery, document, finding, verdict } from '../../support/store-cases.ts';
import { type Bench, codeOf, everything, receive } from './bench.ts';

export function onward(bench: Bench): void {
  const messagesOf = (made: NewDocument): Release['messages'] => [
    { index: 0, state: 'released', findings: [finding('left behind')], document: made },
  ];
  const dispatchOf = (made: NewDocument, transfer: string): Dispatch => {
    const deliveries = [delivery(bench.makeId(), { document: made.id, transfer })];
    return { document: made.id, at: at(1), state: 'routed', findings: [], deliveries };
  };
  const verdictOf = (transfer: string) => verdict(transfer, { messages: [checked(0)] });

  /** All that can be read of a transfer, without what differs from one to the next. */
  const told = async (transfer: string, made: NewDocument): Promise<unknown> => {
    const { store } = bench;
    const [message] = (await store.messages({ ...everything, transfer })).items;
    const [sent] = (await store.deliveries({ ...everything, transfer })).items;
    const subjects = [transfer, `${transfer}/0`, made.id, sent?.id ?? ''];
    const events = (await store.events(everything)).items;
    const about = events.filter(({ subject }) => subjects.includes(subject));
    const findings = await store.findings({ ...everything, transfer });
    return {
      transfer: (await store.transfer(transfer))?.state,
      message: [message?.state, message?.findings, message?.document === made.id],
      document: (await store.document(made.id))?.state,
      delivery: [sent?.state, sent?.document === made.id],
      findings: findings.items.map(({ text, document }) => [text, document === made.id]),
      events: about.map(({ what }) => what).toSorted(),
    };
  };

  describe('straight through', () => {
    it('stores with a verdict what release and dispatch would store after it', async () => {
      const { store } = bench;
      const stepwise = await receive(bench);
      const first = document(bench.makeId(), { number: 'A' });
      await store.recordVerdict(verdictOf(stepwise));
      const messages = messagesOf(first);
      await store.release({ transfer: stepwise, at: at(1), messages, last: true });
      await store.dispatch([dispatchOf(first, stepwise)]);
      const straight = await receive(bench);
      const second = document(bench.makeId(), { number: 'B' });
      const made: Onward = {
        messages: messagesOf(second),
        dispatches: [dispatchOf(second, straight)],
      };
      await store.recordVerdict({ ...verdictOf(straight), onward: made });
      expect(await told(straight, second)).to.deep.equal(await told(stepwise, first));
      const { release, route } = await store.due(at(2));
      expect([...release, ...route]).to.deep.equal([]);
    });

    it('stores nothing, not even the verdict, where a payload cannot be written', async () => {
      const { store } = bench;
      const transfer = await receive(bench);
      const made = document(bench.makeId());
      const write = () => {
        throw new HubError('cannot-encode', 'The name holds a separator.');
      };
      const failing = { ...delivery(bench.makeId(), { document: made.id, transfer }), write };
      const dispatches = [{ ...dispatchOf(made, transfer), deliveries: [failing] }];
      const tried = { ...verdictOf(transfer), onward: { messages: messagesOf(made), dispatches } };
      expect(await codeOf(store.recordVerdict(tried))).to.equal('cannot-encode');
      expect((await store.transfer(transfer))?.state).to.equal('received');
      expect(await store.document(made.id)).to.equal(undefined);
      await store.recordVerdict(verdictOf(transfer));
      expect((await store.transfer(transfer))?.state).to.equal('checked');
    });

    it('goes by nothing for a transfer that has its verdict', async () => {
      const { store } = bench;
      const transfer = await receive(bench);
      await store.recordVerdict(verdictOf(transfer));
      const made = document(bench.makeId());
      const late = { messages: messagesOf(made), dispatches: [dispatchOf(made, transfer)] };
      await store.recordVerdict({ ...verdictOf(transfer), onward: late });
      expect((await store.transfer(transfer))?.state).to.equal('checked');
      expect(await store.document(made.id)).to.equal(undefined);
    });
  });
}
