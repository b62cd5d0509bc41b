/** Writes the X12 interchange acknowledgement: TA1, one segment between ISA and IEA without a GS. */
import type { InterchangeEnvelope } from '../../model/envelope.ts';
import type { ContentData } from '../../model/message.ts';
import type { InterchangeVerdict } from './interchange-notes.ts';
import { segment } from './segment-data.ts';

/**
 * TA101 to TA103 repeat ISA13, ISA09 and ISA10, by which the sender knows the interchange. What is
 * no number there stands as zeros: the note code says that it was wrong.
 */
export function writeTa1(
  { control, preparedAt }: Pick<InterchangeEnvelope, 'control' | 'preparedAt'>,
  { code, note }: InterchangeVerdict,
): ContentData {
  const [date, time] = preparedAt.split(' ');
  const copies = [digits(control, 9), digits(date, 6), digits(time, 4)];
  return { form: 'segments', segments: [segment('TA1', ...copies, code, note)] };
}

function digits(value: string | undefined, width: number): string {
  const isNumber = value !== undefined && value.length <= width && /^\d+$/.test(value);
  return (isNumber ? value : '').padStart(width, '0');
}
