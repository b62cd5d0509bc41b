/**
 * Constants that qualify other values: `2.2: =IN` beside `2.1: id`, `6: =VP` beside `7: id` where the
 * standard pairs the two. Alone they say nothing, so they are neither written nor claimed alone.
 */
import type { SegmentDefinition } from '../../standards/definition.ts';
import type { LeafPlace, LeafRule, Rule } from '../model.ts';

/** Places of which one must hold a value; undefined: the constant stands by itself. */
export function qualifiedPlaces(
  leaf: LeafRule,
  rules: readonly Rule[],
  segment: SegmentDefinition | undefined,
): readonly LeafPlace[] | undefined {
  const place = leaf.places[0];
  if (leaf.verb !== 'constant' || place === undefined || place.element === 0) return undefined;
  const paired = new Set(
    (segment?.relations ?? [])
      .filter(({ kind, positions }) => kind === 'P' && positions.includes(place.element))
      .flatMap(({ positions }) => positions),
  );
  const values = rules
    .filter((rule) => rule.is === 'leaf' && isValue(rule))
    .flatMap((rule) => (rule.is === 'leaf' ? rule.places : []));
  const beside = values.filter((other) =>
    place.component > 0 ? other.element === place.element : paired.has(other.element),
  );
  return beside.length === 0 ? undefined : beside;
}

const isValue = ({ verb }: LeafRule): boolean =>
  verb === 'to' || verb === 'or' || verb === 'copy' || verb === 'count' || verb === 'sum';
