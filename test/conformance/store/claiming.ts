import { expect } from 'chai';
import { at, delivery, finding, sent } from '../../support/store-cases.ts';
import { type Bench, check, claimIds, claimOne, dispatch, everything } from './bench.ts';

export function claiming(bench: Bench): void {
  const make = (given: Parameters<typeof delivery>[1] = {}) => delivery(bench.makeId(), given);
  const three = (given: Parameters<typeof delivery>[1] = {}) =>
    dispatch(bench, make(given), make(given), make(given));

  describe('claiming', () => {
    it('gives what is due in creation order, once', async () => {
      const made = await three();
      expect(await claimIds(bench, { limit: 2 })).to.deep.equal(made.slice(0, 2));
      expect(await claimIds(bench)).to.deep.equal(made.slice(2));
      expect(await claimIds(bench)).to.deep.equal([]);
    });

    it('gives all that sending needs', async () => {
      const [id] = await dispatch(bench, make({ connector: 'van' }));
      const claimed = await claimOne(bench, { connector: 'van' });
      expect(claimed).to.deep.include({
        id,
        token: 1,
        partner: 'acme',
        connector: 'van',
        transport: 'directory',
        messageType: 'x12/004010/810',
        contentType: 'application/edi-x12',
        fileName: '810-1.x12',
        isTest: false,
        kind: 'document',
        attempt: 1,
        unsure: false,
      });
      const row = await bench.store.delivery(id ?? '');
      expect(row).to.include({ state: 'sending', nextAt: undefined, size: claimed.size });
      expect(row?.attempts).to.deep.equal([
        { number: 1, startedAt: at(10), endedAt: undefined, outcome: 'sending', text: undefined },
      ]);
    });

    it('keeps to the concurrency of the connector', async () => {
      const made = await three();
      expect(await claimIds(bench, { concurrency: 2 })).to.deep.equal(made.slice(0, 2));
      expect(await claimIds(bench, { concurrency: 2 })).to.deep.equal([]);
      await bench.store.settle(made[0] ?? '', 1, sent, at(11));
      expect(await claimIds(bench, { concurrency: 2 })).to.deep.equal(made.slice(2));
    });

    it('never gives the same to two that claim in the same moment', async () => {
      await three();
      const claims = await Promise.all([1, 2, 3, 4].map(() => claimIds(bench, { limit: 1 })));
      const all = claims.flat();
      expect(new Set(all).size).to.equal(3);
      expect(all).to.have.length(3);
    });

    it('waits until a retry is due, and lets others pass', async () => {
      const made = await three();
      await claimOne(bench);
      const retry = { state: 'queued', text: 'HTTP 503', nextAt: at(30) } as const;
      await bench.store.settle(made[0] ?? '', 1, retry, at(11));
      expect(await claimIds(bench, { leaseUntil: at(60) })).to.deep.equal(made.slice(1));
      expect(await claimIds(bench, { now: at(29) })).to.deep.equal([]);
      const again = await claimOne(bench, { now: at(30), leaseUntil: at(40) });
      expect(again).to.include({ id: made[0], token: 2, attempt: 2, unsure: false });
    });

    it('sends one after another where order matters', async () => {
      const made = await three();
      const serial = { serial: true };
      expect(await claimIds(bench, serial)).to.deep.equal(made.slice(0, 1));
      expect(await claimIds(bench, serial)).to.deep.equal([]);
      const retry = { state: 'queued', text: 'HTTP 503', nextAt: at(30) } as const;
      await bench.store.settle(made[0] ?? '', 1, retry, at(11));
      expect(await claimIds(bench, serial)).to.deep.equal([]);
      expect(await claimIds(bench, { ...serial, now: at(30), leaseUntil: at(40) })).to.deep.equal(
        made.slice(0, 1),
      );
      await bench.store.settle(made[0] ?? '', 2, sent, at(31));
      expect(await claimIds(bench, serial)).to.deep.equal(made.slice(1, 2));
    });

    it('does not let a dead letter block those behind it', async () => {
      const made = await three();
      await claimOne(bench, { serial: true });
      const failed = { state: 'failed', text: 'HTTP 400', finding: finding('no') } as const;
      await bench.store.settle(made[0] ?? '', 1, failed, at(11));
      expect(await claimIds(bench, { serial: true })).to.deep.equal(made.slice(1, 2));
    });

    it('keeps serial deliveries in order among others that are not', async () => {
      const [a, b, c] = await dispatch(
        bench,
        make({ serial: true }),
        make(),
        make({ serial: true }),
      );
      expect(await claimIds(bench)).to.deep.equal([a, b]);
      expect(await claimIds(bench)).to.deep.equal([]);
      await bench.store.settle(a ?? '', 1, sent, at(11));
      expect(await claimIds(bench)).to.deep.equal([c]);
    });

    it('leaves replies to the exchange that waits for them', async () => {
      const transfer = await check(bench, {
        acknowledgements: [],
      });
      const [id] = await dispatch(bench, make({ transport: 'reply', transfer }), make());
      expect(await claimIds(bench)).to.not.include(id);
      expect((await bench.store.due(at(10))).deliver).to.deep.equal([]);
      const { store } = bench;
      expect((await store.claimReply(transfer, at(10), at(20)))?.id).to.equal(id);
      expect(await store.claimReply(transfer, at(11), at(21))).to.equal(undefined);
      await store.settle(id ?? '', 1, sent, at(12));
      const repeated = await store.claimReply(transfer, at(13), at(23));
      expect(repeated).to.include({ id, token: 2 });
      expect(await store.claimReply('NONE', at(10), at(20))).to.equal(undefined);
    });
  });

  describe('settling', () => {
    it('records what was sent', async () => {
      const [id] = await dispatch(bench, make());
      await claimOne(bench);
      const settlement = { ...sent, text: '201 Created', remoteId: 'SO-1' };
      expect(await bench.store.settle(id ?? '', 1, settlement, at(11))).to.equal(true);
      const row = await bench.store.delivery(id ?? '');
      expect(row).to.include({
        state: 'sent',
        sentAt: at(11),
        remoteId: 'SO-1',
        text: '201 Created',
      });
      expect(row?.attempts[0]).to.include({
        outcome: 'sent',
        endedAt: at(11),
        text: '201 Created',
      });
    });

    it('makes a dead letter visible with its finding', async () => {
      const [id] = await dispatch(bench, make());
      await claimOne(bench);
      const failed = { state: 'failed', text: 'HTTP 400', finding: finding('refused') } as const;
      expect(await bench.store.settle(id ?? '', 1, failed, at(11))).to.equal(true);
      const row = await bench.store.delivery(id ?? '');
      expect(row?.state).to.equal('failed');
      expect(row?.attempts[0]?.outcome).to.equal('permanent');
      const { items } = await bench.store.findings({ ...everything, delivery: id ?? '' });
      expect(items[0]).to.include({ text: 'refused', delivery: id });
    });

    it('refuses a stale token, and one that has settled', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, make());
      await claimOne(bench);
      await store.settleLostClaims(at(20));
      const again = await claimOne(bench, { now: at(20), leaseUntil: at(30) });
      expect(await store.settle(id, 1, sent, at(21))).to.equal(false);
      expect((await store.delivery(id))?.state).to.equal('sending');
      expect(await store.settle(id, again.token, sent, at(22))).to.equal(true);
      expect(await store.settle(id, again.token, sent, at(23))).to.equal(false);
      expect((await store.delivery(id))?.sentAt).to.equal(at(22));
      expect(await store.settle('NONE', 1, sent, at(23))).to.equal(false);
    });
  });

  describe('lost claims', () => {
    it('are queued again and told to be unsure', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, make());
      await claimOne(bench);
      expect(await store.settleLostClaims(at(19))).to.equal(0);
      expect(await store.settleLostClaims(at(20))).to.equal(1);
      expect(await store.settleLostClaims(at(20))).to.equal(0);
      const row = await store.delivery(id);
      expect(row?.state).to.equal('queued');
      expect(row?.attempts[0]).to.include({ outcome: 'lost', endedAt: at(20) });
      expect(await claimOne(bench, { now: at(20), leaseUntil: at(30) })).to.include({
        id,
        unsure: true,
      });
    });

    it('stay unsure through attempts that fail for sure', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, make());
      await claimOne(bench);
      await store.settleLostClaims(at(20));
      await claimOne(bench, { now: at(20), leaseUntil: at(30) });
      await store.settle(id, 2, { state: 'queued', text: 'refused', nextAt: at(21) }, at(21));
      expect((await claimOne(bench, { now: at(21), leaseUntil: at(40) })).unsure).to.equal(true);
    });

    it('do not hold up the line until the watcher comes', async () => {
      const made = await three();
      await claimOne(bench, { serial: true });
      const later = { serial: true, now: at(20), leaseUntil: at(30) };
      expect(await claimOne(bench, later)).to.include({ id: made[0], token: 2, unsure: true });
    });

    it('wait for a person where nothing may be repeated', async () => {
      const { store } = bench;
      const made = await three();
      await claimOne(bench);
      const never = { repeat: 'never', now: at(20), leaseUntil: at(30), limit: 2 } as const;
      expect(await claimIds(bench, never)).to.deep.equal(made.slice(1));
      const row = await store.delivery(made[0] ?? '');
      expect(row?.state).to.equal('failed');
      const { items } = await store.findings({ ...everything, delivery: made[0] ?? '' });
      expect(items[0]?.code).to.equal('send-unsure');
      await store.resend(made[0] ?? '', at(21));
      const resent = await claimOne(bench, { ...never, now: at(21) });
      expect(resent).to.include({ id: made[0], unsure: false });
    });

    it('count an ambiguous failure as one that may have arrived', async () => {
      const { store } = bench;
      const [id = ''] = await dispatch(bench, make());
      await claimOne(bench);
      const lost = {
        state: 'queued',
        text: 'no answer',
        nextAt: at(12),
        outcome: 'ambiguous',
      } as const;
      await store.settle(id, 1, lost, at(11));
      expect((await store.delivery(id))?.attempts[0]?.outcome).to.equal('ambiguous');
      expect((await claimOne(bench, { now: at(12) })).unsure).to.equal(true);
    });
  });
}
