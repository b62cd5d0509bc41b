/** Straight through: what a transfer's messages became, stored in the unit of its verdict. */
import type { Onward } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import type { Unit } from '../unit.ts';
import { dispatchAll } from './dispatch.ts';
import { release } from './release.ts';

export function* recordOnward(
  transfer: string,
  { messages, dispatches }: Onward,
  at: Instant,
  recent: RecentBytes,
): Unit<void> {
  yield* release({ transfer, at, messages, last: true });
  yield* dispatchAll(dispatches, recent);
}
