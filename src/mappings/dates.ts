/** Dates and times: digits of the EDI standards to ISO 8601 and back. What is no date is undefined. */

const isoDate = /^(\d{4})-(\d\d)-(\d\d)$/;
const isoTime = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?$/;

/** Two-digit years up to this one are of this century (X12 dates of six digits). */
const lastYearOf2000s = 79;

/** `20240131` or `240131` to `2024-01-31`. */
export function dateOfDigits(digits: string): string | undefined {
  if ((digits.length !== 6 && digits.length !== 8) || !isDigits(digits)) return undefined;
  const long = digits.length === 8 ? digits : century(digits) + digits;
  return checkedDate(long.slice(0, 4), long.slice(4, 6), long.slice(6));
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

const century = (digits: string): string =>
  Number(digits.slice(0, 2)) <= lastYearOf2000s ? '20' : '19';

/** Eight digits, or six where no more fit and the century would be found again. */
export function digitsOfDate(date: string, length: 6 | 8): string | undefined {
  const match = isoDate.exec(date);
  if (match === null || !isDate(date)) return undefined;
  const digits = match.slice(1).join('');
  if (length === 8) return digits;
  return dateOfDigits(digits.slice(2)) === date ? digits.slice(2) : undefined;
}

/** `1405`, `140530`, `14053012` (hundredths) to `14:05`, `14:05:30`, `14:05:30.12`. */
export function timeOfDigits(digits: string): string | undefined {
  if (!/^\d{4}(?:\d\d(?:\d{1,2})?)?$/.test(digits)) return undefined;
  const parts = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)].filter(Boolean);
  const fraction = digits.slice(6);
  const time = parts.join(':') + (fraction === '' ? '' : `.${fraction}`);
  return isTime(time) ? time : undefined;
}

/** undefined when there is an offset, or more digits than `max`. */
export function digitsOfTime(time: string, max: number): string | undefined {
  const match = isTime(time) ? isoTime.exec(time) : null;
  if (match === null || match[5] !== undefined) return undefined;
  const digits = match.slice(1, 5).join('');
  return digits.length <= max ? digits : undefined;
}

export function isDate(text: string): boolean {
  const match = isoDate.exec(text);
  return match !== null && checkedDate(match[1]!, match[2]!, match[3]!) !== undefined;
}

export function isTime(text: string): boolean {
  const match = isoTime.exec(text);
  return match !== null && match[1]! < '24' && match[2]! < '60' && (match[3] ?? '0') < '60';
}

function checkedDate(year: string, month: string, day: string): string | undefined {
  const isRight = day >= '01' && Number(day) <= daysOf(Number(year), Number(month));
  return isRight && Number(year) > 0 ? `${year}-${month}-${day}` : undefined;
}

/** 0: there is no such month. */
function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (daysOfMonths[month - 1] ?? 0);
}

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What one place says: a date, a date with a time, or a period of two dates. */
export interface Moment {
  readonly date: string;
  readonly time?: string;
  readonly until?: string;
}

/** ISO text: `2024-01-31`, `2024-01-31T14:05:00-05:00`, `2024-01-01/2024-01-31`. */
export function momentOfIso(text: string): Moment | undefined {
  const [date = '', until] = text.split('/');
  if (until !== undefined) return isDate(date) && isDate(until) ? { date, until } : undefined;
  const [day = '', time] = text.split('T');
  if (!isDate(day)) return undefined;
  if (time === undefined) return { date: day };
  return isTime(time) ? { date: day, time } : undefined;
}

export const isoOfMoment = ({ date, time, until }: Moment): string =>
  time === undefined ? (until === undefined ? date : `${date}/${until}`) : `${date}T${time}`;

/** EDIFACT 2380 in the form that 2379 names; without 2379 the number of digits tells. */
export function momentOfEdifact(value: string, format: string): Moment | undefined {
  const form = format === '' ? formOfLength[value.length] : format;
  if (form === '101' && value.length === 6) return dateOnly(dateOfDigits(value));
  if (form === '102' && value.length === 8) return dateOnly(dateOfDigits(value));
  if (form === '203' && value.length === 12) return withTime(value);
  if (form === '204' && value.length === 14) return withTime(value);
  return form === '718' ? period(value) : undefined;
}

const formOfLength: Readonly<Record<number, string>> = {
  6: '101',
  8: '102',
  12: '203',
  14: '204',
  17: '718',
};

const dateOnly = (date: string | undefined): Moment | undefined =>
  date === undefined ? undefined : { date };

function withTime(digits: string): Moment | undefined {
  const date = dateOfDigits(digits.slice(0, 8));
  const time = timeOfDigits(digits.slice(8));
  return date === undefined || time === undefined ? undefined : { date, time };
}

function period(value: string): Moment | undefined {
  if (!/^\d{8}-?\d{8}$/.test(value)) return undefined;
  const date = dateOfDigits(value.slice(0, 8));
  const until = dateOfDigits(value.slice(-8));
  return date === undefined || until === undefined ? undefined : { date, until };
}

/** The value and its format code: 102, 203, 204 or 718. */
export function edifactOfMoment(moment: Moment): readonly [string, string] | undefined {
  const date = digitsOfDate(moment.date, 8);
  if (date === undefined) return undefined;
  if (moment.until !== undefined) {
    const until = digitsOfDate(moment.until, 8);
    return until === undefined ? undefined : [`${date}-${until}`, '718'];
  }
  if (moment.time === undefined) return [date, '102'];
  const time = digitsOfTime(moment.time, 6);
  return time === undefined ? undefined : [date + time, time.length === 4 ? '203' : '204'];
}
