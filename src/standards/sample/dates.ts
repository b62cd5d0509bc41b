/** Dates whose form a qualifier beside them tells: EDIFACT 2380 with 2379, X12 1251 with 1250. */
import type { Random } from '../../model/random.ts';
import type { ElementDefinition } from '../definition.ts';
import { sampleDate, sampleTime } from './value.ts';

export interface DatePair {
  /** Index of the value and of its format among the siblings. */
  readonly value: number;
  readonly format: number;
}

export function datePair(elements: readonly ElementDefinition[]): DatePair | undefined {
  for (const [index, { id }] of elements.entries()) {
    const next = elements[index + 1]?.id;
    if (id === '2380' && next === '2379') return { value: index, format: index + 1 };
    if (id === '1250' && next === '1251') return { value: index + 1, format: index };
  }
  return undefined;
}

/** A format that the list has, and a value of that form; undefined: the list has none we know. */
export function sampleFormatted(
  format: ElementDefinition,
  random: Random,
): { readonly format: string; readonly value: string } | undefined {
  const known = [...formats.keys()].filter((it) => format.codes?.has(it) ?? false);
  if (known.length === 0) return undefined;
  const code = random.pick(known);
  return { format: code, value: (formats.get(code) as (random: Random) => string)(random) };
}

const day = (random: Random): string => sampleDate(random, 8);
const minute = (random: Random): string => day(random) + sampleTime(random, 4);

const formats: ReadonlyMap<string, (random: Random) => string> = new Map([
  ['102', day],
  ['203', minute],
  ['204', (random: Random) => day(random) + sampleTime(random, 6)],
  ['D8', day],
  ['DT', minute],
  ['RD8', (random: Random) => [day(random), day(random)].sort().join('-')],
]);
