/** Reads one value of a node into fields of the document. */
import { isoOfMoment, type Moment, momentOfEdifact, momentOfIso } from '../dates.ts';
import { negated } from '../decimal.ts';
import type { BoundTest, LeafPlace, LeafRule } from '../model.ts';
import type { Spot } from './access.ts';
import { type Entry, type FieldAccess, fieldAccess, listAccess, textOf } from './fields.ts';
import { addRow, findingOf, quoted, type Reading } from './reading.ts';

export type LeafReader<N> = (reading: Reading<N>, node: N, scope: Entry) => void;

/** What a raw value is in the document; undefined when it cannot be one. */
type Decode = (raw: string, scope: Entry, root: Entry) => string | undefined;

/** Puts a decoded value into the scope; false when the field is set already. */
type Store = (scope: Entry, value: string) => boolean;

export function compileReadLeaf<N>(leaf: LeafRule): LeafReader<N> {
  if (leaf.format !== undefined || leaf.targets.length === 2) return readMoment(leaf);
  const read = readValue<N>(leaf);
  if (leaf.negate === undefined) return read;
  // The code that tells the sign may stand further on.
  return (reading, node, scope) => {
    const { base } = reading;
    const run = (): boolean => {
      const before = reading.yields;
      reading.base = base;
      read(reading, node, scope);
      reading.base = 0;
      return reading.yields > before;
    };
    const isThere = reading.access.value(node, leaf.places[0]!, base, 1) !== '';
    if (isThere) reading.deferred.push({ run, node, pending: undefined });
  };
}

function readValue<N>(leaf: LeafRule): LeafReader<N> {
  const decode = decoder(leaf);
  const complain = complainer<N>(leaf);
  const store = storeOf(leaf);
  const { none } = leaf;
  const path = leaf.targets[0]!.text;
  const one = (
    reading: Reading<N>,
    node: N,
    scope: Entry,
    place: LeafPlace,
    repeat: number,
  ): void => {
    const { access, base } = reading;
    const raw = access.value(node, place, base, repeat);
    if (raw === '') return;
    if (raw === none) {
      access.claim(node, place, base, repeat);
      return;
    }
    const value = decode(raw, scope, reading.root);
    if (value === undefined) {
      complain(reading, node, { place, base, repeat }, raw);
      return;
    }
    if (!store(scope, value)) return;
    access.claim(node, place, base, repeat);
    reading.yields++;
    if (reading.rows === undefined) return;
    const how = leaf.codes === undefined ? 'copied' : 'code';
    addRow(reading, leaf, node, { place, base, repeat }, { path, value, raw, how });
  };
  return overPlaces(leaf, one);
}

type ReadPlace<N> = (
  reading: Reading<N>,
  node: N,
  scope: Entry,
  place: LeafPlace,
  repeat: number,
) => void;

/** One place, a run, or the repetitions of a repeating element. */
function overPlaces<N>(leaf: LeafRule, one: ReadPlace<N>): LeafReader<N> {
  const { places } = leaf;
  const isPlural = leaf.text !== undefined || leaf.targets.some((target) => target.list);
  const first = places[0]!;
  if (places.length === 1 && (!isPlural || first.repeats === 1)) {
    return (reading, node, scope) => one(reading, node, scope, first, 1);
  }
  return (reading, node, scope) => {
    for (const place of places) {
      const repeats =
        isPlural && place.repeats > 1 ? reading.access.repeats(node, place, reading.base) : 1;
      for (let repeat = 1; repeat <= repeats; repeat++) one(reading, node, scope, place, repeat);
    }
  };
}

function storeOf(leaf: LeafRule): Store {
  const target = leaf.targets[0]!;
  if (target.list) {
    const list = listAccess(target.steps);
    return (scope, value) => list.push(scope, value) > 0;
  }
  const field = fieldAccess(target);
  if (leaf.text !== undefined) return joined(target.steps, leaf.text === 'lines' ? '\n' : '');
  if (leaf.sign === undefined) return field.set;
  return signed(field, fieldAccess(leaf.sign.target), leaf.sign);
}

/** `text: lines` and `flow` append to what is there. */
function joined(steps: LeafRule['targets'][number]['steps'], sign: string): Store {
  const name = steps.at(-1)!.name;
  const holder = steps.length === 1 ? undefined : listAccess(steps);
  return (scope, value) => {
    const at = holder === undefined ? scope : holderOf(scope, steps);
    const known = textOf(at[name]);
    at[name] = known === undefined ? value : known + sign + value;
    return true;
  };
}

function holderOf(scope: Entry, steps: LeafRule['targets'][number]['steps']): Entry {
  let at = scope;
  for (const { name } of steps.slice(0, -1)) {
    at[name] ??= {};
    at = at[name] as Entry;
  }
  return at;
}

/** The sign becomes a word; zero reads as plus. */
function signed(
  field: FieldAccess,
  kind: FieldAccess,
  { minus, plus }: NonNullable<LeafRule['sign']>,
): Store {
  return (scope, value) => {
    const isMinus = value.startsWith('-');
    const word = isMinus ? minus : plus;
    const known = kind.get(scope);
    if (known !== undefined && known !== word) return false;
    if (!field.set(scope, isMinus ? value.slice(1) : value)) return false;
    if (known === undefined) kind.set(scope, word);
    return true;
  };
}

function decoder(leaf: LeafRule): Decode {
  const { codes, conversion, negate, read: formula } = leaf;
  const convert: (raw: string) => string | undefined =
    codes === undefined ? conversion.read : codes.read;
  const read: Decode =
    formula === undefined
      ? convert
      : (raw, scope) => {
          const made = formula(raw, scope);
          return made === undefined ? undefined : convert(made);
        };
  if (negate === undefined) return read;
  return (raw, scope, root) => {
    const value = read(raw, scope, root);
    return value !== undefined && holds(negate, scope, root) ? negated(value) : value;
  };
}

/** Whether `type=creditNote`. */
export function holds({ steps, value, inDocument }: BoundTest, scope: Entry, root: Entry): boolean {
  let at: unknown = inDocument ? root : scope;
  for (const step of steps) {
    at = typeof at === 'object' && at !== null ? (at as Entry)[step] : undefined;
  }
  return textOf(at) === value;
}

/** Says why a raw value is not what its field is. */
function complainer<N>({ codes, targets, origin }: LeafRule) {
  const { field, text } = targets[0]!;
  return (reading: Reading<N>, node: N, spot: Spot, raw: string): void => {
    if (codes === undefined) {
      const words = field.words === undefined ? `a ${field.format}` : field.words.join(', ');
      const said = `${quoted(raw)} is not ${words}, so ${text} stays empty.`;
      say(reading, 'value-bad', node, spot, raw, said);
      return;
    }
    const where = codes.name === 'inline' ? origin.file : `mappings/codes/${codes.name}.yaml`;
    const said = `Code ${quoted(raw)} is not known for ${text}: add it to ${where} if it is right.`;
    say(reading, 'code-unknown', node, spot, raw, said);
  };
}

export function say<N>(
  reading: Reading<N>,
  code: Parameters<typeof findingOf>[0],
  node: N,
  spot: Spot,
  raw: string,
  text: string,
): void {
  reading.findings.push(findingOf(code, reading.access.where(node, spot), text, raw));
}

/** A date with its format code, or a place that holds date and time. */
function readMoment<N>(leaf: LeafRule): LeafReader<N> {
  const place = leaf.places[0]!;
  const { format, none } = leaf;
  const parse = momentParser(leaf);
  const store = momentStore(leaf);
  const path = leaf.targets.map((target) => target.text).join(' + ');
  return (reading, node, scope) => {
    const { access, base } = reading;
    const raw = access.value(node, place, base, 1);
    if (raw === '') return;
    const code = format === undefined ? '' : access.value(node, format, base, 1);
    const claim = (): void => {
      access.claim(node, place, base, 1);
      if (format !== undefined && code !== '') access.claim(node, format, base, 1);
    };
    if (raw === none) {
      claim();
      return;
    }
    const spot = { place, base, repeat: 1 };
    const moment = parse(raw.trim(), code);
    const kept = moment === undefined ? 'wrong' : store(scope, moment);
    if (kept === 'wrong') {
      const form = code === '' ? '' : ` in format ${code}`;
      say(
        reading,
        'value-bad',
        node,
        spot,
        raw,
        `${quoted(raw)}${form} is nothing that ${path} can hold.`,
      );
    }
    if (kept !== 'stored') return;
    claim();
    reading.yields++;
    if (reading.rows === undefined || moment === undefined) return;
    addRow(reading, leaf, node, spot, { path, value: isoOfMoment(moment), raw, how: 'copied' });
  };
}

function momentParser(leaf: LeafRule): (raw: string, code: string) => Moment | undefined {
  const { definition } = leaf.places[0]!;
  if (definition === undefined) return (raw) => momentOfIso(raw);
  return momentOfEdifact;
}

type Kept = 'stored' | 'set' | 'wrong';

/** A date field holds no time, and a text holds any moment in ISO form. */
function momentStore(leaf: LeafRule): (scope: Entry, moment: Moment) => Kept {
  const [first, second] = leaf.targets.map(fieldAccess);
  const { format } = leaf.targets[0]!.field;
  const other = leaf.targets[1]?.field.format;
  const kept = (isStored: boolean): Kept => (isStored ? 'stored' : 'set');
  if (format === 'text') return (scope, moment) => kept(first!.set(scope, isoOfMoment(moment)));
  return (scope, { date, time, until }) => {
    if (time !== undefined && other !== 'time') return 'wrong';
    if (until !== undefined && other !== 'date') return 'wrong';
    const more = time ?? until;
    if (first!.get(scope) !== undefined) return 'set';
    if (more !== undefined && second!.get(scope) !== undefined) return 'set';
    if (more !== undefined) second!.set(scope, more);
    return kept(first!.set(scope, date));
  };
}
