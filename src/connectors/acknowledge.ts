/** An agreement's `acknowledge:`, as one word or in its long form. */
import { type AcknowledgePolicy, plainPolicy } from '../model/acknowledge-policy.ts';
import type { MessageType } from '../model/message.ts';
import { type AcknowledgeFile, acknowledgeSchema } from './acknowledge-schema.ts';
import type { FaultList } from './fault-list.ts';

/** What each standard acknowledges messages with. */
const acknowledgements: Readonly<Record<string, readonly string[]>> = {
  x12: ['997', '999'],
  edifact: ['CONTRL'],
  cxml: ['response'],
};

/** `997`, or `{ with: 997, when: onError }`. */
export function readAcknowledge(
  told: unknown,
  message: MessageType,
  path: readonly string[],
  faults: FaultList,
): AcknowledgePolicy {
  if (told === undefined) return plainPolicy(undefined);
  if (typeof told === 'string') return policyOf({ with: told }, message, path, faults);
  const file = faults.check(acknowledgeSchema, path);
  if (file === undefined) return plainPolicy(undefined);
  checkKeys(file, message, path, faults);
  return policyOf(file, message, [...path, 'with'], faults);
}

function policyOf(
  file: AcknowledgeFile,
  message: MessageType,
  path: readonly string[],
  faults: FaultList,
): AcknowledgePolicy {
  const word = file.with === 'none' ? undefined : file.with;
  if (word !== undefined) checkAcknowledgement(word, message, path, faults);
  return { ...plainPolicy(word), ...file, with: word } as AcknowledgePolicy;
}

/** Which acknowledgement answers a message; faults name those that can. */
export function checkAcknowledgement(
  word: string,
  { standard }: MessageType,
  path: readonly string[],
  faults: FaultList,
): void {
  const known = acknowledgements[standard] ?? [];
  if (known.includes(word)) return;
  const fix = known.length === 0 ? 'Write none.' : `Write ${known.join(' or ')}, or none.`;
  faults.add(path, `"${word.slice(0, 40)}" acknowledges no ${standard} message.`, fix);
}

/** Keys that have no meaning for the standard are faults: nobody may count on them. */
function checkKeys(
  file: AcknowledgeFile,
  { standard }: MessageType,
  path: readonly string[],
  faults: FaultList,
): void {
  const isEdi = standard === 'x12' || standard === 'edifact';
  const isAnswered = isEdi && file.with !== 'none';
  const meant = {
    when: isAnswered,
    detail: isAnswered,
    per: isAnswered && standard === 'x12',
    errors: isEdi,
    rejects: isEdi,
  };
  for (const [key, means] of Object.entries(meant)) {
    if (means || file[key as keyof AcknowledgeFile] === undefined) continue;
    const what = file.with === 'none' && isEdi ? 'where nothing is answered' : `for ${standard}`;
    faults.add([...path, key], `"${key}" means nothing ${what}.`, 'Take it out.');
  }
}
