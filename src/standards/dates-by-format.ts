/** Dates whose form another element tells: EDIFACT 2379 (C507), X12 1250 with 1251. */
import { isDate, isTime } from './calendar.ts';

/** False where the value is no date of that form; forms that are not listed are not judged. */
export function isDateOfFormat(value: string, format: string): boolean {
  const parts = formats.get(format);
  if (parts === undefined) return true;
  if (value.length !== parts.length) return false;
  return parts.pieces.every(([start, length, isGood]) => isGood(value, start, start + length));
}

type Piece = readonly [
  start: number,
  length: number,
  isGood: (text: string, start: number, end: number) => boolean,
];

const day: Piece = [0, 8, isDate];
const isDash = (text: string, start: number): boolean => text.charAt(start) === '-';
const form = (length: number, ...pieces: readonly Piece[]) => ({ length, pieces });

const formats: ReadonlyMap<string, { readonly length: number; readonly pieces: readonly Piece[] }> =
  new Map([
    ['101', form(6, [0, 6, isDate])],
    ['102', form(8, day)],
    ['201', form(10, [0, 6, isDate], [6, 4, isTime])],
    ['203', form(12, day, [8, 4, isTime])],
    ['204', form(14, day, [8, 6, isTime])],
    ['401', form(4, [0, 4, isTime])],
    ['402', form(6, [0, 6, isTime])],
    ['D6', form(6, [0, 6, isDate])],
    ['D8', form(8, day)],
    ['DT', form(12, day, [8, 4, isTime])],
    ['RD8', form(17, day, [8, 1, isDash], [9, 8, isDate])],
  ]);
