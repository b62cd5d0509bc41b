/** Acme Retail's purchase order: an X12 004010 850 with Acme's own part numbers only. */
import type { LocalTime } from '../../model/zoned.ts';
import { addDays } from '../days.ts';
import type { Bought, Wanted } from './desk.ts';
import type { SegmentText } from './write-edi.ts';

const article = (part: string, description: string, price: string): Bought => ({
  part,
  sku: '',
  gtin: '',
  description,
  price,
});

export const acmeAssortment: readonly Bought[] = [
  article('AC-7100', 'Cordless drill 18 V', '129.00'),
  article('AC-7110', 'Impact driver 18 V', '149.50'),
  article('AC-7120', 'Angle grinder 125 mm', '89.90'),
  article('AC-7200', 'Battery 18 V 5.0 Ah', '59.95'),
  article('AC-7210', 'Fast charger 18 V', '44.40'),
  article('AC-7300', 'Drill bit set, 25 pieces', '18.75'),
  article('AC-7310', 'Cutting disc 125 mm', '1.365'),
];

export function acmeOrder(
  orderNumber: string,
  lines: readonly Wanted[],
  now: LocalTime,
): readonly SegmentText[] {
  const today = now.text.slice(0, 10);
  return [
    ['BEG', '00', 'SA', orderNumber, '', compact(today)],
    ['CUR', 'BY', 'USD'],
    ['REF', 'DP', '038'],
    ['DTM', '002', compact(addDays(today, 7))],
    ['N1', 'BT', 'Acme Retail Inc.', '92', 'HQ'],
    ['N3', '700 Commerce Street'],
    ['N4', 'Dallas', 'TX', '75202', 'US'],
    ['N1', 'ST', 'Acme Store 0417', '92', '0417'],
    ['N3', '2200 Elm Street', 'Dock 4'],
    ['N4', 'Fort Worth', 'TX', '76102', 'US'],
    ...lines.flatMap(orderLine),
    ['CTT', String(lines.length)],
  ];
}

const orderLine = (line: Wanted): readonly SegmentText[] => [
  ['PO1', String(line.line), line.quantity, 'EA', line.price, '', 'BP', line.part],
  ['PID', 'F', '', '', '', line.description],
];

const compact = (date: string): string => date.replaceAll('-', '');
