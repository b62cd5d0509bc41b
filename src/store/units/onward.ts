/** Straight through: what a transfer's messages became, stored in the unit of its verdict. */
import type { Onward } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { answered } from '../reading/documents.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import type { Unit } from '../unit.ts';
import { recordDispatch } from './dispatch.ts';
import { event } from './journal.ts';
import { releaseMessage } from './release.ts';

/** Documents are stored as what they have become: nobody sees them new. */
export function* recordOnward(
  { id, connector }: { readonly id: string; readonly connector: string },
  { messages, dispatches }: Onward,
  at: Instant,
  recent: RecentBytes,
): Unit<void> {
  for (const message of messages) {
    const document = message.document ?? message.response;
    const index = message.document === undefined ? answered(message.index) : message.index;
    const dispatch = dispatches.find((one) => one.document === document?.id);
    const state = dispatch?.state ?? 'new';
    yield* releaseMessage(message, { transfer: id, connector, at, state });
    if (dispatch === undefined) continue;
    yield* recordDispatch(dispatch, { transfer: id, message_index: index }, recent);
  }
  yield* event(at, 'transfer.released', id);
}
