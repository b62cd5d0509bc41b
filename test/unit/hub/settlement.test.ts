import { expect } from 'chai';
import { backoffMs } from '../../../src/hub/backoff.ts';
import { settlementOf } from '../../../src/hub/settlement.ts';
import type { Codec, Reply } from '../../../src/model/codec.ts';
import type { ClaimedDelivery } from '../../../src/model/delivery.ts';
import type { SendOutcome } from '../../../src/model/transport.ts';
import { connector } from '../../support/hub-setup.ts';

const delivery: ClaimedDelivery = {
  id: 'D1',
  token: 1,
  partner: 'acme',
  connector: 'acme',
  transport: 'http',
  messageType: 'cxml/1.2/InvoiceDetailRequest',
  contentType: 'text/xml',
  fileName: 'acme-Invoice-D1.xml',
  digest: '',
  size: 1,
  isTest: false,
  kind: 'document',
  attempt: 1,
  unsure: false,
};
const retry = { attempts: 3, firstSeconds: 10, maxSeconds: 100 };

const parts = (reply?: Reply) => ({
  clock: { now: () => '2026-03-01T12:00:00.000Z', monotonic: () => 0 },
  random: () => 1,
  codecs: reply === undefined ? [] : [{ name: 'cxml', reply: () => reply } as unknown as Codec],
});
const settle = (outcome: SendOutcome, more: { attempt?: number; repeat?: 'safe' | 'never' } = {}) =>
  settlementOf(
    parts(),
    connector({ retry, repeat: more.repeat ?? 'safe' }),
    { ...delivery, attempt: more.attempt ?? 1 },
    outcome,
  );
const failure = (kind: 'transient' | 'ambiguous' | 'permanent'): SendOutcome & { ok: false } => ({
  ok: false,
  retry: kind,
  text: 'why',
});

describe('settlementOf', () => {
  it('queues a transient failure again after its wait', () => {
    expect(settle(failure('transient'))).to.deep.equal({
      state: 'queued',
      text: 'why',
      nextAt: '2026-03-01T12:00:10.000Z',
      outcome: 'transient',
    });
  });

  it('waits as long as the other side asks, where that is longer', () => {
    expect(settle({ ...failure('transient'), afterSeconds: 60 })).to.include({
      nextAt: '2026-03-01T12:01:00.000Z',
    });
  });

  it('repeats what may have arrived, unless it must never be repeated', () => {
    expect(settle(failure('ambiguous'))).to.include({ state: 'queued', outcome: 'ambiguous' });
    const never = settle(failure('ambiguous'), { repeat: 'never' });
    expect(never.state === 'failed' && never.finding.code).to.equal('send-unsure');
  });

  it('repeats what surely did not arrive also where a repeat is never allowed', () => {
    expect(settle(failure('transient'), { repeat: 'never' })).to.include({ state: 'queued' });
  });

  it('gives up after the last attempt, and at once for good reasons', () => {
    const late = settle(failure('transient'), { attempt: 3 });
    expect(late.state === 'failed' && late.finding.code).to.equal('send-given-up');
    const refused = settle(failure('permanent'));
    expect(refused.state === 'failed' && refused.finding.code).to.equal('send-refused');
  });

  it('takes their word in the same exchange', () => {
    const answer = { bytes: new Uint8Array(), contentType: 'text/xml' };
    const ok = { ok: true, text: '200 OK', answer } as const;
    const word = (reply: Reply) => settlementOf(parts(reply), connector({ retry }), delivery, ok);
    const rejected = word({ verdict: 'rejected', code: '406', text: 'no' });
    expect(rejected).to.deep.include({
      state: 'sent',
      answer: { verdict: 'rejected', code: '406', text: 'no' },
    });
    const again = word({ verdict: 'retry', code: '500', text: 'later' });
    expect(again).to.include({ state: 'queued', text: 'answered 500: later' });
  });
});

describe('backoffMs', () => {
  it('doubles from the first wait to the longest, with jitter on the upper half', () => {
    const waits = [1, 2, 3, 4, 5, 1000].map((attempt) => backoffMs(retry, attempt, () => 1));
    expect(waits).to.deep.equal([10_000, 20_000, 40_000, 80_000, 100_000, 100_000]);
    expect(backoffMs(retry, 2, () => 0)).to.equal(10_000);
  });
});
