/** Reads any acknowledgement of segments; a cXML Response is its codec's matter. */
import type { Message } from '../../model/message.ts';
import type { AnswerRow } from './answer.ts';
import { read997 } from './read-997.ts';
import { readContrl } from './read-contrl.ts';
import { readTa1 } from './read-ta1.ts';

/** No rows for a message that is no acknowledgement, or that settles nothing. */
export function readAcknowledgement(message: Message): readonly AnswerRow[] {
  switch (message.type.name) {
    case '997':
    case '999':
      return read997(message);
    case 'TA1':
      return readTa1(message);
    case 'CONTRL':
      return readContrl(message);
    default:
      return [];
  }
}
