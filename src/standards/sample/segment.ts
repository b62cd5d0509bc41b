/** One segment of a sample: elements, composites, repetitions. */
import { HubError } from '../../model/errors.ts';
import type { ElementData, SegmentData } from '../../model/message.ts';
import type { Random } from '../../model/random.ts';
import type { ElementDefinition, Relation, SegmentDefinition } from '../definition.ts';
import { datePair, sampleFormatted } from './dates.ts';
import { choosePositions } from './positions.ts';
import { sampleValue } from './value.ts';

export interface SegmentOptions {
  readonly random: Random;
  readonly richness: number;
  /** Whether the syntax has a repetition separator. */
  readonly repeats: boolean;
}

/** Throws HubError `config-invalid` where no choice of elements keeps the segment's notes. */
export function sampleSegment(definition: SegmentDefinition, options: SegmentOptions): SegmentData {
  const { tag, elements, relations } = definition;
  const there = positionsOf(tag, elements, relations, options);
  const dated = datedValues(elements, there, options);
  const values = elements.map((element, index): ElementData => {
    if (!there.has(index + 1)) return '';
    return dated.get(index) ?? sampleElement(element, tag, options);
  });
  return { tag, elements: values.slice(0, Math.max(0, ...there)) };
}

function sampleElement(
  element: ElementDefinition,
  tag: string,
  options: SegmentOptions,
): ElementData {
  const { random, richness } = options;
  const one = (): string | readonly string[] =>
    element.components.length === 0
      ? sampleValue(element, random)
      : sampleComposite(element, tag, options);
  const isMany = options.repeats && element.repeats > 1 && random.chance(richness);
  return isMany ? { repeats: [one(), one()] } : one();
}

/** A composite that is there has a value in it, though none may be mandatory. */
function sampleComposite(
  { id, components, relations = [] }: ElementDefinition,
  tag: string,
  options: SegmentOptions,
): readonly string[] {
  const { random } = options;
  const chosen = positionsOf(`${tag} ${id}`, components, relations, options);
  const there = chosen.size > 0 ? chosen : new Set([firstUsed(components)]);
  const dated = datedValues(components, there, options);
  const values = components.map((component, index) =>
    there.has(index + 1) ? (dated.get(index) ?? sampleValue(component, random)) : '',
  );
  return values.slice(0, Math.max(...there));
}

const firstUsed = (components: readonly ElementDefinition[]): number =>
  components.findIndex((it) => it.repeats > 0) + 1;

function positionsOf(
  where: string,
  elements: readonly ElementDefinition[],
  relations: readonly Relation[],
  { random, richness }: SegmentOptions,
): Set<number> {
  const there = choosePositions(elements, relations, random, richness);
  if (there !== undefined) return there;
  throw new HubError('config-invalid', `The relational notes of ${where} contradict each other.`);
}

/** A date is never without its format: the two are chosen together. */
function datedValues(
  elements: readonly ElementDefinition[],
  there: Set<number>,
  { random }: SegmentOptions,
): ReadonlyMap<number, string> {
  const pair = datePair(elements);
  if (pair === undefined) return new Map();
  const { value, format, isAlways } = pair;
  const isUsed = isAlways && (elements[value]?.repeats ?? 0) > 0;
  if (!isUsed && !there.has(value + 1)) return new Map();
  const made = sampleFormatted(elements[format] as ElementDefinition, random);
  if (made === undefined) return new Map();
  there.add(value + 1).add(format + 1);
  return new Map([
    [value, made.value],
    [format, made.format],
  ]);
}
