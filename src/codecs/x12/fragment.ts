/**
 * Messages without ISA: a file that begins with GS or ST is read with the separators that its first
 * segment shows. Who sent it, to whom and under which number is not told.
 */
import type { Syntax } from '../../model/envelope.ts';
import type { Opening } from '../edi/dialect.ts';

/** GS and ST are shorter than this. */
const charactersMax = 300;

/** Blanks, and the three bytes of a UTF-8 byte order mark. */
const lead = /^[\x00-\x20\xef\xbb\xbf]*/;
const beginning = /^(?:ST([^A-Za-z0-9\s])\d{3}\1|GS([^A-Za-z0-9\s])[A-Z]{2}\2)/;

/** undefined: what stands at this place is no such beginning. */
export function openFragment(text: string, from: number, isLast: boolean): Opening | undefined {
  const at = from + (lead.exec(text.slice(from, from + charactersMax))?.[0].length ?? 0);
  if (text[at] !== 'S' && text[at] !== 'G') return undefined;
  if (text.length - at < charactersMax && !isLast) return { is: 'wait', at };
  const head = text.slice(at, at + charactersMax);
  const found = beginning.exec(head);
  const element = found?.[1] ?? found?.[2];
  const terminator = element === undefined ? undefined : terminatorOf(head, element);
  if (element === undefined || terminator === undefined) return undefined;
  const faults = [
    'The messages come without ISA: sender, receiver and control number are not told.',
  ];
  const header = { start: at, end: at };
  return { is: 'found', at, syntax: syntaxOf(element, terminator), header, next: at, faults };
}

export const isFragment = (head: string): boolean => openFragment(head, 0, true) !== undefined;

/** What ends the last element that the segment may have: ST02 or ST03, GS08. */
function terminatorOf(head: string, element: string): string | undefined {
  const values = head.split(element);
  const last = head.startsWith('GS') ? [values[8] ?? ''] : values.slice(2, 4);
  for (const value of last) {
    const end = /^[A-Za-z0-9 ]*([^A-Za-z0-9 ])/.exec(value)?.[1];
    if (end !== undefined) return end;
  }
  return undefined;
}

function syntaxOf(element: string, terminator: string): Syntax {
  const component = [':', '>', '<'].find((it) => it !== element && it !== terminator) ?? ':';
  return { version: '', charset: 'utf8', element, component, terminator, decimalMark: '.' };
}
