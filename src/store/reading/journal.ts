/** Findings and events: of one thing as they came, of everything newest first. */
import type { Selectable } from 'kysely';
import type { FindingCode } from '../../model/catalogue.ts';
import type { Fault, Severity } from '../../model/finding.ts';
import type { EventRow, FindingRow, Page } from '../../model/rows.ts';
import type { Store } from '../../model/store.ts';
import type { EventTable, FindingTable } from '../schema.ts';
import { select, type Unit } from '../unit.ts';
import { afterSeq, limitOf, pageOf } from './page.ts';

/** Findings of a check under way are not there yet. */
export function* findings(request: Parameters<Store['findings']>[0]): Unit<Page<FindingRow>> {
  const { transfer, delivery, document, code } = request;
  const after = afterSeq(request);
  const isOfOne = (transfer ?? delivery ?? document) !== undefined;
  const rows = yield* select((db) =>
    db
      .selectFrom('finding')
      .leftJoin('transfer', 'transfer.id', 'finding.transfer')
      .selectAll('finding')
      .where((where) =>
        where.or([
          where('transfer.state', 'is', null),
          where('transfer.state', '<>', 'received'),
          where('finding.delivery', 'is not', null),
        ]),
      )
      .$if(transfer !== undefined, (query) => query.where('finding.transfer', '=', transfer ?? ''))
      .$if(delivery !== undefined, (query) => query.where('finding.delivery', '=', delivery ?? ''))
      .$if(document !== undefined, (query) => query.where('finding.document', '=', document ?? ''))
      .$if(code !== undefined, (query) => query.where('finding.code', '=', code ?? ''))
      .$if(after !== undefined, (query) =>
        query.where('finding.seq', isOfOne ? '>' : '<', after ?? 0),
      )
      .orderBy('finding.seq', isOfOne ? 'asc' : 'desc')
      .limit(limitOf(request) + 1),
  );
  return pageOf(rows, request, ({ seq }) => [seq], findingOf);
}

export function* events(request: Parameters<Store['events']>[0]): Unit<Page<EventRow>> {
  const { subject } = request;
  const after = afterSeq(request);
  const isOfOne = subject !== undefined;
  const rows = yield* select((db) =>
    db
      .selectFrom('event')
      .selectAll()
      .$if(isOfOne, (query) => query.where('subject', '=', subject ?? ''))
      .$if(after !== undefined, (query) => query.where('seq', isOfOne ? '>' : '<', after ?? 0))
      .orderBy('seq', isOfOne ? 'asc' : 'desc')
      .limit(limitOf(request) + 1),
  );
  return pageOf(rows, request, ({ seq }) => [seq], eventOf);
}

const findingOf = (row: Selectable<FindingTable>): FindingRow => ({
  id: String(row.seq),
  transfer: row.transfer ?? undefined,
  messageIndex: row.message_index ?? undefined,
  document: row.document ?? undefined,
  delivery: row.delivery ?? undefined,
  code: row.code as FindingCode,
  severity: row.severity as Severity,
  fault: row.fault as Fault,
  place: JSON.parse(row.place),
  text: row.text,
  ...(row.value === null ? {} : { value: row.value }),
  at: row.at,
});

const eventOf = ({ seq, ...row }: Selectable<EventTable>): EventRow => ({
  id: String(seq),
  ...row,
});
