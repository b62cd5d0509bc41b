/** The partners' own EDI writers: plain, and not ours, so that our reader meets someone else's hand. */
import type { LocalTime } from '../../model/zoned.ts';

/** A segment: its tag and elements; an element with components is a list. */
export type SegmentText = readonly [
  tag: string,
  ...elements: readonly (string | readonly string[])[],
];

export interface X12Frame {
  /** Interchange ids with their qualifier: `ZZ:ACMERETAIL`. */
  readonly from: string;
  readonly to: string;
  readonly at: LocalTime;
  readonly interchange: number;
  readonly group: number;
  readonly functionalId: string;
}

/** One interchange, one group, one transaction set in version 004010. */
export function writeX12(
  frame: X12Frame,
  transactionSet: string,
  body: readonly SegmentText[],
): Uint8Array {
  const date = frame.at.text.slice(0, 10).replaceAll('-', '');
  const time = frame.at.text.slice(11, 16).replace(':', '');
  const [fromQualifier = '', fromId = ''] = frame.from.split(':');
  const [toQualifier = '', toId = ''] = frame.to.split(':');
  const control = String(frame.interchange).padStart(9, '0');
  const group = String(frame.group);
  const segments: SegmentText[] = [
    ['ISA', '00', ' '.repeat(10), '00', ' '.repeat(10), fromQualifier, fromId.padEnd(15)].concat([
      toQualifier,
      toId.padEnd(15),
      date.slice(2),
      time,
      'U',
      '00401',
      control,
      '0',
      'P',
      '>',
    ]) as unknown as SegmentText,
    ['GS', frame.functionalId, fromId, toId, date, time, group, 'X', '004010'],
    ['ST', transactionSet, '0001'],
    ...body,
    ['SE', String(body.length + 2), '0001'],
    ['GE', '1', group],
    ['IEA', '1', control],
  ];
  return Buffer.from(segments.map((segment) => `${segment.map(x12Element).join('*')}~\n`).join(''));
}

/** X12 has no release character: Acme's data simply never holds a separator. */
function x12Element(element: string | readonly string[]): string {
  const parts = typeof element === 'string' ? [element] : element;
  const isFence = parts.length === 1 && parts[0] === '>';
  if (!isFence && parts.some((part) => /[*~>\n]/.test(part))) {
    throw new Error(`An X12 separator in ${JSON.stringify(element)}.`);
  }
  return parts.join('>');
}

export interface EdifactFrame {
  /** `14:4012345000009`. */
  readonly from: string;
  readonly to: string;
  readonly at: LocalTime;
  readonly control: string;
  /** `ORDERS`, into UNB 0026. */
  readonly application: string;
  /** Asks for a CONTRL (UNB 0031). */
  readonly wantsAcknowledgement: boolean;
}

/** One interchange with one message, in ISO 8859-1 (UNOC) and syntax 3, each segment on a line. */
export function writeEdifact(
  frame: EdifactFrame,
  type: readonly string[],
  body: readonly SegmentText[],
): Uint8Array {
  const party = (id: string) => id.split(':').reverse();
  const [day = '', clock = ''] = frame.at.text.split('T');
  const prepared = [day.replaceAll('-', '').slice(2), clock.replaceAll(':', '').slice(0, 4)];
  const asks = frame.wantsAcknowledgement ? ['', frame.application, '', '1'] : [];
  const segments: SegmentText[] = [
    ['UNB', ['UNOC', '3'], party(frame.from), party(frame.to), prepared, frame.control, ...asks],
    ['UNH', '1', type],
    ...body,
    ['UNT', String(body.length + 2), '1'],
    ['UNZ', '1', frame.control],
  ];
  const lines = segments.map((segment) => `${segment.map(edifactElement).join('+')}'\r\n`);
  return Buffer.from(`UNA:+.? '\r\n${lines.join('')}`, 'latin1');
}

const edifactElement = (element: string | readonly string[]): string =>
  (typeof element === 'string' ? [element] : element)
    .map((part) => part.replace(/[:+?']/g, '?$&'))
    .join(':');
