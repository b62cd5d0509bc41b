/**
 * Types need no words: the dictionary types the message side, the schema the document side, and the
 * two together say how a value is converted.
 */
import type { ScalarField } from '../documents/field.ts';
import type { ElementDefinition } from '../standards/definition.ts';
import { dateOfDigits, digitsOfDate, digitsOfTime, isDate, isTime, timeOfDigits } from './dates.ts';
import { impliedPlaces, isZero, normalDecimal, sameDecimal, withPlaces } from './decimal.ts';

export interface Conversion {
  /** What the message side is, for people: `DT 8`, `text`. */
  readonly from: string;
  /** The document value; undefined when the raw one cannot be one. */
  read(raw: string): string | undefined;
  /** The raw value; undefined when the document's does not fit. */
  write(value: string): string | undefined;
  same(a: string, b: string): boolean;
}

type Way = Pick<Conversion, 'read' | 'write'>;

/** `element` is undefined in trees, whose values are ISO texts of any length. */
export function conversionOf(
  element: ElementDefinition | undefined,
  field: Pick<ScalarField, 'format' | 'words'>,
): Conversion {
  const way = element === undefined ? treeWay(field.format) : elementWay(element, field.format);
  const { read, write } = inWords(field.format === 'text' ? way : trimmed(way), field.words);
  const isNumber = field.format === 'decimal' || field.format === 'integer';
  const from = element === undefined ? 'text' : `${element.type} ${element.min}..${element.max}`;
  return { from, read, write, same: isNumber ? sameDecimal : (a, b) => a === b };
}

/** Raw codes and constants: as they are, as long as they fit. */
export const rawConversion = (element: ElementDefinition | undefined): Conversion =>
  conversionOf(element, { format: 'text', words: undefined });

/** Blanks that pad a number or date mean nothing. */
const trimmed = ({ read, write }: Way): Way => ({
  read: (raw) => read(isPadded(raw) ? raw.trim() : raw),
  write,
});

/** Blanks of any kind are below the digits, or beyond ASCII. */
function isPadded(raw: string): boolean {
  const first = raw.charCodeAt(0);
  const last = raw.charCodeAt(raw.length - 1);
  return first <= 32 || last <= 32 || first > 126 || last > 126;
}

function inWords(way: Way, list: readonly string[] | undefined): Way {
  if (list === undefined) return way;
  const words = new Set(list);
  const known = (value: string | undefined): string | undefined =>
    value !== undefined && words.has(value) ? value : undefined;
  return { read: (raw) => known(way.read(raw)), write: (value) => way.write(value) };
}

const same = (value: string): string => value;

function treeWay(format: ScalarField['format']): Way {
  if (format === 'decimal') return { read: normalDecimal, write: same };
  if (format === 'integer') return { read: integerOf, write: same };
  if (format === 'date') return { read: (raw) => (isDate(raw) ? raw : undefined), write: same };
  if (format === 'time') return { read: (raw) => (isTime(raw) ? raw : undefined), write: same };
  return { read: same, write: same };
}

function elementWay(element: ElementDefinition, format: ScalarField['format']): Way {
  if (format === 'date') return dateWay(element);
  if (format === 'time') {
    return { read: timeOfDigits, write: (value) => digitsOfTime(value, Math.min(8, element.max)) };
  }
  if (format === 'decimal' || format === 'integer') return numberWay(element, format);
  return textWay(element);
}

/** A date is written with its century wherever eight digits fit. */
function dateWay(element: ElementDefinition): Way {
  const length = element.max >= 8 ? 8 : 6;
  return { read: dateOfDigits, write: (value) => digitsOfDate(value, length) };
}

function numberWay(element: ElementDefinition, format: 'decimal' | 'integer'): Way {
  const places = isImplied(element) ? element.decimals : undefined;
  const readPlain = format === 'integer' ? integerOf : normalDecimal;
  // EDIFACT knows no thousands: a comma is a decimal mark, whatever UNA says (ISO 9735-1, 10.1).
  const readNumber =
    element.type === 'n' ? (raw: string) => readPlain(raw.replace(',', '.')) : readPlain;
  return {
    read: (raw) => {
      if (places === undefined) return readNumber(raw);
      const decimal = impliedPlaces(raw, places);
      return decimal === undefined ? undefined : readNumber(decimal);
    },
    write: (value) => {
      const normal = normalDecimal(value);
      if (normal === undefined) return undefined;
      const raw = places === undefined ? normal : withPlaces(normal, places);
      return raw === undefined ? undefined : sizedNumber(raw, element);
    },
  };
}

const isImplied = (element: ElementDefinition): boolean => /^N\d?$/.test(element.type);

const isNumeric = (element: ElementDefinition): boolean =>
  isImplied(element) || element.type === 'R' || element.type === 'n';

/** `5.0` is the whole number 5; `5.5` is none. */
function integerOf(raw: string): string | undefined {
  const [whole, fraction = ''] = (normalDecimal(raw) ?? '').split('.');
  return whole !== '' && isZero(fraction) ? whole : undefined;
}

/** Sign and decimal mark do not count in the length (X12.6 3.5.1, ISO 9735-1 clause 10.2). */
function sizedNumber(raw: string, element: ElementDefinition): string | undefined {
  const digits = isNumeric(element) ? raw.replace(/[-.]/g, '').length : raw.length;
  if (digits > element.max) return undefined;
  if (digits >= element.min || !isNumeric(element)) return raw;
  const sign = raw.startsWith('-') ? '-' : '';
  return sign + '0'.repeat(element.min - digits) + raw.slice(sign.length);
}

/** A text that stands in a number keeps its digits: line number `010` is written as it is. */
function textWay(element: ElementDefinition): Way {
  const fits = (value: string): boolean =>
    isNumeric(element)
      ? normalDecimal(value) !== undefined && value.replace(/[-.]/g, '').length <= element.max
      : value.length <= element.max;
  return { read: same, write: (value) => (fits(value) ? value : undefined) };
}
