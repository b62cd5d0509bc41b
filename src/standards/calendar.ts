/** Dates that exist in the calendar, and times that exist in a day. */

/** `YYYYMMDD`, or `YYMMDD` by length. */
export function isDate(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length === 8) return isDay(number(text, start, 4), text, start + 4);
  return length === 6 && isDay(2000 + number(text, start, 2), text, start + 2);
}

/** Month and day at an offset. 1900 to 1999 need no care for two digits: 00 is a leap year here. */
function isDay(year: number, text: string, at: number): boolean {
  const month = number(text, at, 2);
  const day = number(text, at + 2, 2);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** `HHMM`, `HHMMSS` and up to two decimals of a second; `2400` is the end of the day. */
export function isTime(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length < 4 || length === 5 || length > 8) return false;
  const hour = number(text, start, 2);
  const rest = number(text, start + 2, length - 2);
  const minute = number(text, start + 2, 2);
  const second = length < 6 ? 0 : number(text, start + 4, 2);
  if (hour === 24) return rest === 0;
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

/** The digits at an offset as a number; NaN, which compares false, where one is no digit. */
export function number(text: string, start: number, length: number): number {
  let value = 0;
  for (let at = start; at < start + length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
