/** Mutations of the values inside one segment. */
import type { ElementData } from '../../../src/model/message.ts';
import type { Random } from '../../../src/model/random.ts';
import type { ElementDefinition, Relation } from '../../../src/standards/definition.ts';
import { isInNotes, isNoteKept, positionsThere } from './notes.ts';
import type { Mutant, Mutate, Sample, Spot } from './sample.ts';
import type { MutationName } from './table.ts';

export const elementMutations: Partial<Record<MutationName, Mutate>> = {
  'drop-element': (sample) =>
    changeValue(
      sample,
      ({ definition, isFree, isAlone }) => definition.mandatory && isFree && !isAlone,
      () => '',
    ),

  'break-note': (sample) =>
    changeNote(sample, (there, elements, relation) => {
      if (relation.kind === 'E') return undefined;
      return relation.positions.find(
        (it) => there.has(it) && elements[it - 1]?.mandatory === false,
      );
    }),

  'break-exclusion': (sample) =>
    changeNote(sample, (there, elements, relation) => {
      if (relation.kind !== 'E' || !relation.positions.some((it) => there.has(it)))
        return undefined;
      const isSimple = (it: number): boolean => elements[it - 1]?.components.length === 0;
      return relation.positions.find((it) => !there.has(it) && isSimple(it));
    }),

  'add-element': (sample) => {
    const index = anySegment(sample, ({ elements, tag }) => elements.length > 0 && !ties.has(tag));
    if (index === undefined) return undefined;
    const { slot, elements } = sample.segments[index]!;
    const count = slot.segment.elements.length;
    const padding = Array.from({ length: count - elements.length }, () => '');
    return mutant(sample, index, [...elements, ...padding, 'X'], { element: count + 1 }, 'X');
  },

  'add-component': (sample) => {
    const composite = pickPlace(sample, (it) => it.definition.components.length > 0);
    if (composite === undefined) return undefined;
    const { index, element, definition } = composite;
    const { elements } = sample.segments[index]!;
    const value = elements[element - 1]!;
    if (typeof value === 'object' && 'repeats' in value) return undefined;
    const components = typeof value === 'string' ? [value] : value;
    const count = definition.components.length;
    const padding = Array.from({ length: count - components.length }, () => '');
    const more = replaced(elements, element, [...components, ...padding, 'X']);
    return mutant(sample, index, more, { element, component: count + 1 }, 'X');
  },

  'split-element': (sample) => {
    const place = pickPlace(
      sample,
      ({ definition, component, value }) =>
        component === undefined &&
        definition.components.length === 0 &&
        /^(AN|an|ID)$/.test(definition.type) &&
        definition.codes === undefined &&
        value.length > 2,
    );
    if (place === undefined) return undefined;
    const { index, element, value } = place;
    const { elements } = sample.segments[index]!;
    const mark = sample.definition.type.standard === 'x12' ? '>' : ':';
    const parts = [value.slice(0, 1), value.slice(1)];
    const cut = replaced(elements, element, parts);
    return mutant(sample, index, cut, { element }, parts.join(mark));
  },

  'repeat-element': (sample) => {
    const place = pickPlace(
      sample,
      ({ definition, component, value }) =>
        component === undefined && value.trim() !== '' && definition.repeats <= copiesMax,
    );
    if (place === undefined) return undefined;
    const { index, element, definition } = place;
    const { elements } = sample.segments[index]!;
    const one = elements[element - 1]!;
    if (typeof one === 'object' && 'repeats' in one) return undefined;
    const repeat = definition.repeats + 1;
    const repeats = Array.from({ length: repeat }, () => one);
    return mutant(sample, index, replaced(elements, element, { repeats }), { element, repeat }, '');
  },

  lengthen: (sample) =>
    changeValue(
      sample,
      ({ definition, isDated }) =>
        definition.max < 100 && definition.type !== 'composite' && !isDated,
      ({ definition }) => '1'.repeat(definition.max + 1),
    ),

  shorten: (sample) =>
    changeValue(
      sample,
      ({ definition }) =>
        definition.min > 1 && !hasCode(definition, '1'.repeat(definition.min - 1)),
      ({ definition }) => '1'.repeat(definition.min - 1),
    ),

  'wrong-code': (sample) => changeValue(sample, isCoded, wrongCode),

  'later-code': (sample) =>
    changeValue(
      sample,
      (place) => isCoded(place) && !place.hasOtherList && !place.isDated,
      wrongCode,
    ),

  'letter-in-number': (sample) =>
    changeValue(
      sample,
      ({ definition }) => isNumber(definition),
      ({ definition }) => 'A'.repeat(Math.max(1, definition.min)),
    ),

  'two-marks': (sample) =>
    changeValue(
      sample,
      ({ definition }) => /^(R|n)$/.test(definition.type) && definition.max > 2,
      ({ definition }) => `1.1.${'1'.repeat(Math.max(1, definition.min - 2))}`,
    ),

  'bad-date': (sample) =>
    changeValue(
      sample,
      ({ definition, isDated, format }) =>
        definition.type === 'DT' || (isDated && /^(102|203|204|D8)$/.test(format)),
      ({ value, definition }) =>
        definition.type === 'DT' ? '20250231'.slice(-value.length) : `20250231${value.slice(8)}`,
    ),

  'bad-time': (sample) =>
    changeValue(
      sample,
      ({ definition }) => definition.type === 'TM',
      ({ value }) => `25${value.slice(2)}`,
    ),

  'unknown-parent': (sample) => {
    const index = anySegment(sample, ({ tag, elements }) => tag === 'HL' && elements[1] !== '');
    if (index === undefined) return undefined;
    const { elements, slot } = sample.segments[index]!;
    if (slot.slots.length === 0) return undefined;
    return mutant(sample, index, replaced(elements, 2, '999'), { element: 2 }, '999');
  },
};

/** More copies than this make a large message and prove no more. */
const copiesMax = 12;

/** A value of the sample with what the mutations ask of it. */
interface ValuePlace {
  readonly index: number;
  readonly element: number;
  readonly component: number | undefined;
  readonly definition: ElementDefinition;
  readonly value: string;
  /** In no relational note: whether it is there touches nothing else. */
  readonly isFree: boolean;
  /** The only value of its segment or composite. */
  readonly isAlone: boolean;
  /** A date whose form another element tells, and which. */
  readonly isDated: boolean;
  readonly format: string;
  /** 1131 or 3055 beside it name another list. */
  readonly hasOtherList: boolean;
}

const placeLists = new WeakMap<Sample, readonly ValuePlace[]>();

function places(sample: Sample): readonly ValuePlace[] {
  const known =
    placeLists.get(sample) ?? sample.segments.flatMap((_, index) => placesOf(sample, index));
  placeLists.set(sample, known);
  return known;
}

function placesOf({ segments }: Sample, index: number): readonly ValuePlace[] {
  const { slot, elements, tag } = segments[index]!;
  if (ties.has(tag)) return [];
  const { segment } = slot;
  return elements.flatMap((data, at): readonly ValuePlace[] => {
    const definition = segment.elements[at];
    if (definition === undefined || data === '') return [];
    const base = { index, element: at + 1 };
    const isFree = !isInNotes(segment.relations, at + 1);
    if (typeof data === 'string') {
      const dates = datedBy(segment.elements, elements, at);
      const isAlone = elements.filter((it) => it !== '').length === 1;
      return [
        {
          ...base,
          ...dates,
          definition,
          value: data,
          component: undefined,
          isFree,
          isAlone,
          hasOtherList: false,
        },
      ];
    }
    if ('repeats' in data) return [];
    return componentPlaces(base, definition, data, isFree);
  });
}

/** Their values are tied to other segments: a change there is another fault. */
const ties = new Set(['HL', 'LS', 'LE', 'UNS', 'BIN', 'BDS']);

function componentPlaces(
  base: { readonly index: number; readonly element: number },
  composite: ElementDefinition,
  data: readonly string[],
  isCompositeFree: boolean,
): readonly ValuePlace[] {
  const whole: ValuePlace = {
    ...{ ...base, component: undefined, definition: composite, value: data.join(' ') },
    ...{ isFree: isCompositeFree, isAlone: false, isDated: false, format: '', hasOtherList: false },
  };
  const has = (id: string): boolean =>
    data.some((value, at) => value !== '' && composite.components[at]?.id === id);
  const inside = data.flatMap((value, at): readonly ValuePlace[] => {
    const definition = composite.components[at];
    if (definition === undefined || value === '') return [];
    const isFree = !isInNotes(composite.relations ?? [], at + 1);
    const isAlone = data.filter((it) => it !== '').length === 1;
    const dates = datedBy(composite.components, data, at);
    const hasOtherList = has('1131') || has('3055');
    return [
      { ...base, ...dates, component: at + 1, definition, value, isFree, isAlone, hasOtherList },
    ];
  });
  return [whole, ...inside];
}

function datedBy(
  siblings: readonly ElementDefinition[],
  values: readonly ElementData[],
  at: number,
): { readonly isDated: boolean; readonly format: string } {
  const other = { '2380': 1, '2379': -1, '1250': 1, '1251': -1 }[siblings[at]!.id] ?? 0;
  if (other === 0) return { isDated: false, format: '' };
  const isValue = siblings[at]!.id === '2380' || siblings[at]!.id === '1251';
  return { isDated: true, format: isValue ? String(values[at + other] ?? '') : '' };
}

function pickPlace(sample: Sample, test: (place: ValuePlace) => boolean): ValuePlace | undefined {
  const found = places(sample).filter(test);
  return found.length === 0 ? undefined : sample.random.pick(found);
}

function changeValue(
  sample: Sample,
  test: (place: ValuePlace) => boolean,
  change: (place: ValuePlace, random: Random) => string | undefined,
): Mutant | undefined {
  const place = pickPlace(sample, test);
  if (place === undefined) return undefined;
  const value = change(place, sample.random);
  if (value === undefined) return undefined;
  const { index, element, component } = place;
  const { elements } = sample.segments[index]!;
  const data = elements[element - 1]!;
  const whole =
    component === undefined || typeof data === 'string' || 'repeats' in data
      ? value
      : data.map((it, at) => (at === component - 1 ? value : it));
  const spot = component === undefined ? { element } : { element, component };
  return mutant(sample, index, replaced(elements, element, whole), spot, value);
}

type ChooseElement = (
  there: ReadonlySet<number>,
  elements: readonly ElementDefinition[],
  relation: Relation,
) => number | undefined;

/** Empties or fills one element so that exactly one note of the segment breaks. */
function changeNote(sample: Sample, choose: ChooseElement): Mutant | undefined {
  const found = sample.segments.flatMap((segment, index) =>
    segment.slot.segment.relations.flatMap((relation) => {
      const made = breakNote(sample, index, relation, choose);
      return made === undefined ? [] : [made];
    }),
  );
  return found.length === 0 ? undefined : sample.random.pick(found);
}

function breakNote(
  sample: Sample,
  index: number,
  relation: Relation,
  choose: ChooseElement,
): Mutant | undefined {
  const { slot, elements } = sample.segments[index]!;
  const { relations, elements: definitions } = slot.segment;
  const before = positionsThere(elements);
  const changed = choose(before, definitions, relation);
  if (changed === undefined) return undefined;
  const filling = before.has(changed) ? '' : fillerOf(definitions[changed - 1]!);
  if (filling === undefined) return undefined;
  const values = replaced(elements, changed, filling);
  const there = positionsThere(values);
  const broken = relations.filter((it) => !isNoteKept(it, there));
  if (broken.length !== 1 || broken[0] !== relation || there.size === 0) return undefined;
  const element =
    relation.kind === 'E'
      ? relation.positions.findLast((it) => there.has(it))!
      : relation.positions.find((it) => !there.has(it))!;
  return mutant(sample, index, values, { element }, undefined);
}

const fillerOf = ({ type, codes, min, max }: ElementDefinition): string | undefined => {
  if (codes !== undefined) return [...codes].find((it) => it.length >= min && it.length <= max);
  return /^(DT|TM|B)$/.test(type) ? undefined : '1'.repeat(Math.max(1, min));
};

function anySegment(
  { segments, random }: Sample,
  test: (segment: Sample['segments'][number]) => boolean,
): number | undefined {
  const found = segments.flatMap((it, index) => (test(it) ? [index] : []));
  return found.length === 0 ? undefined : random.pick(found);
}

function replaced(
  elements: readonly ElementData[],
  element: number,
  value: ElementData,
): readonly ElementData[] {
  const values = [...elements];
  while (values.length < element) values.push('');
  values[element - 1] = value;
  return values;
}

function mutant(
  { segments }: Sample,
  index: number,
  elements: readonly ElementData[],
  spot: Pick<Spot, 'component' | 'repeat'> & { readonly element: number },
  value: string | undefined,
): Mutant {
  const changed = segments.map((it, at) => (at === index ? { ...it, elements } : it));
  const where = { segment: index + 2, tag: segments[index]!.tag, ...spot };
  return { segments: changed, spot: where, ...(value ? { value } : {}) };
}

const isNumber = ({ type }: ElementDefinition): boolean => /^(R|n|N\d?)$/.test(type);
const isCoded = ({ definition }: ValuePlace): boolean =>
  definition.codes !== undefined && definition.components.length === 0;
const hasCode = ({ codes }: ElementDefinition, code: string): boolean => codes?.has(code) === true;

/** Of the right length, and in no list: undefined where every text of that length is a code. */
function wrongCode({ definition }: ValuePlace): string | undefined {
  const { codes, min, max, type } = definition;
  if (isNumber(definition)) return undefined;
  const length = Math.min(max, Math.max(min, 2));
  const letters = type === 'a' ? ['Q', 'J', 'X'] : ['Q', 'J', '9', '0', '~'.slice(1)];
  return letters.map((it) => it.repeat(length)).find((it) => it !== '' && !codes?.has(it));
}
