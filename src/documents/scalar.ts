/**
 * The kinds of value a document holds. All are text; `format` says which, and the mapping engine
 * types a field by it. Empty text does not exist in a document: what is empty is absent.
 */
import Type from 'typebox';

/** A field's title is its label, its description its line on the reference page. */
export const text = (title: string, description?: string) =>
  Type.Optional(Type.String({ minLength: 1, ...said(title, description) }));

/** A decimal number as text (`10.50`): never a float; digits are kept as sent. */
export const decimal = (title: string, description?: string) =>
  formatted('decimal', title, description);

/** A whole number as text. */
export const integer = (title: string, description?: string) =>
  formatted('integer', title, description);

/** A local calendar date, `YYYY-MM-DD`. */
export const date = (title: string, description?: string) => formatted('date', title, description);

/** A local time, `HH:MM:SS`, with its offset (`-05:00`, `Z`) only where the sender told it. */
export const time = (title: string, description?: string) => formatted('time', title, description);

/** One of the named words. */
export const choice = <Words extends string[]>(
  words: readonly [...Words],
  title: string,
  description?: string,
) => Type.Optional(Type.Enum(words, said(title, description)));

/** What identifies a document: the one field of its kind that must be there. */
export const number = (description: string) =>
  Type.String({ minLength: 1, title: 'Number', description });

const day = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const minute = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
const second = String.raw`:[0-5]\d(?:\.\d{1,9})?`;
const offset = String.raw`(?:Z|[+-]\d\d:\d\d)`;

export const formats = {
  decimal: /^-?\d+(?:\.\d+)?$/,
  integer: /^-?\d+$/,
  date: new RegExp(`^${day}$`),
  time: new RegExp(`^${minute}(?:${second})?${offset}?$`),
  'date-time': new RegExp(`^${day}T${minute}(?:${second})?${offset}?$`),
  instant: new RegExp(`^${day}T${minute}${second}Z$`),
} as const;
export type ScalarFormat = keyof typeof formats;

function formatted(format: ScalarFormat, title: string, description?: string) {
  return Type.Optional(Type.String({ format, ...said(title, description) }));
}

function said(title: string, description: string | undefined) {
  return description === undefined ? { title } : { title, description };
}
