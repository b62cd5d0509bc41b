import { expect } from 'chai';
import type { Parts } from '../../../src/hub/parts.ts';
import { Replies } from '../../../src/hub/replies.ts';

describe('Replies', () => {
  it('wakes everyone who waits for a transfer, also a request that was repeated', async () => {
    let state = 'received';
    const store = {
      transfer: async () => ({ state }),
      claimReply: async () => undefined,
    };
    const clock = { now: () => '2026-03-01T12:00:00.000Z', monotonic: () => 0 };
    const replies = new Replies({ store, clock } as unknown as Parts);
    const long = 60_000;
    const waiting = [replies.wait('T', long), replies.wait('T', long)];
    await new Promise((resolve) => setImmediate(resolve));
    state = 'checked';
    replies.checked('T');
    expect(await Promise.all(waiting)).to.deep.equal([undefined, undefined]);
  }).timeout(2_000);
});
