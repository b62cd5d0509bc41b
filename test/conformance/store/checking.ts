import { expect } from 'chai';
import type { ControlNumberKey, SeenNumber } from '../../../src/model/store.ts';
import {
  at,
  checked,
  delivery,
  envelope,
  finding,
  interchange,
  verdict,
} from '../../support/store-cases.ts';
import { type Bench, check, codeOf, everything, receive } from './bench.ts';

export function checking(bench: Bench): void {
  describe('checking', () => {
    it('hides messages and their findings until the verdict', async () => {
      const { store } = bench;
      const transfer = await receive(bench);
      await store.recordMessages(transfer, [
        checked(0, { findings: [finding('bad')] }),
        checked(1),
      ]);
      expect((await store.messages({ ...everything, transfer })).items).to.deep.equal([]);
      expect((await store.findings({ ...everything, transfer })).items).to.deep.equal([]);
      expect(await store.acceptedMessages(transfer, 10)).to.deep.equal([]);
      expect((await store.counts()).messages['accepted'] ?? 0).to.equal(0);
      await store.recordVerdict(verdict(transfer, { messages: [checked(2)] }));
      const { items } = await store.messages({ ...everything, transfer });
      expect(items.map(({ index }) => index)).to.deep.equal([0, 1, 2]);
      expect(items[0]?.findings).to.equal(1);
      expect((await store.findings({ ...everything, transfer })).items).to.have.length(1);
      expect((await store.counts()).messages['accepted']).to.equal(3);
    });

    it('changes nothing when a batch is told again', async () => {
      const { store } = bench;
      const transfer = await receive(bench);
      const batch = [checked(0, { findings: [finding('bad')] })];
      await store.recordMessages(transfer, batch);
      await store.recordMessages(transfer, batch);
      await store.recordVerdict(verdict(transfer, { messages: batch }));
      expect((await store.messages({ ...everything, transfer })).items).to.have.length(1);
      expect((await store.findings({ ...everything, transfer })).items).to.have.length(1);
    });

    it('forgets an interrupted check', async () => {
      const { store } = bench;
      const transfer = await receive(bench);
      await store.recordMessages(transfer, [
        checked(0, { findings: [finding('old')] }),
        checked(1),
      ]);
      await store.beginCheck(transfer);
      await store.recordVerdict(verdict(transfer, { messages: [checked(0)] }));
      expect((await store.messages({ ...everything, transfer })).items).to.have.length(1);
      expect((await store.findings({ ...everything, transfer })).items).to.deep.equal([]);
    });

    it('overrules messages by the end of their group', async () => {
      const { store } = bench;
      const transfer = await check(bench, {
        messages: [0, 1, 2, 3].map((index) => checked(index)),
        overruled: [{ from: 1, to: 3, state: 'rejected' }],
      });
      const { items } = await store.messages({ ...everything, transfer });
      const states = items.map(({ state }) => state);
      expect(states).to.deep.equal(['accepted', 'rejected', 'rejected', 'accepted']);
    });

    it('records reason, test traffic and every finding with its place', async () => {
      const { store } = bench;
      const bad = finding('It is bad.');
      const transfer = await check(bench, {
        state: 'quarantined',
        reason: 'Nobody knows the sender.',
        isTest: true,
        messages: [],
        interchanges: [interchange({ findings: [bad] })],
        findings: [bad],
      });
      const row = await store.transfer(transfer);
      const reason = 'Nobody knows the sender.';
      expect(row).to.deep.include({ state: 'quarantined', reason, isTest: true });
      const { items } = await store.findings({ ...everything, transfer });
      expect(items).to.have.length(2);
      expect(items[0]).to.deep.include({ ...bad, transfer, at: at(1), messageIndex: undefined });
    });

    it('keeps the first verdict, and acknowledges once', async () => {
      const { store } = bench;
      const transfer = await receive(bench);
      const acknowledged = () =>
        verdict(transfer, {
          messages: [checked(0)],
          acknowledgements: [delivery(bench.makeId(), { kind: 'acknowledgement', transfer })],
        });
      await store.recordVerdict(acknowledged());
      await store.recordVerdict({ ...acknowledged(), state: 'quarantined' });
      expect((await store.transfer(transfer))?.state).to.equal('checked');
      const { items } = await store.deliveries({ ...everything, transfer });
      expect(items).to.have.length(1);
      expect(items[0]).to.include({ kind: 'acknowledgement', state: 'queued' });
    });

    it('stores nothing of a verdict whose acknowledgement cannot be written', async () => {
      const { store } = bench;
      const transfer = await receive(bench);
      const failing = delivery(bench.makeId(), {
        write: () => {
          throw new Error('no charset for this');
        },
      });
      const given = { messages: [checked(0)], acknowledgements: [failing] };
      const failure = await store.recordVerdict(verdict(transfer, given)).catch(String);
      expect(failure).to.equal('Error: no charset for this');
      expect((await store.transfer(transfer))?.state).to.equal('received');
      expect((await store.counts()).messages).to.deep.equal((await store.counts()).messages);
      await store.recordVerdict(
        verdict(transfer, { acknowledgements: [delivery(bench.makeId(), { transfer })] }),
      );
      const [only] = (await store.deliveries({ ...everything, transfer })).items;
      expect(only?.fileName).to.equal('810-1.x12');
    });

    it('does not know a transfer that never came', async () => {
      expect(await codeOf(bench.store.beginCheck('NONE'))).to.equal('not-found');
      expect(await codeOf(bench.store.recordVerdict(verdict('NONE')))).to.equal('not-found');
      expect(await bench.store.transfer('NONE')).to.equal(undefined);
    });
  });

  describe('duplicates', () => {
    const number = {
      level: 'interchange',
      standard: 'x12',
      sender: 'ZZ:ACME',
      receiver: 'ZZ:US',
      isTest: false,
      scope: '',
      control: '000000001',
    } as const;
    const seen = async (
      transfer: string,
      given: Partial<ControlNumberKey> & { readonly since?: string } = {},
    ): Promise<SeenNumber | undefined> => {
      const search = { ...number, since: at(-60), transfer, ...given };
      return (await bench.store.findDuplicates([search]))[0];
    };

    it('finds the first interchange seen in the window, its own transfer aside', async () => {
      const first = await check(bench, {
        interchanges: [
          interchange({ envelope: envelope({ control: '9' }) }),
          interchange({ index: 1 }),
        ],
      });
      await check(bench);
      const found = await seen('ANOTHER');
      expect(found).to.deep.include({ transfer: first, index: 1, receivedAt: at(0) });
      expect(found?.bytes).to.include({ start: 0, end: 100 });
      expect((await seen(first))?.transfer).to.not.equal(first);
    });

    it('forgets what is older than the window', async () => {
      await check(bench);
      expect(await seen('ANOTHER', { since: at(1) })).to.equal(undefined);
    });

    it('tells test traffic from live', async () => {
      const transfer = await check(bench, { interchanges: [interchange({ isTest: true })] });
      expect(await seen('ANOTHER')).to.equal(undefined);
      expect((await seen('ANOTHER', { isTest: true }))?.transfer).to.equal(transfer);
    });

    it('finds groups and messages whose numbers were kept, by all that they are counted in', async () => {
      const bytes = { digest: 'd', start: 10, end: 20 };
      const taken = { ...number, level: 'message', scope: '850', control: '0001' } as const;
      const transfer = await check(bench, { numbers: [{ ...taken, index: 3, bytes }] });
      expect(await seen('ANOTHER', taken)).to.deep.equal({
        transfer,
        index: 3,
        receivedAt: at(0),
        bytes,
      });
      for (const other of [{ scope: '855' }, { level: 'group' }, { isTest: true }] as const) {
        expect(await seen('ANOTHER', { ...taken, ...other })).to.equal(undefined);
      }
      expect(await seen(transfer, taken)).to.equal(undefined);
    });

    it('lets a rejected interchange come again', async () => {
      await check(bench, { interchanges: [interchange({ state: 'rejected' })] });
      expect(await seen('ANOTHER')).to.equal(undefined);
    });

    it('tells apart two that are checked at the same moment', async () => {
      const { store } = bench;
      const [first, second] = [await receive(bench), await receive(bench)];
      expect(await seen(first)).to.equal(undefined);
      expect((await seen(second))?.transfer).to.equal(first);
      expect(await seen(first)).to.equal(undefined);
      await store.recordVerdict(
        verdict(first, { interchanges: [interchange({ state: 'rejected' })] }),
      );
      expect(await seen(second)).to.equal(undefined);
    });
  });
}
