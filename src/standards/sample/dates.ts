/** Dates whose form a qualifier beside them tells: EDIFACT 2380 with 2379, X12 1251 with 1250. */
import type { Random } from '../../model/random.ts';
import type { ElementDefinition } from '../definition.ts';
import { sampleDate, sampleTime } from './value.ts';

export interface DatePair {
  /** Index of the value and of its format among the siblings. */
  readonly value: number;
  readonly format: number;
  /** C507 is there for the date's sake: without one it says nothing. */
  readonly isAlways: boolean;
}

export function datePair(elements: readonly ElementDefinition[]): DatePair | undefined {
  for (const [index, { id }] of elements.entries()) {
    const next = elements[index + 1]?.id;
    if (id === '2380' && next === '2379')
      return { value: index, format: index + 1, isAlways: true };
    if (id === '1250' && next === '1251') {
      return { value: index + 1, format: index, isAlways: false };
    }
  }
  return undefined;
}

/** A format that the list has, and a value of that form; undefined: the list has none we know. */
export function sampleFormatted(
  format: ElementDefinition,
  random: Random,
): { readonly format: string; readonly value: string } | undefined {
  const known = [...formats.keys()].filter((it) => isOf(format, it));
  if (known.length === 0) return undefined;
  const code = random.pick(known);
  return { format: code, value: (formats.get(code) as (random: Random) => string)(random) };
}

/** Directories before D95B list no formats: those of 2379 are digits. */
const isOf = ({ id, codes }: ElementDefinition, format: string): boolean =>
  codes === undefined ? id === '2379' && /^\d/.test(format) : codes.has(format);

const day = (random: Random): string => sampleDate(random, 8);
const shortDay = (random: Random): string => sampleDate(random, 6);
const minute = (random: Random): string => sampleTime(random, 4);
const second = (random: Random): string => sampleTime(random, 6);

/** Every format that the check judges: no other one is drawn. */
const formats: ReadonlyMap<string, (random: Random) => string> = new Map([
  ['101', shortDay],
  ['102', day],
  ['201', (random: Random) => shortDay(random) + minute(random)],
  ['203', (random: Random) => day(random) + minute(random)],
  ['204', (random: Random) => day(random) + second(random)],
  ['401', minute],
  ['402', second],
  ['D6', shortDay],
  ['D8', day],
  ['DT', (random: Random) => day(random) + minute(random)],
  ['RD8', (random: Random) => [day(random), day(random)].sort().join('-')],
]);
