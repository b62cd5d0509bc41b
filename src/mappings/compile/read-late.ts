/** Leaves that wait until their scope is read: `or`, `copy`, counts and sums. */
import { sameDecimal, sumDecimals } from '../decimal.ts';
import type { Derived, LeafRule } from '../model.ts';
import { type Entry, fieldAccess, textOf, valuesAt } from './fields.ts';
import type { LeafReader } from './read-leaf.ts';
import { say } from './read-leaf.ts';
import { addRow, quoted, type Reading } from './reading.ts';

/** Reads a value later: `settle` says whether it is claimed. */
function later<N>(
  leaf: LeafRule,
  settle: (raw: string, reading: Reading<N>, node: N, scope: Entry, base: number) => boolean,
): LeafReader<N> {
  const place = leaf.places[0]!;
  return (reading, node, scope) => {
    const { access, base } = reading;
    const raw = access.value(node, place, base, 1);
    if (raw === '') return;
    const run = (): boolean => {
      if (!settle(raw, reading, node, scope, base)) return false;
      access.claim(node, place, base, 1);
      return true;
    };
    reading.deferred.push({ run, pending: undefined, node });
  };
}

/** Fills the field if nothing else did; the same value again is claimed, another stays unmapped. */
export function compileOr<N>(leaf: LeafRule): LeafReader<N> {
  const target = leaf.targets[0]!;
  const field = fieldAccess(target);
  return later(leaf, (raw, reading, node, scope, base) => {
    const value = decoded(leaf, raw);
    if (value === undefined) return false;
    const known = field.get(scope);
    if (known !== undefined) return leaf.conversion.same(known, value);
    field.set(scope, value);
    reading.yields++;
    const spot = { place: leaf.places[0]!, base, repeat: 1 };
    addRow(reading, leaf, node, spot, { path: target.text, value, raw, how: 'copied' });
    return true;
  });
}

/** A second place of a field: it must agree, and fills the field if the first gave nothing. */
export function compileCopy<N>(leaf: LeafRule): LeafReader<N> {
  const target = leaf.targets[0]!;
  const field = fieldAccess(target);
  return later(leaf, (raw, reading, node, scope, base) => {
    const known = field.get(scope);
    const value = decoded(leaf, raw);
    if (known !== undefined && value !== undefined && leaf.conversion.same(known, value))
      return true;
    const spot = { place: leaf.places[0]!, base, repeat: 1 };
    if (known === undefined) {
      if (value === undefined) return false;
      field.set(scope, value);
      reading.yields++;
      addRow(reading, leaf, node, spot, { path: target.text, value, raw, how: 'copied' });
      return true;
    }
    const text = `${quoted(raw)} should repeat ${target.text}, which is ${quoted(known)}.`;
    say(reading, 'copy-differs', node, spot, raw, text);
    return false;
  });
}

const decoded = (leaf: LeafRule, raw: string): string | undefined =>
  leaf.codes === undefined ? leaf.conversion.read(raw) : leaf.codes.read(raw);

/** Checked against what was read; never a value of the document. */
export function compileDerived<N>(leaf: LeafRule): LeafReader<N> {
  const derived = leaf.derived!;
  return later(leaf, (raw, reading, node, scope, base) => {
    const value = derivedValue(derived, scope) ?? '0';
    const spot = { place: leaf.places[0]!, base, repeat: 1 };
    if (sameDecimal(raw, value)) {
      addRow(reading, leaf, node, spot, { path: derived.text, value, raw, how: 'derived' });
      return true;
    }
    const code = derived.verb === 'count' ? 'count-differs' : 'sum-differs';
    const text = `${quoted(raw)} should be the ${derived.verb} of ${derived.text}, which is ${value}.`;
    say(reading, code, node, spot, raw, text);
    return false;
  });
}

/** undefined when a value to be summed is no decimal. */
export function derivedValue({ verb, steps }: Derived, scope: Entry): string | undefined {
  const values = valuesAt(scope, steps);
  if (verb === 'count') return String(values.length);
  return sumDecimals(values.flatMap((value) => textOf(value) ?? []));
}
