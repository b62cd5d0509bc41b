/** Writes fields of the document to the places of a leaf. */
import { edifactOfMoment, isoOfMoment, type Moment, momentOfIso } from '../dates.ts';
import { isZero, negated } from '../decimal.ts';
import type { BoundTarget, LeafPlace, LeafRule } from '../model.ts';
import { constantText } from './constants.ts';
import { type Entry, fieldAccess, listAccess, textOf } from './fields.ts';
import { cutText } from './flow.ts';
import { derivedValue } from './read-late.ts';
import { holds } from './read-leaf.ts';
import { quoted } from './reading.ts';
import { addWriteRow, type Built, documentPath, put, tell, type Writing } from './writing.ts';

export type LeafWriter = (writing: Writing, scope: Entry, built: Built) => void;

/** undefined for leaves that write nothing. */
export function compileWriteLeaf(leaf: LeafRule): LeafWriter | undefined {
  if (leaf.read !== undefined && leaf.write === undefined) return undefined;
  switch (leaf.verb) {
    case 'to':
    case 'copy':
      return writeTo(leaf);
    case 'constant':
    case 'write':
      return writeConstant(leaf);
    case 'count':
    case 'sum':
      return leaf.derived!.verifyOnly ? undefined : writeDerived(leaf);
    default:
      return undefined;
  }
}

function writeTo(leaf: LeafRule): LeafWriter {
  if (leaf.format !== undefined || leaf.targets.length === 2) return once(writeMoment(leaf));
  if (leaf.text !== undefined) return writeText(leaf);
  return leaf.targets[0]!.list ? writeList(leaf) : once(writeValue(leaf));
}

/** Where a list repeats a node, single values stand in the first one only. */
const once =
  (write: LeafWriter): LeafWriter =>
  (writing, scope, built) => {
    if (writing.round === 0) write(writing, scope, built);
  };

function writeValue(leaf: LeafRule): LeafWriter {
  const target = leaf.targets[0]!;
  const place = leaf.places[0]!;
  const get = documentValue(leaf);
  const encode = encoder(leaf);
  const { none } = leaf;
  const fillsNone = none !== undefined && place.definition?.mandatory === true;
  return (writing, scope, built) => {
    const value = get(writing, scope);
    if (value === undefined) {
      if (fillsNone) put(built, place, writing.base, 1, none);
      return;
    }
    const raw = encode(writing, scope, value);
    if (raw === undefined) return;
    put(built, place, writing.base, 1, raw);
    if (leaf.json !== undefined) built.json = leaf.json;
    writing.values++;
    if (writing.rows === undefined) return;
    const how = leaf.codes === undefined ? 'copied' : 'code';
    addWriteRow(writing, leaf, target.text, { value, raw, how });
  };
}

type Get = (writing: Writing, scope: Entry) => string | undefined;

function documentValue(leaf: LeafRule): Get {
  const field = fieldAccess(leaf.targets[0]!);
  const { default: absence } = leaf;
  const get: Get =
    absence === undefined
      ? (_, scope) => field.get(scope)
      : (_, scope) => field.get(scope) ?? absence;
  if (leaf.negate !== undefined) return negatedValue(leaf, get);
  return leaf.sign === undefined ? get : signedValue(leaf, get);
}

function negatedValue(leaf: LeafRule, get: Get): Get {
  const test = leaf.negate!;
  return (writing, scope) => {
    const value = get(writing, scope);
    const isNegated = value !== undefined && holds(test, scope, writing.root);
    return isNegated ? negated(value) : value;
  };
}

/** A positive amount with its word; anything else could not be read back. */
function signedValue(leaf: LeafRule, get: Get): Get {
  const { target, minus, plus } = leaf.sign!;
  const kind = fieldAccess(target);
  const { text } = leaf.targets[0]!;
  return (writing, scope) => {
    const value = get(writing, scope);
    const word = kind.get(scope);
    if (value === undefined) {
      if (word !== undefined) tellUnfit(writing, target.text, word, `is there without ${text}`);
      return undefined;
    }
    const isRight = word === plus || (word === minus && !isZero(value));
    if (!isRight || value.startsWith('-')) {
      const why = `needs a positive amount and ${target.text} ${minus} or ${plus}`;
      tellUnfit(writing, text, value, why);
      return undefined;
    }
    return word === minus ? `-${value}` : value;
  };
}

function tellUnfit(writing: Writing, field: string, value: string, why: string): void {
  const text = `${documentPath(writing, field)} = ${quoted(value)} ${why}.`;
  tell(writing, 'does-not-fit', field, text, value);
}

type Encode = (writing: Writing, scope: Entry, value: string) => string | undefined;

/** The raw value; undefined with a finding when there is none for it. */
function encoder(leaf: LeafRule): Encode {
  const { codes, conversion, write: formula } = leaf;
  const { text } = leaf.targets[0]!;
  const convert: Encode = (writing, _scope, value) => {
    const code = codes === undefined ? value : codes.write(value);
    if (code === undefined) {
      const where =
        codes!.name === 'inline' ? leaf.origin.file : `mappings/codes/${codes!.name}.yaml`;
      const path = documentPath(writing, text);
      const said = `${path} = ${quoted(value)} has no code for ${leaf.address}: add one to ${where}.`;
      tell(writing, 'code-missing', text, said, value);
      return undefined;
    }
    const raw = conversion.write(code);
    if (raw === undefined) {
      tellUnfit(writing, text, value, `does not fit ${leaf.address} (${conversion.from})`);
    }
    return raw;
  };
  if (formula === undefined) return convert;
  return (writing, scope, value) => {
    const made = formula(value, scope);
    return made === undefined ? undefined : convert(writing, scope, made);
  };
}

/** As many values as the places hold; the rest goes into the next round. */
function writeList(leaf: LeafRule): LeafWriter {
  const target = leaf.targets[0]!;
  const list = listAccess(target.steps);
  const encode = encoder(leaf);
  const spots = spotsOf(leaf.places);
  return (writing, scope, built) => {
    const values = list.get(scope);
    const first = writing.round * spots.length;
    for (const [at, { place, repeat }] of spots.entries()) {
      const value = textOf(values[first + at]);
      if (value === undefined) continue;
      const raw = encode(writing, scope, value);
      if (raw === undefined) continue;
      put(built, place, writing.base, repeat, raw);
      if (leaf.json !== undefined) built.json = leaf.json;
      writing.values++;
      if (writing.rows === undefined) continue;
      const path = `${target.text.replace(/\*$/, '')}[${first + at}]`;
      addWriteRow(writing, leaf, path, { value, raw, how: 'copied' });
    }
  };
}

const spotsOf = (places: readonly LeafPlace[]) =>
  places.flatMap((place) =>
    Array.from({ length: place.repeats }, (_, at) => ({ place, repeat: at + 1 })),
  );

/** How often a list leaf needs its node written. */
export function roundsOf(leaf: LeafRule): ((scope: Entry) => number) | undefined {
  const size = spotsOf(leaf.places).length;
  if (leaf.text !== undefined) {
    const pieces = piecesOf(leaf);
    return (scope) => Math.ceil(pieces(scope).length / size);
  }
  const [target] = leaf.targets;
  if (target?.list !== true || (leaf.verb !== 'to' && leaf.verb !== 'copy')) return undefined;
  const list = listAccess(target.steps);
  return (scope) => Math.ceil(list.get(scope).length / size);
}

/** A text in pieces: its lines, or what fits in one place. */
function piecesOf(leaf: LeafRule): (scope: Entry) => readonly string[] {
  const field = fieldAccess(leaf.targets[0]!);
  const max = leaf.places[0]!.definition?.max ?? Number.POSITIVE_INFINITY;
  return (scope) => {
    const text = field.get(scope) ?? leaf.default;
    if (text === undefined) return [];
    return leaf.text === 'flow'
      ? cutText(text, max)
      : text.split('\n').filter((line) => line !== '');
  };
}

function writeText(leaf: LeafRule): LeafWriter {
  const pieces = piecesOf(leaf);
  const field = fieldAccess(leaf.targets[0]!);
  const { text } = leaf.targets[0]!;
  const encode = encoder(leaf);
  const spots = spotsOf(leaf.places);
  return (writing, scope, built) => {
    const all = pieces(scope);
    const first = writing.round * spots.length;
    const whole = field.get(scope);
    if (leaf.text === 'lines' && writing.round === 0 && whole?.split('\n').includes('') === true) {
      const said = `${documentPath(writing, text)} has an empty line, which ${leaf.address} cannot hold.`;
      tell(writing, 'lost', text, said);
    }
    for (const [at, { place, repeat }] of spots.entries()) {
      const piece = all[first + at];
      if (piece === undefined) continue;
      const raw = encode(writing, scope, piece);
      if (raw === undefined) continue;
      put(built, place, writing.base, repeat, raw);
      writing.values++;
      addWriteRow(writing, leaf, text, { value: piece, raw, how: 'copied' });
    }
  };
}

function writeConstant(leaf: LeafRule): LeafWriter {
  const { constant, conversion, address } = leaf;
  return (writing, _scope, built) => {
    const value = constantText(constant, writing.sources, writing.root);
    if (value === undefined) return;
    const raw = leaf.verb === 'write' ? dateDigits(leaf, value) : conversion.write(value);
    if (raw === undefined) tellUnfit(writing, address, value, `does not fit ${address}`);
    else {
      put(built, leaf.places[0]!, writing.base, 1, raw);
      addWriteRow(writing, leaf, address, { value, raw, how: 'constant' });
    }
  };
}

/** `$now.date` in a DT element is written as its digits. */
function dateDigits(leaf: LeafRule, value: string): string | undefined {
  const { definition } = leaf.places[0]!;
  const moment = momentOfIso(value);
  const isDate = definition?.type === 'DT' || definition?.id === '2380';
  if (!isDate || moment === undefined) return leaf.conversion.write(value);
  const digits = edifactOfMoment(moment)?.[0];
  return definition.max < 8 ? digits?.slice(2) : digits;
}

function writeDerived(leaf: LeafRule): LeafWriter {
  const derived = leaf.derived!;
  return (writing, scope, built) => {
    const value = derivedValue(derived, scope);
    const raw = value === undefined ? undefined : leaf.conversion.write(value);
    if (raw === undefined) {
      tellUnfit(writing, derived.text, value ?? '', `does not fit ${leaf.address}`);
      return;
    }
    put(built, leaf.places[0]!, writing.base, 1, raw);
    addWriteRow(writing, leaf, derived.text, { value: value!, raw, how: 'derived' });
  };
}

/** A date with its format code, or date and time at one place. */
function writeMoment(leaf: LeafRule): LeafWriter {
  const place = leaf.places[0]!;
  const { format } = leaf;
  const [first, second] = leaf.targets.map(fieldAccess);
  const secondText = leaf.targets[1]?.text ?? '';
  const path = leaf.targets[0]!.text;
  const momentOf = momentMaker(leaf.targets);
  const encode = place.definition === undefined ? isoParts : edifactOfMoment;
  return (writing, scope, built) => {
    const value = first!.get(scope) ?? leaf.default;
    const more = second?.get(scope);
    if (value === undefined) {
      if (more !== undefined) tellUnfit(writing, secondText, more, `is there without ${path}`);
      return;
    }
    const moment = momentOf(value, more);
    const parts = moment && encode(moment);
    const max = place.definition?.max ?? Number.POSITIVE_INFINITY;
    if (parts === undefined || parts[0].length > max) {
      tellUnfit(
        writing,
        path,
        more === undefined ? value : `${value} ${more}`,
        `does not fit ${leaf.address}`,
      );
      return;
    }
    put(built, place, writing.base, 1, parts[0]);
    if (format !== undefined) put(built, format, writing.base, 1, parts[1]);
    writing.values++;
    addWriteRow(writing, leaf, path, { value, raw: parts[0], how: 'copied' });
  };
}

const isoParts = (moment: Moment): readonly [string, string] => [isoOfMoment(moment), ''];

function momentMaker(targets: readonly BoundTarget[]) {
  const isPeriod = targets[1]?.field.format === 'date';
  return (value: string, more: string | undefined): Moment | undefined => {
    const known = momentOfIso(value);
    if (known === undefined || more === undefined) return known;
    return momentOfIso(isPeriod ? `${value}/${more}` : `${value}T${more}`);
  };
}
