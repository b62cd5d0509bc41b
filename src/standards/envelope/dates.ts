/** Dates of envelopes: whether they exist, and whether they can be meant. */
import type { Instant } from '../../model/time.ts';
import { isDate } from '../calendar.ts';

/** An interchange may be held back or sent again, but hardly for longer. */
const yearsBack = 5;
const yearsAhead = 1;

/** `YYMMDD` or `YYYYMMDD`. What is wrong with it, as the end of a sentence; undefined: nothing. */
export function dateFault(text: string, now: Instant | undefined): string | undefined {
  if (!isDate(text, 0, text.length)) return 'is no date of the calendar';
  if (now === undefined) return undefined;
  const years = yearsFrom(text, now);
  if (years < -yearsBack) return `lies ${-years} years before the day it came`;
  if (years > yearsAhead) return `lies ${years} years after the day it came`;
  return undefined;
}

function yearsFrom(text: string, now: Instant): number {
  const here = Number(now.slice(0, 4));
  if (text.length === 8) return Number(text.slice(0, 4)) - here;
  const years = (Number(text.slice(0, 2)) - here) % 100;
  // Two digits are of the century in which they lie nearest.
  return years < -50 ? years + 100 : years;
}
