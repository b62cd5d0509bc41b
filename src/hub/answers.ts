/** What an acknowledgement that came in says of our outbound messages. */

import type { Answer } from '../model/store.ts';
import { read997 } from '../standards/acknowledge/read-997.ts';
import { readContrl } from '../standards/acknowledge/read-contrl.ts';
import type { ExaminedMessage } from './examine.ts';

export function readAnswers(examined: ExaminedMessage, transfer: string): readonly Answer[] {
  const { message, interchange } = examined;
  const connector = interchange.partner?.id;
  if (connector === undefined || message.content.form !== 'segments') return [];
  const rows = message.type.name === 'CONTRL' ? readContrl(message) : read997(message);
  return rows.map((row) => ({ ...row, connector, transfer }));
}
