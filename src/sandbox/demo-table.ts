/** Where each order of the demo stands, from the hub's own lifecycles. */
import type { LifecycleRow } from '../model/rows.ts';

/** What a partner exchanges by EDI; the rest goes its way without the hub. */
export interface Expected {
  readonly partner: string;
  readonly shipNotice: boolean;
  readonly payment: boolean;
}

export interface Standing {
  readonly expected: Expected;
  readonly order: string;
  readonly lifecycle: LifecycleRow | undefined;
}

type Step = LifecycleRow['documents'][number];

const columns = ['Partner', 'Order', 'In the ERP', 'Acknowledged', 'Shipped', 'Invoiced', 'Paid'];

/** Everything that goes by EDI is delivered, and nothing is waited for. */
export function isComplete({ expected, lifecycle }: Standing): boolean {
  const settled = (kind: string) => isSettled(find(lifecycle, kind));
  const shipped = expected.shipNotice
    ? settled('despatchAdvice')
    : find(lifecycle, 'despatchAdvice') !== undefined;
  const paid = !expected.payment || settled('remittanceAdvice');
  return settled('order') && settled('orderResponse') && shipped && settled('invoice') && paid;
}

/** Nobody said no. */
export const isGood = (standing: Standing): boolean =>
  isComplete(standing) &&
  (standing.lifecycle?.documents ?? []).every(({ answer }) => answer !== 'rejected');

export function demoTable(standings: readonly Standing[]): readonly string[] {
  const rows = [columns, ...standings.map(cells)];
  const widths = columns.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const [head = '', ...body] = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [head, widths.map((width) => '-'.repeat(width)).join('  '), ...body];
}

function cells({ expected, order, lifecycle }: Standing): readonly string[] {
  return [
    expected.partner,
    order,
    mark(find(lifecycle, 'order'), { isNumbered: false }),
    mark(find(lifecycle, 'orderResponse'), { isNumbered: false }),
    expected.shipNotice
      ? mark(find(lifecycle, 'despatchAdvice'))
      : notByEdi(lifecycle, 'despatchAdvice'),
    mark(find(lifecycle, 'invoice')),
    expected.payment
      ? mark(find(lifecycle, 'remittanceAdvice'))
      : notByEdi(lifecycle, 'remittanceAdvice'),
  ];
}

const find = (lifecycle: LifecycleRow | undefined, kind: string): Step | undefined =>
  lifecycle?.documents.findLast((document) => document.kind === kind);

const isSettled = (step: Step | undefined): boolean =>
  step?.state === 'sent' && step.answer !== 'awaited';

function mark(step: Step | undefined, { isNumbered } = { isNumbered: true }): string {
  if (step === undefined) return 'no';
  const word = wordOf(step);
  return isNumbered ? `${word} ${step.number}` : word;
}

function wordOf({ state, answer }: Step): string {
  if (state !== 'sent') return state ?? 'not delivered';
  if (answer === 'rejected') return 'REJECTED';
  return answer === 'awaited' || answer === 'overdue' ? answer : 'yes';
}

const notByEdi = (lifecycle: LifecycleRow | undefined, kind: string): string => {
  const step = find(lifecycle, kind);
  return step === undefined ? 'not by EDI' : `${step.number}, not by EDI`;
};
