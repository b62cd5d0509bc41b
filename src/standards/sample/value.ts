/** Values that an element may have, near to what stands in real messages. */
import type { Random } from '../../model/random.ts';
import type { ElementDefinition } from '../definition.ts';

export function sampleValue(element: ElementDefinition, random: Random): string {
  const codes = fittingCodes(element);
  if (codes !== undefined) return random.pick(codes);
  switch (element.type) {
    case 'ID':
      return letters(element, random);
    case 'a':
      return letters(element, random);
    case 'DT':
      return sampleDate(random, element.max >= 8 ? 8 : 6);
    case 'TM':
      return sampleTime(random, Math.max(4, element.min) > 4 ? 6 : 4);
    case 'R':
    case 'n':
      return decimal(element, random);
    default:
      return /^N\d?$/.test(element.type) ? digits(element, random) : text(element, random);
  }
}

const codeLists = new WeakMap<ReadonlySet<string>, readonly string[]>();

/** A list may hold codes of other lengths than the element has at this place. */
function fittingCodes({ codes, min, max }: ElementDefinition): readonly string[] | undefined {
  if (codes === undefined || codes.size === 0) return undefined;
  const known = codeLists.get(codes) ?? [...codes];
  codeLists.set(codes, known);
  const fitting = known.filter((it) => it.length >= min && it.length <= max);
  return fitting.length > 0 ? fitting : known;
}

/** A day of the years 2024 to 2027 that exists: `YYYYMMDD` or `YYMMDD`. */
export function sampleDate(random: Random, length: 8 | 6): string {
  const date = new Date(Date.UTC(2024, 0, 1 + random.below(4 * 365)));
  return date
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '')
    .slice(8 - length);
}

/** `HHMM` or `HHMMSS`. */
export function sampleTime(random: Random, length: 4 | 6): string {
  const parts = [random.below(24), random.below(60), random.below(60)];
  return parts
    .map((it) => `${it}`.padStart(2, '0'))
    .join('')
    .slice(0, length);
}

const alphabet = [...'ABCDEFGHJKLMNPQRSTUVWXYZ'];

function letters({ min, max }: ElementDefinition, random: Random): string {
  const length = random.between(Math.max(min, 1), Math.min(max, Math.max(min, 3)));
  return Array.from({ length }, () => random.pick(alphabet)).join('');
}

/** Without leading zeros, unless the element has a fixed length. */
function digits({ min, max }: ElementDefinition, random: Random): string {
  const length = random.between(Math.max(min, 1), Math.min(max, Math.max(min, 4)));
  const [first, ...rest] = Array.from({ length }, (_, at) => random.between(at === 0 ? 1 : 0, 9));
  return [first, ...rest].join('');
}

/** The point does not count in the length (X12.6 3.5.1.2, ISO 9735 10). */
function decimal(element: ElementDefinition, random: Random): string {
  const whole = digits(element, random);
  if (whole.length < 3 || !random.chance(0.5)) return whole;
  return `${whole.slice(0, -2)}.${whole.slice(-2)}`;
}

function text(element: ElementDefinition, random: Random): string {
  const { min, max, name = '' } = element;
  const value = isReference.test(name) || max < 8 ? reference(max, random) : phrase(name, random);
  const cut = value.slice(0, max).trim();
  return cut.padEnd(Math.max(min, 1), '0');
}

const isReference = /number|ident|reference|code|control|serial|postal|product|\bid\b/i;

function reference(max: number, random: Random): string {
  const number = `${random.between(1, 99_999)}`;
  return max < 6 ? number.slice(0, max) : `${random.pick(alphabet)}${number}`;
}

/** Invented names: nobody's. */
const companies = ['Northgate Stores', 'Harbor Supply Co', 'Elm Street Hardware', 'Nordlicht GmbH'];
const cities = ['Springfield', 'Hamburg', 'Rotterdam', 'Portland'];
const streets = ['12 Mill Road', '400 Dock Street', 'Hafenstrasse 7', '8 Station Square'];
const goods = [
  'Garden chair, folding',
  'Desk lamp, brass',
  'Cotton towel 50 x 90',
  'Paper A4 80 g',
];

function phrase(name: string, random: Random): string {
  if (/city/i.test(name)) return random.pick(cities);
  if (/address|street/i.test(name)) return random.pick(streets);
  return random.pick(/name|party/i.test(name) ? companies : goods);
}
