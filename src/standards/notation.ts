/** Reads the notation of standards/README.md: `REF O *`, `352O(1-30)`, `C819C*5`, `R0203`. */
import type { Relation } from './definition.ts';

export interface ItemNotation {
  readonly name: string;
  readonly mandatory: boolean;
  readonly max: number;
}

/** `REF O *`, `SG1 C 10`: a name, its requirement and its maximum use. */
export function readItem(text: string): ItemNotation {
  const [name = '', requirement = 'O', max = '1'] = text.split(' ');
  return {
    name,
    mandatory: requirement === 'M',
    max: max === '*' ? Number.POSITIVE_INFINITY : Number(max),
  };
}

export interface ElementNotation {
  /** `353`, `C040`, `I16`; empty where the sources do not name the element. */
  readonly id: string;
  readonly mandatory: boolean;
  readonly repeats: number;
  /** Written at this position instead of the element's own, where it differs. */
  readonly type: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

const unnamed = String.raw`\?(?:(?<type>[A-Z]+\d?)\/(?<tmin>\d+)\/(?<tmax>\d+))?`;
const named = String.raw`(?<id>[A-Z]?\d+)`;
const length = String.raw`\((?<min>\d+)-(?<max>\d+)\)`;
const times = String.raw`\*(?<times>\d+)`;
const elementForm = new RegExp(
  `^(?:${unnamed}|${named})(?<flag>[MOC])(?:${length})?(?:${times})?$`,
);

/** `352O`, `352O(1-30)` with a length of its own, `C819C*5` repeating, `?AN/1/3O` unnamed. */
export function readElement(text: string): ElementNotation {
  const groups = elementForm.exec(text)?.groups ?? {};
  return {
    id: groups['id'] ?? '',
    mandatory: groups['flag'] === 'M',
    repeats: Number(groups['times'] ?? 1),
    type: groups['type'],
    min: optionalNumber(groups['min'] ?? groups['tmin']),
    max: optionalNumber(groups['max'] ?? groups['tmax']),
  };
}

const optionalNumber = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** `128M 127O|P0102`: elements and relational notes; a tag alone has neither. */
export function readParts(text: string): {
  readonly elements: readonly ElementNotation[];
  readonly relations: readonly Relation[];
} {
  const [elements = '', relations = ''] = text.split('|');
  return {
    elements: elements.split(' ').filter(isSomething).map(readElement),
    relations: relations.split(' ').filter(isSomething).map(readRelation),
  };
}

const isSomething = (text: string): boolean => text !== '';

/** `C0506`: a letter and two digits a position. */
function readRelation(text: string): Relation {
  const positions: number[] = [];
  for (let at = 1; at < text.length; at += 2) positions.push(Number(text.slice(at, at + 2)));
  return { kind: text.charAt(0) as Relation['kind'], positions };
}

export interface ValueNotation {
  readonly type: string;
  readonly min: number;
  readonly max: number;
}

/** What is not in the dictionary is not checked. */
const unknownValue: ValueNotation = { type: 'AN', min: 0, max: Number.POSITIVE_INFINITY };

const valueForm = /^([a-z]+)(\.\.)?(\d+)$/;

/** X12 `ID 2 2`, EDIFACT `an..3` or `n8`. */
export function readValue(text: string | undefined): ValueNotation {
  if (text === undefined) return unknownValue;
  const [type = 'AN', min, max] = text.split(' ');
  if (max !== undefined) return { type, min: Number(min), max: Number(max) };
  const [, letters = 'an', upTo, length] = valueForm.exec(text) ?? [];
  if (length === undefined) return unknownValue;
  return { type: letters, min: upTo === undefined ? Number(length) : 1, max: Number(length) };
}
