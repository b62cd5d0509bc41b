/** What an acknowledgement that came in says of our outbound messages. */

import type { Answer } from '../model/answer.ts';
import { readAcknowledgement } from '../standards/acknowledge/read.ts';
import type { ExaminedMessage } from './examine.ts';

export function readAnswers(examined: ExaminedMessage, transfer: string): readonly Answer[] {
  const { message, interchange } = examined;
  const connector = interchange.partner?.id;
  if (connector === undefined || message.content.form !== 'segments') return [];
  return readAcknowledgement(message).map((row) => ({ ...row, connector, transfer }));
}
