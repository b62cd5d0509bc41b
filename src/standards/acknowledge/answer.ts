/** What an acknowledgement that came in says, one row for each thing it answers. */
import type { Answer } from '../../model/answer.ts';

/** The hub adds who brought it. */
export type AnswerRow = Omit<Answer, 'connector' | 'transfer'>;

/** Rows are bounded by the message; texts are short. */
export const textCharactersMax = 500;

/** So many single faults of a message are traced. */
export const detailsMax = 20;

/** Joins what was said, up to the bound. */
export function joined(parts: readonly string[]): string {
  const text = parts.filter((it) => it !== '').join('; ');
  return Buffer.from(text.slice(0, textCharactersMax), 'utf8').toString('utf8');
}
