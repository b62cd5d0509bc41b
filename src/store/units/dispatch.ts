/** Dispatch: what routing made of a document, with the deliveries it made, in one unit. */

import type { Dispatch } from '../../model/delivery.ts';
import { HubError } from '../../model/errors.ts';
import { answered } from '../reading/documents.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import type { DocumentTable, MessageTable } from '../schema.ts';
import { first, run, statement, type Unit } from '../unit.ts';
import { createDelivery } from './deliveries.ts';
import { event, recordFindings } from './journal.ts';

/** Records dispatches; a document that is no longer `new` was dispatched before and stays so. */
export function* dispatchAll(dispatches: readonly Dispatch[], recent: RecentBytes): Unit<void> {
  for (const dispatch of dispatches) yield* dispatchOne(dispatch, recent);
}

function* dispatchOne(dispatch: Dispatch, recent: RecentBytes): Unit<void> {
  const { document: id, state } = dispatch;
  const document = yield* first(findDocument, { id });
  if (document === undefined) throw new HubError('not-found', `There is no document ${id}.`);
  if (document.state !== 'new') return;
  yield* run(moveDocument, { id, state });
  yield* recordDispatch(dispatch, document, recent);
}

/** What follows from the state of a document that is stored with it. */
export function* recordDispatch(
  { document: id, at, state, findings, deliveries }: Dispatch,
  { transfer, message_index }: Pick<DocumentTable, 'transfer' | 'message_index'>,
  recent: RecentBytes,
): Unit<void> {
  yield* event(at, `document.${state}`, id, deliveries.map((made) => made.connector).join(', '));
  const isOurs = message_index < 0;
  const index = isOurs ? answered(message_index) : message_index;
  if (state !== 'routed' && !isOurs) yield* moveMessage(transfer, index, state, at);
  yield* recordFindings(findings, { transfer, messageIndex: index, document: id }, at);
  for (const delivery of deliveries) yield* createDelivery(delivery, at, recent);
}

/** The message shares the fate of its document: people look for it among the messages. */
export function* moveMessage(
  transfer: string,
  index: number,
  state: MessageTable['state'],
  at: string,
): Unit<void> {
  const changed = yield* run(setMessage, { transfer, index, state });
  if (changed > 0) yield* event(at, `message.${state}`, `${transfer}/${index}`);
}

const findDocument = statement((db, p: { id: string }) =>
  db.selectFrom('document').select(['state', 'transfer', 'message_index']).where('id', '=', p.id),
);

export const moveDocument = statement((db, p: { id: string; state: DocumentTable['state'] }) =>
  db.updateTable('document').set({ state: p.state }).where('id', '=', p.id),
);

const setMessage = statement(
  (db, p: { transfer: string; index: number; state: MessageTable['state'] }) =>
    db
      .updateTable('message')
      .set({ state: p.state })
      .where('transfer', '=', p.transfer)
      .where('idx', '=', p.index)
      .where('state', '<>', p.state),
);
