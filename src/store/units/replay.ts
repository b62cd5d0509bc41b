/** Replay: after a fix, what waited for a person goes back to work. */
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { all, first, run, statement, type Unit } from '../unit.ts';
import { transferState } from './check.ts';
import { moveDocument, moveMessage } from './dispatch.ts';
import { event } from './journal.ts';
import { moveTransfer } from './release.ts';

type Replayed = Awaited<ReturnType<Store['replay']>>;

/**
 * A transfer of which nothing has left yet is judged anew, as if it had just come. Otherwise its
 * verdicts were told to the partner and stand: a person lets its messages pass as they are.
 */
export function* replay(id: string, at: Instant): Unit<Replayed> {
  const { state } = yield* transferState(id);
  const waiting = yield* all(waitingMessages, { id });
  const isStuck = state === 'quarantined' || waiting.length > 0;
  if (state === 'received' || !isStuck) return { messages: 0, documents: 0, recheck: false };
  if ((yield* first(anythingMade, { id })) === undefined) {
    return yield* checkAgain(id, waiting.length, at);
  }
  let documents = 0;
  for (const { idx, document } of waiting) {
    yield* moveMessage(id, idx, document === null ? 'accepted' : 'released', at);
    if (document === null) continue;
    yield* run(moveDocument, { id: document, state: 'new' });
    yield* event(at, 'document.new', document, 'replayed by a person');
    documents += 1;
  }
  const messages = waiting.length - documents;
  if (messages > 0) {
    yield* run(moveTransfer, { id, state: 'checked' });
    yield* event(at, 'transfer.checked', id, `${messages} messages replayed by a person`);
  }
  return { messages, documents, recheck: false };
}

function* checkAgain(id: string, messages: number, at: Instant): Unit<Replayed> {
  yield* run(moveTransfer, { id, state: 'received' });
  yield* event(at, 'transfer.received', id, 'replayed by a person: checked again');
  return { messages, documents: 0, recheck: true };
}

const waitingMessages = statement((db, p: { id: string }) =>
  db
    .selectFrom('message')
    .select(['idx', 'document'])
    .where('transfer', '=', p.id)
    .where('state', 'in', ['held', 'rejected', 'unrouted'])
    .orderBy('idx'),
);

const anythingMade = statement((db, p: { id: string }) =>
  db
    .selectFrom('document')
    .select('id')
    .where('transfer', '=', p.id)
    .unionAll(db.selectFrom('delivery').select('id').where('transfer', '=', p.id))
    .limit(1),
);
