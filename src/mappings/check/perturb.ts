/**
 * A message said in another way that means the same, for law L2: numbers with leading zeros (N4),
 * counts left out (N5). Read and written again it must become what it was.
 */
import type { ElementData, SegmentData } from '../../model/message.ts';
import type { Body, BoundMapping, LeafRule, NodeRule } from '../model.ts';
import type { Normalizations } from './normalize.ts';

export interface Perturbed {
  readonly segments: readonly SegmentData[];
  readonly normalizations: Normalizations;
}

/** `REF 2.1`: tags with the places where every rule reads a decimal number. */
type NumberPlaces = ReadonlyMap<string, number>;

export function perturb(bound: BoundMapping, segments: readonly SegmentData[]): Perturbed {
  const numbers = numberPlaces(bound);
  const counts = countTags(bound);
  let padded = 0;
  const pad = (place: string, value: string): string => {
    const max = numbers.get(place);
    if (max === undefined || !/^\d+(?:\.\d+)?$/.test(value) || value.length >= max) return value;
    padded++;
    return `0${value}`;
  };
  const kept = segments.filter(({ tag }, at) => !(counts.has(tag) && isAlone(segments, at)));
  const said = kept.map(({ tag, elements }) => ({
    tag,
    elements: elements.map((element, at) => padElement(element, `${tag} ${at + 1}`, pad)),
  }));
  const left = segments.length - kept.length;
  return {
    segments: said,
    normalizations: { ...(padded > 0 && { N4: padded }), ...(left > 0 && { N5: left }) },
  };
}

/** A count that something else hangs on stays: CTT with AMT inside. */
const isAlone = (segments: readonly SegmentData[], at: number): boolean => {
  const next = segments[at + 1]?.tag;
  return next === undefined || next !== 'AMT';
};

function padElement(
  element: ElementData,
  place: string,
  pad: (place: string, value: string) => string,
): ElementData {
  if (typeof element === 'string') return pad(place, element);
  if ('repeats' in element) return element;
  return element.map((part, at) => pad(`${place}.${at + 1}`, part));
}

function numberPlaces(bound: BoundMapping): NumberPlaces {
  const numbers = new Map<string, number>();
  const others = new Set<string>();
  for (const { tag, leaf } of leavesOf(bound.body, '', 0)) {
    for (const { element, component, definition } of leaf.places) {
      const place = component === 0 ? `${tag} ${element}` : `${tag} ${element}.${component}`;
      const isNumber = /^(?:R|n)$/.test(definition?.type ?? '');
      const isDecimal = leaf.verb === 'to' && leaf.targets[0]?.field.format === 'decimal';
      if (isNumber && isDecimal && leaf.read === undefined) numbers.set(place, definition!.max);
      else if (leaf.verb !== 'sum' && leaf.verb !== 'count') others.add(place);
    }
  }
  for (const place of others) numbers.delete(place);
  return numbers;
}

const depthMax = 6;

function* leavesOf(
  body: Body,
  tag: string,
  depth: number,
): Generator<{ readonly tag: string; readonly leaf: LeafRule }> {
  if (depth > depthMax) return;
  for (const rule of body.rules) {
    if (rule.is === 'leaf') yield { tag, leaf: rule };
    else if (rule.is === 'node') yield* leavesOf(rule.body, rule.name, depth + 1);
  }
}

/** Segments at the top whose own values are all counts or constants. */
function countTags({ body }: BoundMapping): ReadonlySet<string> {
  const nodes = body.rules.filter((rule): rule is NodeRule => rule.is === 'node');
  const counting = nodes.filter((node) => node.as === undefined && isCount(node));
  const others = nodes.filter((node) => !counting.includes(node)).map(({ name }) => name);
  return new Set(counting.map(({ name }) => name).filter((name) => !others.includes(name)));
}

function isCount({ body }: NodeRule): boolean {
  const leaves = body.rules.filter((rule) => rule.is === 'leaf');
  return leaves.length > 0 && leaves.every(({ derived }) => derived !== undefined);
}
