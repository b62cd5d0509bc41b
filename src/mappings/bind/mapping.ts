/** Binds a whole file to its message and its document. */
import type { ObjectField } from '../../documents/field.ts';
import type { MessageDefinition, Slot, Standards } from '../../standards/definition.ts';
import type { PartnerRule } from '../../standards/rules/rule.ts';
import type { FindTable } from '../codes.ts';
import { type ContextPath, parseContext } from '../context.ts';
import type { FaultList, Origin } from '../fault.ts';
import type { ResolvedFile } from '../load.ts';
import type { Lookups } from '../lookups.ts';
import type { BoundMapping, BoundStep, Given, Selector } from '../model.ts';
import { walkRules } from '../overlay.ts';
import { type Condition, parsePlace } from '../place.ts';
import { bindRules } from '../rules/bind.ts';
import { parseRules } from '../rules/parse.ts';
import type { SourceEntry } from '../source.ts';
import { parsePath, stepText, type TargetPath } from '../target.ts';
import { type Binding, documentScope } from './binding.ts';
import { bindBody } from './body.ts';
import { bindElements, bindSlot, noChunk, treePlace } from './places.ts';
import { bindTarget, follow, parsed } from './targets.ts';

export interface Ends {
  readonly standards: Standards;
  readonly lookups: Lookups;
  readonly findTable: FindTable;
  /** The fields of a kind of document; undefined for an unknown kind. */
  readonly documents: (kind: string) => ObjectField | undefined;
}

/** undefined with faults when one of the two ends is not there. */
export function bindMapping(
  file: ResolvedFile,
  ends: Ends,
  faults: FaultList,
): BoundMapping | undefined {
  const definition = definitionOf(file, ends, faults);
  const kinds = kindsOf(file, ends, faults);
  if (definition === 'missing' || kinds === undefined) return undefined;
  const root = definition?.root;
  const binding: Binding = {
    family: file.family,
    message: file.message,
    messageName: `${file.message.name} of ${file.message.version}`,
    document: kinds.document,
    faults,
    lookups: ends.lookups,
    findTable: ends.findTable,
  };
  return {
    name: file.name,
    message: file.message,
    family: file.family,
    kinds: kinds.names,
    selector: kinds.entry && bindSelector(kinds.entry, file, root, binding),
    document: kinds.document,
    root,
    body: bindBody(file.body, root, documentScope(kinds.document), binding),
    given: file.given.flatMap((entry) => bindGiven(entry, binding) ?? []),
    rules: rulesOf(file, definition, faults),
  };
}

function rulesOf(
  { rules }: ResolvedFile,
  definition: MessageDefinition | undefined,
  faults: FaultList,
): readonly PartnerRule[] {
  const [first] = rules;
  if (first === undefined) return [];
  if (definition !== undefined) return bindRules(parseRules(rules, faults), definition, faults);
  faults.error('map-rule', first.origin, 'rules: are for X12 and EDIFACT, and this is a tree');
  return [];
}

function definitionOf(
  file: ResolvedFile,
  ends: Ends,
  faults: FaultList,
): MessageDefinition | undefined | 'missing' {
  if (file.family === 'tree') return undefined;
  const found = ends.standards.find(file.message);
  if (found !== undefined && found.insteadOf === undefined) return found.definition;
  const { standard, version, name } = file.message;
  const text =
    `no definition of ${standard}/${version}/${name} is installed` +
    (found === undefined ? '' : `; the nearest is ${found.definition.key}`);
  faults.error('map-place-unknown', file.messageOrigin, text);
  return 'missing';
}

interface Kinds {
  readonly names: readonly string[];
  readonly document: ObjectField;
  /** The map form of `document:`. */
  readonly entry: SourceEntry | undefined;
}

function kindsOf(file: ResolvedFile, ends: Ends, faults: FaultList): Kinds | undefined {
  const { value } = file.document;
  const names =
    value.is === 'text' ? [value.text] : value.is === 'map' ? value.entries.map((e) => e.key) : [];
  const fields = names.map((name) => ends.documents(name));
  const unknown = names.find((_, at) => fields[at] === undefined);
  const [document] = fields;
  if (unknown === undefined && document !== undefined) {
    return { names, document, entry: value.is === 'map' ? file.document : undefined };
  }
  const text = `document: there is no kind of document ${unknown ?? 'without a name'}`;
  faults.error('map-target-unknown', file.document.origin, text);
  return undefined;
}

/** `{ invoice: BIG/7=DI|PR, creditNote: BIG/7=CR }`: all look at one place. */
function bindSelector(
  entry: SourceEntry,
  file: ResolvedFile,
  root: Slot | undefined,
  binding: Binding,
): Selector | undefined {
  if (entry.value.is !== 'map') return undefined;
  const { faults } = binding;
  const kinds: { kind: string; values: readonly string[] }[] = [];
  let place: Condition | undefined;
  for (const { key, value, origin } of entry.value.entries) {
    const test = parsed(
      () => parseTest(value.is === 'text' ? value.text : '', file),
      origin,
      faults,
    );
    if (test === undefined) return undefined;
    const other = kinds.find((kind) => kind.values.some((each) => test.values.includes(each)));
    if (place !== undefined && placeOf(test) !== placeOf(place)) {
      faults.error('map-syntax', origin, 'document: all kinds are told by the same place');
    } else if (other !== undefined) {
      faults.error('map-syntax', origin, `document: a value is under ${other.kind} and ${key}`);
    }
    place = test;
    kinds.push({ kind: key, values: test.values });
  }
  return place && selectorAt(place, kinds, file, root, entry.origin, binding);
}

const placeOf = (test: Condition): string => test.steps.map((step) => step.text).join('/');

function parseTest(text: string, { family }: ResolvedFile): Condition {
  const equals = text.lastIndexOf('=');
  const steps = parsePlace(equals < 0 ? text : text.slice(0, equals).trim(), family);
  const values = text.slice(equals + 1).split('|');
  return { steps, values: values.map((each) => each.trim()), text };
}

function selectorAt(
  { steps }: Condition,
  kinds: Selector['kinds'],
  file: ResolvedFile,
  root: Slot | undefined,
  origin: Origin,
  binding: Binding,
): Selector | undefined {
  const last = steps.at(-1)!;
  const address = placeOf({ steps, values: [], text: '' });
  const isMapped = [...walkRules(file.body)].some((rule) => rule.address === address);
  const nodes = last.is === 'node' ? steps : steps.slice(0, -1);
  const path = nodes.map((step) => (step.is === 'node' ? step.name : step.text));
  if (root === undefined) return { path, place: treePlace(last), kinds, isMapped, origin };
  let slot = root;
  for (const step of nodes) {
    const next = step.is === 'node' ? bindSlot(slot, step, origin, binding) : undefined;
    if (next === undefined) return undefined;
    slot = next.slot;
  }
  if (last.is !== 'element') {
    binding.faults.error('map-syntax', origin, `document: ${address} is no element`);
    return undefined;
  }
  const [place] = bindElements(last, slot, origin, binding, noChunk);
  return place && { path, place, kinds, isMapped, origin };
}

function bindGiven(entry: SourceEntry, binding: Binding): Given | undefined {
  const { faults, document } = binding;
  const way = wayOf(entry);
  if (way === undefined) {
    faults.error('map-syntax', entry.origin, `given: ${entry.key} is filled from a $ value`);
    return undefined;
  }
  const path = parsed(() => parsePath(entry.key), entry.origin, faults);
  const from = parsed(() => parseContext(way.text), entry.origin, faults);
  if (path === undefined || from === undefined) return undefined;
  checkLookups(from, entry.origin, binding);
  const lists: BoundStep[][] = [];
  let field = document;
  let steps = path.steps;
  for (let at = steps.findIndex(isInner); at >= 0; at = steps.findIndex(isInner)) {
    const plain = { ...steps[at]!, list: false };
    const head: TargetPath = { steps: [...steps.slice(0, at), plain], text: path.text };
    const found = follow(head, field, entry.origin, faults);
    if (found === undefined) return undefined;
    if (found.field.is !== 'list' || found.field.item.is !== 'object') {
      faults.error('map-target-type', entry.origin, `given: ${plain.name} is no list of entries`);
      return undefined;
    }
    lists.push([...found.steps]);
    field = found.field.item;
    steps = steps.slice(at + 1);
  }
  const target = bindTarget({ steps, text: textOf(steps) }, field, entry.origin, faults);
  if (target === undefined) return undefined;
  return { lists, target, from, ways: way.ways, text: entry.key, origin: entry.origin };
}

const isInner = (step: TargetPath['steps'][number], at: number, all: readonly unknown[]): boolean =>
  step.list && at < all.length - 1;
const textOf = (steps: TargetPath['steps']): string => steps.map(stepText).join('.');

function wayOf({ value }: SourceEntry): { ways: Given['ways']; text: string } | undefined {
  if (value.is === 'text') return { ways: 'both', text: value.text };
  const [only, more] = value.is === 'map' ? value.entries : [];
  if (only?.value.is !== 'text' || more !== undefined) return undefined;
  if (only.key !== 'read' && only.key !== 'write') return undefined;
  return { ways: only.key, text: only.value.text };
}

/** A table that is not there, or lacks a column, is told when the file is checked. */
function checkLookups(path: ContextPath, origin: Origin, { lookups, faults }: Binding): void {
  const [table, column] = path.steps;
  if (path.name !== 'lookup' || table === undefined || column === undefined) return;
  const columns = lookups.columns(table.name);
  if (columns === undefined) {
    const text = `there is no table ${table.name}: config/lookups/${table.name}.csv is missing`;
    faults.warn('map-expression', origin, text);
    return;
  }
  const named = [...table.where.map(({ field }) => field), column.name];
  const missing = named.find((name) => !columns.includes(name));
  if (missing === undefined) return;
  const text = `lookups/${table.name}.csv has no column ${missing}; it has ${columns.join(' ')}`;
  faults.error('map-expression', origin, text);
}
