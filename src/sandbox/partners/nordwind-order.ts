/** Nordwind's purchase order: an EDIFACT D96A ORDERS (EANCOM) with GTINs and the seller's numbers. */
import type { LocalTime } from '../../model/zoned.ts';
import { addDays } from '../days.ts';
import type { Bought, Wanted } from './desk.ts';
import type { SegmentText } from './write-edi.ts';

const article = (
  part: string,
  sku: string,
  gtin: string,
  description: string,
  price: string,
): Bought => ({ part, sku, gtin, description, price });

export const nordwindAssortment: readonly Bought[] = [
  article('NW-4711', 'TL-110', '4099999001101', 'Schlagschrauber 18 V', '149.50'),
  article('NW-4712', 'TL-130', '4099999001309', 'Stichsäge 650 W', '74.25'),
  article('NW-4720', 'TL-200', '4099999002009', 'Akku 18 V 5,0 Ah', '59.95'),
  article('NW-4730', 'TL-300', '4099999003006', "Bohrersatz 'Profi+', 25-teilig", '18.75'),
  article('NW-4731', 'TL-310', '4099999003105', 'Trennscheibe 125 mm', '1.365'),
  article('NW-4732', 'TL-320', '4099999003204', 'Schutzbrille', '6.80'),
];

export function nordwindOrder(
  orderNumber: string,
  lines: readonly Wanted[],
  parties: { readonly buyer: string; readonly seller: string },
  now: LocalTime,
): readonly SegmentText[] {
  const today = now.text.slice(0, 10);
  return [
    ['BGM', '220', orderNumber, '9'],
    ['DTM', ['137', compact(today), '102']],
    ['DTM', ['2', compact(addDays(today, 5)), '102']],
    [
      'NAD',
      'BY',
      [parties.buyer, '', '9'],
      '',
      'Nordwind Handels GmbH',
      'Speicherstraße 4',
      'Bremen',
      '',
      '28195',
      'DE',
    ],
    ['NAD', 'SU', [parties.seller, '', '9']],
    [
      'NAD',
      'DP',
      ['4012345000016', '', '9'],
      '',
      'Nordwind Lager Süd',
      ['Industriestraße 27', 'Tor 3'],
      'München',
      '',
      '80939',
      'DE',
    ],
    ['CUX', ['2', 'EUR', '9']],
    ...lines.flatMap(orderLine),
    ['UNS', 'S'],
    ['CNT', ['2', String(lines.length)]],
  ];
}

const orderLine = (line: Wanted): readonly SegmentText[] => [
  ['LIN', String(line.line), '', [line.gtin, 'EN']],
  ['PIA', '1', [line.sku, 'SA'], [line.part, 'IN']],
  ['IMD', 'F', '', ['', '', '', line.description]],
  ['QTY', ['21', line.quantity, 'PCE']],
  ['PRI', ['AAA', line.price]],
];

const compact = (date: string): string => date.replaceAll('-', '');
