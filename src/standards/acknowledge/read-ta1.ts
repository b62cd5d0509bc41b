/** Reads an X12 TA1: whether the envelope of our interchange was taken. */
import type { Message } from '../../model/message.ts';
import { type AnswerRow, joined } from './answer.ts';
import { ta1Words, words } from './words.ts';

/** An accepted TA1 says nothing of the content, so only a rejection makes a row. */
export function readTa1(message: Message): readonly AnswerRow[] {
  if (message.content.form !== 'segments') return [];
  const { segments } = message.content;
  const [interchange, code, note] = [1, 4, 5].map((it) => segments.value(0, it)) as [
    string,
    string,
    string,
  ];
  if (code !== 'R') return [];
  const text = joined(['interchange rejected', note === '' ? '' : `note ${words(ta1Words, note)}`]);
  return [{ standard: 'x12', interchange, verdict: 'rejected', code, text }];
}
