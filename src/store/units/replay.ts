/** Replay: after a fix, what waited for a person goes back to work. */
import type { HeldAnswer } from '../../model/delivery.ts';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { RecentBytes } from '../recent-bytes.ts';
import { all, first, run, statement, type Unit } from '../unit.ts';
import { createDelivery } from './deliveries.ts';
import { moveDocument, moveMessage } from './dispatch.ts';
import { event } from './journal.ts';
import { moveTransfer } from './release.ts';
import { transferState } from './transfer-state.ts';

type Replayed = Awaited<ReturnType<Store['replay']>>;

/**
 * A transfer of which nothing has left yet is judged anew, as if it had just come. Otherwise its
 * verdicts were told to the partner and stand: a person lets its messages pass as they are. They
 * are read again, since the fix may be in the mapping that read them: a document that nothing was
 * sent of gives way to the new one.
 */
export function* replay(
  id: string,
  at: Instant,
  answers: readonly HeldAnswer[],
  recent: RecentBytes,
): Unit<Replayed> {
  const { state } = yield* transferState(id);
  const waiting = yield* all(waitingMessages, { id });
  const isStuck = state === 'quarantined' || waiting.length > 0;
  if (state === 'received' || !isStuck) return { messages: 0, documents: 0, recheck: false };
  if ((yield* first(anythingMade, { id })) === undefined) {
    return yield* checkAgain(id, waiting.length, at);
  }
  let documents = 0;
  for (const { idx, document } of waiting) {
    if (document !== null) documents += 1;
    const kept = document !== null && (yield* first(deliveryOf, { document })) !== undefined;
    yield* moveMessage(id, idx, kept ? 'released' : 'accepted', at);
    if (document === null) continue;
    if (kept) yield* run(moveDocument, { id: document, state: 'new' });
    else yield* forget(document);
    const words = 'replayed by a person';
    yield* event(at, kept ? 'document.new' : 'document.replaced', document, words);
  }
  for (const answer of answers) yield* tell(id, answer, at, recent);
  yield* run(moveTransfer, { id, state: 'checked' });
  yield* event(at, 'transfer.checked', id, `${waiting.length} messages replayed by a person`);
  return { messages: waiting.length - documents, documents, recheck: false };
}

/** Only once: what is no longer held was told. */
function* tell(
  id: string,
  { interchange, group, delivery }: HeldAnswer,
  at: Instant,
  recent: RecentBytes,
): Unit<void> {
  const isHeld =
    group === undefined
      ? yield* run(passInterchange, { id, interchange })
      : yield* run(passGroup, { id, interchange, group });
  if (isHeld > 0) yield* createDelivery(delivery, at, recent);
}

/** Its findings stay, as findings of its message. */
function* forget(document: string): Unit<void> {
  for (const step of [loosenFindings, forgetReferences, forgetDocument]) {
    yield* run(step, { document });
  }
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

const passGroup = statement((db, p: { id: string; interchange: number; group: number }) =>
  db
    .updateTable('functional_group')
    .set({ state: 'accepted' })
    .where('transfer', '=', p.id)
    .where('interchange', '=', p.interchange)
    .where('idx', '=', p.group)
    .where('state', '=', 'held'),
);
const passInterchange = statement((db, p: { id: string; interchange: number }) =>
  db
    .updateTable('interchange')
    .set({ state: 'accepted' })
    .where('transfer', '=', p.id)
    .where('idx', '=', p.interchange)
    .where('state', '=', 'held'),
);

const anythingMade = statement((db, p: { id: string }) =>
  db
    .selectFrom('document')
    .select('id')
    .where('transfer', '=', p.id)
    .unionAll(db.selectFrom('delivery').select('id').where('transfer', '=', p.id))
    .limit(1),
);

const deliveryOf = statement((db, p: { document: string }) =>
  db.selectFrom('delivery').select('id').where('document', '=', p.document).limit(1),
);
const loosenFindings = statement((db, p: { document: string }) =>
  db.updateTable('finding').set({ document: null }).where('document', '=', p.document),
);
const forgetReferences = statement((db, p: { document: string }) =>
  db.deleteFrom('document_reference').where('document', '=', p.document),
);
const forgetDocument = statement((db, p: { document: string }) =>
  db.deleteFrom('document').where('id', '=', p.document),
);
