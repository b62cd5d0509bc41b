/** What the hub would send the partners, written by our own codecs. */

import type { InterchangeData, Syntax } from '../../../src/model/envelope.ts';
import type { ElementData, SegmentData } from '../../../src/model/message.ts';
import { codecNamed } from '../../../src/sandbox/partners/read-edi.ts';

export type SegmentLine = readonly [tag: string, ...elements: ElementData[]];

const x12Syntax: Syntax = {
  version: '00401',
  charset: 'utf8',
  element: '*',
  component: '>',
  terminator: '~',
  decimalMark: '.',
  lineBreak: '\n',
};

const edifactSyntax: Syntax = {
  version: '3',
  charset: 'UNOC',
  element: '+',
  component: ':',
  terminator: "'",
  release: '?',
  decimalMark: '.',
};

const segment = ([tag, ...elements]: SegmentLine): SegmentData => ({ tag, elements });

const common = {
  preparedAt: '2026-03-02T08:30:00',
  offset: '+00:00',
  isTest: false,
  wantsAcknowledgement: false,
};

/** One message to Acme. */
export function toAcme(
  name: string,
  functionalId: string,
  lines: readonly SegmentLine[],
  control = '1',
): Uint8Array {
  const interchange: InterchangeData = {
    ...common,
    standard: 'x12',
    control,
    sender: { qualifier: 'ZZ', id: 'TRADELANE' },
    receiver: { qualifier: 'ZZ', id: 'ACMERETAIL' },
    syntax: x12Syntax,
    groups: [
      {
        functionalId,
        control,
        sender: 'TRADELANE',
        receiver: 'ACMERETAIL',
        version: '004010',
        messages: [
          {
            type: { standard: 'x12', version: '004010', name },
            control: '0001',
            content: { form: 'segments', segments: lines.map(segment) },
          },
        ],
      },
    ],
  };
  return codecNamed('x12').encode(interchange);
}

/** One message to Nordwind. */
export function toNordwind(
  name: string,
  version: string,
  lines: readonly SegmentLine[],
  control = '1',
): Uint8Array {
  const interchange: InterchangeData = {
    ...common,
    standard: 'edifact',
    control,
    sender: { qualifier: '14', id: '4099999000005' },
    receiver: { qualifier: '14', id: '4012345000009' },
    syntax: edifactSyntax,
    groups: [
      {
        functionalId: '',
        control: '',
        sender: '',
        receiver: '',
        version: '',
        messages: [
          {
            type: { standard: 'edifact', version, name },
            control: '1',
            content: { form: 'segments', segments: lines.map(segment) },
          },
        ],
      },
    ],
  };
  return codecNamed('edifact').encode(interchange);
}

export const invoice810 = (order: string, total: string): readonly SegmentLine[] => [
  ['BIG', '20260302', 'INV-9001', '20260301', order],
  ['IT1', '1', '4', 'EA', '129.00', '', 'BP', 'AC-7100'],
  ['IT1', '2', '333', 'EA', '1.365', '', 'BP', 'AC-7310'],
  ['TDS', total],
  ['TXI', 'ST', '80.07', '8.25'],
  ['CTT', '2'],
];

export const shipNotice856 = (order: string, sscc: string): readonly SegmentLine[] => [
  ['BSN', '00', 'SH-5001', '20260302', '0830', '0001'],
  ['HL', '1', '', 'S'],
  ['HL', '2', '1', 'O'],
  ['PRF', order],
  ['HL', '3', '2', 'P'],
  ['MAN', 'GM', sscc],
  ['HL', '4', '3', 'I'],
  ['LIN', '1', 'BP', 'AC-7100'],
  ['SN1', '1', '4', 'EA'],
  ['CTT', '4'],
];

export const response855 = (order: string): readonly SegmentLine[] => [
  ['BAK', '00', 'AC', order, '20260301'],
  ['PO1', '1', '4', 'EA', '129.00', '', 'BP', 'AC-7100'],
  ['ACK', 'IA', '4', 'EA'],
  ['CTT', '1'],
];
