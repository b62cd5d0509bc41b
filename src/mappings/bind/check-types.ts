/** Whether the two ends of a leaf can be converted into each other. */
import type { ScalarField } from '../../documents/field.ts';
import type { CodeTable } from '../codes.ts';
import type { LeafRule } from '../model.ts';
import type { RuleTree } from '../rule.ts';
import type { Binding } from './binding.ts';

export function checkTypes(leaf: LeafRule, tree: RuleTree, { faults }: Binding): void {
  const say = (text: string): void => faults.error('map-target-type', tree.origin, text);
  const [target] = leaf.targets;
  if (leaf.verb === 'constant' && typeof leaf.constant === 'string') checkConstant(leaf, say);
  if (target === undefined) return;
  const { field, text } = target;
  if (leaf.codes !== undefined) checkCodes(leaf.codes, field, `${tree.address}: ${text}`, say);
  else checkElement(leaf, field, say);
  const isJoined = leaf.text !== undefined;
  if (leaf.places.length > 1 && !target.list && !isJoined) {
    say(`${tree.address} is a run of ${leaf.places.length} places: write ${text}* or text: lines`);
  }
  if (isJoined && (target.list || field.format !== 'text')) {
    say(`${tree.address}: text: joins occurrences to one text; ${text} is none`);
  }
  if ((leaf.sign !== undefined || leaf.negate !== undefined) && field.format !== 'decimal') {
    say(`${tree.address}: only a decimal has a sign, and ${text} is a ${field.format}`);
  }
  if (leaf.default !== undefined) checkDefault(leaf, leaf.default, say);
}

function checkConstant({ conversion, constant, address }: LeafRule, say: (text: string) => void) {
  if (conversion.write(String(constant)) === undefined) {
    say(`${address}: the constant "${String(constant)}" does not fit ${conversion.from}`);
  }
}

function checkCodes(
  codes: CodeTable,
  { format, words }: ScalarField,
  what: string,
  say: (text: string) => void,
): void {
  if (format !== 'text') say(`${what} is a ${format}, and codes give text`);
  const wrong = codes.rows.find((row) => words !== undefined && !words.includes(row.canonical));
  if (wrong !== undefined) say(`${what} may be ${words!.join(' ')}, not ${wrong.canonical}`);
}

/** Types of an element that can never be such a value. */
const never: Readonly<Record<string, readonly string[]>> = {
  date: ['TM', 'R', 'B', 'a'],
  time: ['DT', 'R', 'B', 'a'],
  decimal: ['DT', 'TM', 'B', 'a'],
  integer: ['DT', 'TM', 'B', 'a'],
};

function checkElement(leaf: LeafRule, field: ScalarField, say: (text: string) => void): void {
  const element = leaf.places[0]?.definition;
  if (element === undefined || leaf.read !== undefined) return;
  const { type } = element;
  if (never[field.format]?.includes(type) !== true) return;
  say(`${leaf.address} is ${type}, and ${leaf.targets[0]!.text} is a ${field.format}`);
}

function checkDefault(leaf: LeafRule, value: string, say: (text: string) => void): void {
  const { codes, conversion, address } = leaf;
  const raw = codes === undefined ? value : codes.write(value);
  if (raw === undefined || conversion.write(raw) === undefined) {
    say(`${address}: the default "${value}" cannot be written there`);
  }
  if (codes === undefined && conversion.read(conversion.write(value) ?? '') !== value) {
    say(`${address}: the default "${value}" would not be read back`);
  }
}
