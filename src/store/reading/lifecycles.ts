/** Lifecycles: what is reached from one order by typed references, newest order first. */
import { sql } from 'kysely';
import type { LifecycleRow, Page } from '../../model/rows.ts';
import type { AnswerState, DeliveryState } from '../../model/states.ts';
import type { Store } from '../../model/store.ts';
import { all, select, statement, type Unit } from '../unit.ts';
import { afterSeq, limitOf, pageOf } from './page.ts';

/** At most so many documents are told of one order. */
const DOCUMENTS_MAX = 500;

export function* lifecycles(request: Parameters<Store['lifecycles']>[0]): Unit<Page<LifecycleRow>> {
  const { partner, order } = request;
  const after = afterSeq(request);
  const rows = yield* select((db) =>
    db
      .selectFrom('lifecycle')
      .selectAll()
      .$if(partner !== undefined, (query) => query.where('partner', '=', partner ?? ''))
      .$if(order !== undefined, (query) => query.where('order_number', '=', order ?? ''))
      .$if(after !== undefined, (query) => query.where('seq', '<', after ?? 0))
      .orderBy('seq', 'desc')
      .limit(limitOf(request) + 1),
  );
  const complete: (LifecycleRow & { readonly seq: number })[] = [];
  for (const { seq, partner, order_number: order } of rows) {
    complete.push({ seq, partner, order, documents: yield* documentsOf(partner, order) });
  }
  return pageOf(
    complete,
    request,
    ({ seq }) => [seq],
    ({ seq: _, ...row }) => row,
  );
}

function* documentsOf(partner: string, order: string): Unit<LifecycleRow['documents']> {
  const rows = yield* all(reached, { partner, order });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    number: row.number,
    at: row.at,
    delivery: row.delivery ?? undefined,
    state: row.state ?? undefined,
    answer: row.answer ?? undefined,
  }));
}

/**
 * Documents that refer to the order, and those that refer to them (a payment names its invoice
 * only), each with its newest delivery. A delivery's answer is the worst of its messages'.
 */
const reached = statement((db, p: { partner: string; order: string }) => ({
  compile: () =>
    sql<Reached>`
    with recursive reached (id) as (
      select document from document_reference
        where type = 'order' and id = ${p.order} and partner = ${p.partner}
      union
      select further.document from reached
        join document on document.id = reached.id
        join document_reference as further on further.type = document.kind
          and further.id = document.number and further.partner = ${p.partner}
      limit ${DOCUMENTS_MAX}
    )
    select document.id, document.kind, document.number, document.at,
      delivery.id as delivery, delivery.state,
      (select outbound.state from outbound where outbound.delivery = delivery.id
        order by case outbound.state when 'rejected' then 1 when 'overdue' then 2
          when 'awaited' then 3 when 'accepted' then 4 else 5 end limit 1) as answer
    from document
    left join delivery on delivery.seq =
      (select max(newest.seq) from delivery as newest where newest.document = document.id)
    where document.id in (select id from reached)
    order by document.seq`.compile(db),
}));

interface Reached {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly at: string;
  readonly delivery: string | null;
  readonly state: DeliveryState | null;
  readonly answer: AnswerState | null;
}
