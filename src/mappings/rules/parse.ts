/**
 * `rules:` of a mapping file as people write them, before their places are looked up:
 *
 *     - { if: BEG02 = DS, then: N1(1=ST), say: Drop-ship orders need a ship-to }
 *     - { PO107: not used }
 */
import { type FaultList, nearestWord, type Origin } from '../fault.ts';
import { PlaceError, type Step, splitOutside } from '../place.ts';
import type { Source, SourceEntry, SourceMap } from '../source.ts';
import { type ParsedAsk, parseAsks } from './asks.ts';
import { parseRulePlace, splitWords } from './place.ts';

export interface ParsedRule {
  readonly when: readonly ParsedTest[];
  readonly demands: readonly ParsedDemand[];
  readonly say: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly origin: Origin;
}

export interface ParsedPlace {
  readonly steps: readonly Step[];
  readonly text: string;
  readonly origin: Origin;
}

export interface ParsedTest {
  readonly place: ParsedPlace;
  readonly is: 'there' | 'absent' | 'oneOf' | 'noneOf';
  readonly values: readonly string[];
  readonly text: string;
}

export interface ParsedDemand {
  readonly place: ParsedPlace;
  readonly ask: ParsedAsk;
}

const rulesMax = 500;
const ruleWords = ['if', 'then', 'say', 'severity'];
const severities = ['error', 'warning', 'info'] as const;

/** A faulty rule is left out, and told. */
export function parseRules(items: readonly Source[], faults: FaultList): readonly ParsedRule[] {
  const surplus = items[rulesMax];
  if (surplus !== undefined) {
    faults.error('map-rule', surplus.origin, `rules: at most ${rulesMax} are judged; join some`);
  }
  return items.slice(0, rulesMax).flatMap((item) => parseRule(item, faults) ?? []);
}

function parseRule(item: Source, faults: FaultList): ParsedRule | undefined {
  if (item.is !== 'map') {
    faults.error('map-rule', item.origin, `rules: a rule is a map: ${example}`);
    return undefined;
  }
  const before = faults.all.length;
  const when = textOf(item, 'if', faults);
  const then = item.entries.find(({ key }) => key === 'then');
  const places = item.entries.filter(({ key }) => !ruleWords.includes(key));
  const rule: ParsedRule = {
    when: when === undefined ? [] : guarded(when.origin, faults, () => parseTests(when)),
    demands: [
      ...(then === undefined ? [] : parseThen(then, faults)),
      ...places.flatMap((entry) => parseDemand(entry, faults)),
    ],
    say: textOf(item, 'say', faults)?.text ?? '',
    severity: severityOf(item, faults),
    origin: item.origin,
  };
  if (then !== undefined && when === undefined) {
    faults.error('map-rule', then.origin, 'then: has no if: beside it');
  }
  if (faults.all.length > before) return undefined;
  if (rule.demands.length > 0) return rule;
  faults.error('map-rule', item.origin, `rules: a rule says what it asks for: ${example}`);
  return undefined;
}

const example = '{ PO107: not used }, or { if: BEG02 = DS, then: N1(1=ST), say: why }';

interface Text {
  readonly text: string;
  readonly origin: Origin;
}

function textOf(item: SourceMap, word: string, faults: FaultList): Text | undefined {
  const entry = item.entries.find(({ key }) => key === word);
  if (entry === undefined) return undefined;
  if (entry.value.is === 'text' && entry.value.text.trim() !== '') {
    return { text: entry.value.text.trim(), origin: entry.origin };
  }
  faults.error('map-rule', entry.origin, `${word}: takes a text`);
  return undefined;
}

function severityOf(item: SourceMap, faults: FaultList): ParsedRule['severity'] {
  const told = textOf(item, 'severity', faults);
  const known = severities.find((it) => it === (told?.text ?? 'error'));
  if (known === undefined) {
    faults.error('map-rule', told!.origin, `severity: is ${severities.join(', ')}`);
  }
  return known ?? 'error';
}

/** `BEG02 = DS and no N1(1=ST)`. */
const parseTests = ({ text, origin }: Text): readonly ParsedTest[] =>
  splitWords(text, 'and').map((piece) => parseTest(piece, origin));

function parseTest(text: string, origin: Origin): ParsedTest {
  if (text.includes('[')) {
    const written = text.replaceAll('[', '(').replaceAll(']', ')');
    throw new PlaceError(`selection is written ${written}`);
  }
  const absent = /^no +(.*)$/.exec(text)?.[1];
  if (absent !== undefined) {
    return { place: placeOf(absent, origin), is: 'absent', values: [], text };
  }
  const [head = '', ...rest] = splitOutside(text, '=');
  if (rest.length === 0) return { place: placeOf(text, origin), is: 'there', values: [], text };
  const isNot = head.endsWith('!');
  const values = valuesOf(rest.join('='));
  const place = placeOf((isNot ? head.slice(0, -1) : head).trim(), origin);
  return { place, is: isNot ? 'noneOf' : 'oneOf', values, text };
}

/** As a text, places that must be there; as a map, places and what is asked of each. */
function parseThen(entry: SourceEntry, faults: FaultList): readonly ParsedDemand[] {
  const { value, origin } = entry;
  if (value.is === 'map') return value.entries.flatMap((each) => parseDemand(each, faults));
  if (value.is === 'text' && value.text.trim() !== '') {
    return guarded(origin, faults, () =>
      splitWords(value.text, 'and').flatMap((piece) => parseConsequence(piece, origin)),
    );
  }
  faults.error('map-rule', origin, 'then: takes places, N1(1=ST), or a map: { PO107: not used }');
  return [];
}

function parseConsequence(text: string, origin: Origin): readonly ParsedDemand[] {
  const { place, is, values } = parseTest(text, origin);
  if (is === 'absent') return [{ place, ask: { is: 'unused' } }];
  if (is === 'noneOf') throw new PlaceError(`${text}: write the values that may be there instead`);
  const required: ParsedDemand = { place, ask: { is: 'required' } };
  return is === 'there' ? [required] : [required, { place, ask: { is: 'only', codes: values } }];
}

/** `PO108-PO125: not used` is a demand for each of the run. */
function parseDemand({ key, value, origin }: SourceEntry, faults: FaultList): ParsedDemand[] {
  if (value.is !== 'text') {
    const near = nearestWord(key, ruleWords);
    const meant = near === undefined ? '' : `; did you mean ${near}?`;
    faults.error('map-rule', origin, `${key}: takes what is asked for: not used${meant}`);
    return [];
  }
  return guarded(origin, faults, () => {
    const asks = parseAsks(value.text);
    return placesOf(key, origin).flatMap((place) => asks.map((ask) => ({ place, ask })));
  });
}

function placeOf(text: string, origin: Origin): ParsedPlace {
  const [place, more] = placesOf(text, origin);
  if (more !== undefined || place === undefined) {
    throw new PlaceError(`${text} is a run of elements: name one`);
  }
  return place;
}

const placesOf = (text: string, origin: Origin): readonly ParsedPlace[] =>
  parseRulePlace(text).map((steps) => ({ ...steps, origin }));

function valuesOf(text: string): readonly string[] {
  const values = text.split('|').map((value) => value.trim());
  if (values.includes('')) throw new PlaceError(`"=${text}": a value is missing`);
  return values;
}

function guarded<T>(origin: Origin, faults: FaultList, parse: () => readonly T[]): T[] {
  try {
    return [...parse()];
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    faults.error('map-rule', origin, error.message);
    return [];
  }
}
