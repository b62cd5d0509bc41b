/** Acme's payment: an X12 004010 820 that says which invoice the money is for. */
import type { LocalTime } from '../../model/zoned.ts';
import type { Look } from './receive-edi.ts';
import type { SegmentText } from './write-edi.ts';

export function acmePayment(number: string, invoice: Look, now: LocalTime): readonly SegmentText[] {
  const amount = invoice.payable ?? '0';
  const today = now.text.slice(0, 10).replaceAll('-', '');
  const payer = ['01', '111000025', 'DA', '0012345678', '1234567890'] as const;
  const payee = ['01', '122000247', 'DA', '9876543210'] as const;
  return [
    ['BPR', 'C', amount, 'C', 'ACH', 'CTX', ...payer, '', ...payee, today],
    ['TRN', '1', number],
    ['CUR', 'PR', 'USD'],
    ['N1', 'PR', 'Acme Retail Inc.'],
    ['N1', 'PE', 'Tradelane Tools GmbH'],
    ['ENT', '1'],
    ['RMR', 'IV', invoice.number, '', amount, amount],
    ['REF', 'PO', invoice.order],
  ];
}
