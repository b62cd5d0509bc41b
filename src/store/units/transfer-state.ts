/** Where a transfer stands: each unit that moves it asks first. */
import { HubError } from '../../model/errors.ts';
import type { TransferTable } from '../schema.ts';
import { first, statement, type Unit } from '../unit.ts';

/** Throws HubError `not-found`. */
export function* transferState(
  id: string,
): Unit<Pick<TransferTable, 'state' | 'received_at' | 'connector'>> {
  const transfer = yield* first(findTransfer, { id });
  if (transfer === undefined) throw new HubError('not-found', `There is no transfer ${id}.`);
  return transfer;
}

const findTransfer = statement((db, p: { id: string }) =>
  db.selectFrom('transfer').select(['state', 'received_at', 'connector']).where('id', '=', p.id),
);
