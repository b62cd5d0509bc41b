/** A mapping file as a tree of rules, before it is typed: places with words and deeper places. */
import type { FaultList, Origin } from './fault.ts';
import { nearestWord } from './fault.ts';
import { type Family, PlaceError, parsePlace, type Step } from './place.ts';
import type { Source, SourceEntry, SourceMap } from './source.ts';

/** The words of the language that may stand beside places. */
export const words = [
  'to',
  'or',
  'copy',
  'as',
  'codes',
  'default',
  'none',
  'count',
  'sum',
  'verify',
  'text',
  'sign',
  'negate',
  'write',
  'read',
  'require',
  'forbid',
  'only',
  'json',
] as const;
/** `constant`, `ignore` and `remove` are written as values, not as words. */
export type Word = (typeof words)[number] | 'constant' | 'ignore' | 'remove';

/** Words that say what a leaf does: one that has any of them is a leaf of its own. */
export const verbs: readonly Word[] = ['to', 'or', 'copy', 'count', 'sum', 'constant', 'ignore'];

export interface RuleTree {
  /** undefined for the body itself. */
  readonly step: Step | undefined;
  /** Normalized place path: `PO1/6-25 by 2/1`. */
  readonly address: string;
  /** Where the rule last spoke: an overlay's line where one changed it. */
  origin: Origin;
  readonly said: Map<Word, SourceEntry>;
  children: RuleTree[];
}

export const newRule = (step: Step | undefined, address: string, origin: Origin): RuleTree => ({
  step,
  address,
  origin,
  said: new Map(),
  children: [],
});

export const saidText = (rule: RuleTree, word: Word): string | undefined => {
  const value = rule.said.get(word)?.value;
  return value?.is === 'text' ? value.text : undefined;
};

/** `{ write: $now.date }` alone writes a value; beside `to` it converts one. */
export const isVerb = (rule: RuleTree): boolean =>
  verbs.some((word) => rule.said.has(word)) || (rule.said.has('write') && !rule.said.has('read'));

/** Parses the body of a file. Faults are collected; a faulty rule is left out. */
export function parseBody(body: SourceMap, family: Family, faults: FaultList): RuleTree {
  const root = newRule(undefined, '', body.origin);
  parseEntries(body, root, { family, faults });
  if (family === 'tree') for (const child of root.children) valuesToText(child);
  return root;
}

interface Parsing {
  readonly family: Family;
  readonly faults: FaultList;
}

function parseEntries(map: SourceMap, parent: RuleTree, parsing: Parsing): void {
  for (const entry of map.entries) {
    const word = words.find((each) => each === entry.key);
    if (word !== undefined && parent.step !== undefined) sayWord(parent, word, entry, parsing);
    else parseRule(entry, parent, parsing);
  }
}

function sayWord(rule: RuleTree, word: Word, entry: SourceEntry, { faults }: Parsing): void {
  const mapAllowed = word === 'codes' || word === 'sign';
  if (entry.value.is !== 'text' && !(mapAllowed && entry.value.is === 'map')) {
    faults.error('map-syntax', entry.origin, `${rule.address}: ${word} takes a text`);
    return;
  }
  rule.said.set(word, entry);
}

function parseRule(entry: SourceEntry, parent: RuleTree, parsing: Parsing): void {
  let steps: readonly Step[];
  try {
    steps = parsePlace(entry.key, parsing.family);
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    const meant = nearestWord(entry.key, words);
    const hint = meant === undefined ? '' : `; did you mean the word ${meant}?`;
    parsing.faults.error('map-syntax', entry.origin, `key "${entry.key}": ${error.message}${hint}`);
    return;
  }
  const rule = steps.reduce((at, step) => childOf(at, step, entry.origin), parent);
  if (rule.said.size > 0 && entry.value.is === 'text') {
    parsing.faults.error('map-syntax', entry.origin, `${rule.address} stands twice: join the two`);
    return;
  }
  rule.origin = entry.origin;
  parseValue(entry, entry.value, rule, parsing);
}

function childOf(parent: RuleTree, step: Step, origin: Origin): RuleTree {
  const known = parent.children.find((child) => child.step!.text === step.text);
  if (known !== undefined) return known;
  const address = parent.address === '' ? step.text : `${parent.address}/${step.text}`;
  const made = newRule(step, address, origin);
  parent.children.push(made);
  return made;
}

function parseValue(entry: SourceEntry, value: Source, rule: RuleTree, parsing: Parsing): void {
  if (value.is === 'map') {
    parseEntries(value, rule, parsing);
    return;
  }
  if (value.is === 'list') {
    const text = `${rule.address}: a value is a target or a map, not a list; lists are written notes*`;
    parsing.faults.error('map-syntax', entry.origin, text);
    return;
  }
  const { text } = value;
  if (text === '') {
    const said = `${rule.address} has no target; write ignore to drop the place knowingly`;
    parsing.faults.error('map-syntax', entry.origin, said);
  } else if (text === 'ignore' || text === 'remove') rule.said.set(text, entry);
  else if (text.startsWith('=')) {
    const constant: Source = { ...value, text: text.slice(1) };
    rule.said.set('constant', { ...entry, value: constant });
  } else rule.said.set('to', { ...entry, value });
}

const elementWords: readonly Word[] = ['as', 'require', 'forbid', 'remove', 'ignore'];

/** In a tree `Name: target` means the text of the element: `Name: { .: target }`. */
function valuesToText(rule: RuleTree): void {
  for (const child of [...rule.children]) valuesToText(child);
  if (rule.step?.is !== 'node') return;
  const moved = [...rule.said].filter(([word]) => !elementWords.includes(word));
  if (moved.length === 0) return;
  const text = childOf(rule, { is: 'text', text: '.' }, rule.origin);
  text.origin = rule.origin;
  for (const [word, entry] of moved) {
    rule.said.delete(word);
    text.said.set(word, entry);
  }
}
