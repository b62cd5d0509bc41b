/** Values that a rule can write: of the field's format, within the element's length. */

import type { ScalarField } from '../../documents/field.ts';
import type { Random } from '../../model/random.ts';
import type { CodeTable } from '../codes.ts';
import type { LeafRule } from '../model.ts';

const triesMax = 8;

/** undefined where the rule can write no value that chance has found. */
export function generateValue(leaf: LeafRule, at: number, random: Random): string | undefined {
  const field = leaf.targets[at]?.field;
  if (field === undefined) return undefined;
  if (leaf.codes !== undefined) return generateCode(leaf, leaf.codes, random);
  for (let tries = 0; tries < triesMax; tries++) {
    const value = throughFormula(leaf, ofFormat(field, leaf, random));
    if (value !== undefined && isWritable(leaf, at, value)) return value;
  }
  return undefined;
}

/** The domain of a pair of formulas is what reading can give. */
const throughFormula = ({ read }: LeafRule, raw: string): string | undefined =>
  read === undefined ? raw : read(raw, {});

/** Two fields of one place are written together; each alone is of its own format. */
const isWritable = (leaf: LeafRule, at: number, value: string): boolean =>
  leaf.targets.length > 1 ||
  at > 0 ||
  leaf.write !== undefined ||
  leaf.conversion.write(value) !== undefined;

function ofFormat({ format, words }: ScalarField, leaf: LeafRule, random: Random): string {
  if (words !== undefined) return random.pick(words);
  switch (format) {
    case 'decimal':
      return decimal(leaf, random);
    case 'integer':
      return String(random.between(0, 10 ** Math.min(3, lengthMax(leaf)) - 1));
    case 'date':
      return date(random);
    case 'time':
      return time(leaf, random);
    default:
      return text(leaf, random);
  }
}

function decimal(leaf: LeafRule, random: Random): string {
  const whole = String(random.below(10 ** Math.min(4, Math.max(1, lengthMax(leaf) - 2))));
  const places = random.below(leaf.places[0]?.definition?.type === 'N2' ? 3 : 4);
  const minus = random.chance(0.1) && whole !== '0' ? '-' : '';
  return minus + whole + (places === 0 ? '' : `.${digits(places, random)}`);
}

/** An element that takes two digits of the year can hold the years of its century only. */
const date = (random: Random): string =>
  `20${two(random.between(20, 39))}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;

function time(leaf: LeafRule, random: Random): string {
  const clock = `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}`;
  const isTree = leaf.places[0]?.definition === undefined;
  return isTree && random.chance(0.3) ? `${clock}+02:00` : clock;
}

const two = (value: number): string => String(value).padStart(2, '0');
const digits = (count: number, random: Random): string =>
  Array.from({ length: count }, () => random.below(10)).join('');

/** No separators of X12: that has no way to write them. Blanks stand inside only. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-/,()';

function text(leaf: LeafRule, random: Random): string {
  const definition = leaf.places[0]?.definition;
  const most = Math.min(lengthMax(leaf), 12);
  const least = Math.min(Math.max(definition?.min ?? 1, 1), most);
  const length = random.between(least, most);
  if (definition !== undefined && /^(?:n|N\d?|R)$/.test(definition.type)) {
    return String(random.between(1, 9)) + digits(length - 1, random);
  }
  const characters = Array.from({ length }, () => random.pick([...letters]));
  if (length > 4 && random.chance(0.3)) characters[2] = ' ';
  return characters.join('');
}

const lengthMax = (leaf: LeafRule): number => leaf.places[0]?.definition?.max ?? 20;

function generateCode(leaf: LeafRule, table: CodeTable, random: Random): string | undefined {
  if (table.other === 'keep' && random.chance(0.1)) {
    const raw = `Q${random.pick([...'BCDFGHJK'])}`.slice(0, lengthMax(leaf));
    const kept = `${table.family}:${raw}`;
    if (table.write(kept) !== undefined) return kept;
  }
  return table.rows.length === 0 ? undefined : random.pick(table.rows).canonical;
}
