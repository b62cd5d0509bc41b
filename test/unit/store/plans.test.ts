import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { stores } from '../../../src/store/index.ts';
import { dispatch, everything, release } from '../../conformance/store/bench.ts';
import {
  at,
  claimRequest,
  delivery,
  ids,
  outbound,
  sent,
  verdict,
} from '../../support/store-cases.ts';

/** Lists by a filter of people's choice may sort or scan; the walk and the watcher may not. */
describe('the queries of the walk', () => {
  const prepared = new Set<string>();
  const prepare = DatabaseSync.prototype.prepare;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tradelane-plans-'));
    DatabaseSync.prototype.prepare = function (sql) {
      prepared.add(sql);
      return prepare.call(this, sql);
    };
    await walk(join(folder, 'hub.db'));
  });
  after(() => {
    DatabaseSync.prototype.prepare = prepare;
    rmSync(folder, { recursive: true });
  });

  it('find their rows by an index and sort nothing, however many there are', () => {
    const database = new DatabaseSync(join(folder, 'hub.db'), { readOnly: true });
    const slow: string[] = [];
    for (const sql of prepared) {
      if (!/^(select|update|delete)/.test(sql) || sql.includes('migration')) continue;
      const plan = prepare.call(database, `explain query plan ${sql}`).all();
      const steps = plan.map((step) => String(step['detail']));
      const bad = steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step) && !isSmall(step, sql));
      if (bad.length > 0) slow.push(`${sql}\n  ${steps.join('\n  ')}`);
    }
    database.close();
    expect(slow.join('\n\n')).to.equal('');
    expect(prepared.size).to.be.greaterThan(60);
  });
});

const isSmall = (step: string, sql: string): boolean =>
  // A handful of rows: tallies by state, keys, routable transfers by a partial index.
  /^SCAN (tally|api_key)/.test(step) ||
  sql.includes('from "api_key"') ||
  // Few messages carry documents of one number.
  (sql.includes('"document"."number" = ?') && step.endsWith('FOR ORDER BY')) ||
  // A table in its own order, read up to the limit.
  /^select \* from "\w+" order by "seq" desc limit \?$/.test(sql) ||
  // Sorted within one transfer only.
  (sql.includes('from "message"') && step.endsWith('FOR LAST TERM OF ORDER BY')) ||
  /COVERING INDEX document_new/.test(step) ||
  // Few are rejected or overdue; they are found by their own index.
  (sql.includes('from "outbound" where "outbound"."state" =') && step.includes('ORDER BY')) ||
  // Checks under way are few; their messages are grouped by state.
  (sql.includes('count(*) as "rows"') && step.includes('GROUP BY'));

async function walk(file: string): Promise<void> {
  const makeId = ids();
  const store = await stores.sqlite({ file, makeId, now: () => at(0) });
  const bench = { store, makeId };
  const messages = [outbound({ dueAt: at(30) })];
  const [id = ''] = await dispatch(bench, delivery(makeId(), { messages }), delivery(makeId()));
  const [claimed] = await store.claim(claimRequest({ limit: 1 }));
  await store.settle(id, claimed?.token ?? 0, { ...sent, answer: undefined }, at(11));
  await store.claim(claimRequest({ serial: true, now: at(30), leaseUntil: at(31) }));
  await store.claim(claimRequest({ now: at(40), leaseUntil: at(41) }));
  await store.settleLostClaims(at(50));
  await store.markOverdue(at(50));
  await store.due(at(50));
  const document = await store.document(await release(bench, { kind: 'invoice' }));
  const transfer = document?.transfer ?? '';
  await store.claimReply(transfer, at(1), at(2));
  await store.newDocuments(transfer, 10);
  await store.acceptedMessages(transfer, 10);
  await store.findDocument('order', '1', 'acme');
  await store.findDocument('order', '1', undefined);
  const answer = { standard: 'x12', connector: 'acme', verdict: 'accepted', code: 'A' } as const;
  const told = { ...answer, text: '', transfer };
  for (const kinds of [['invoice'], ['order', 'invoice', 'despatchAdvice']]) {
    const named = { ...told, document: { number: '1', kinds, message: '810' } };
    await store.answered(named, false, 5);
  }
  await store.message(transfer, 0);
  const another = await store.accept({
    id: makeId(),
    connector: 'acme',
    transport: 'http',
    key: 'another',
    headers: {},
    parts: [],
    at: at(0),
  });
  await store.beginCheck(another.transfer);
  await store.recordVerdict(
    verdict(another.transfer, {
      answers: [
        { ...told, interchange: '1' },
        { ...told, group: '1' },
        { ...told, group: '1', message: '1' },
        { ...told, interchange: '1', message: '1' },
      ],
      overruled: [{ from: 0, to: 1, state: 'held' }],
    }),
  );
  for (const level of ['interchange', 'message'] as const) {
    const key = { standard: 'x12', sender: 'a', receiver: 'b', isTest: false, scope: '' };
    await store.findDuplicates([{ ...key, level, control: '1', since: at(0), transfer }]);
  }
  await store.lifecycles(everything);
  for (const list of [store.transfers, store.documents, store.deliveries, store.events]) {
    await list(everything);
  }
  await store.transfers({ ...everything, state: 'received' });
  await store.messages({ ...everything, transfer });
  await store.messages({ ...everything, state: 'held' });
  await store.deliveries({ ...everything, state: 'failed' });
  await store.deliveries({ ...everything, answer: 'rejected' });
  await store.deliveries({ ...everything, answer: 'overdue' });
  await store.deliveries({ ...everything, transfer });
  await store.deliveries({ ...everything, document: document?.id ?? '' });
  await store.findings({ ...everything, transfer });
  await store.events({ ...everything, subject: transfer });
  await store.resend(id, at(60));
  await store.cancel(id, at(60));
  await store.replay(transfer, at(60));
  await store.counts();
  await store.apiKeyByHash('x');
  await store.apiKeys();
  await store.close();
}
