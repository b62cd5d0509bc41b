/** Which rule of a mapping would write a place of a message, also where it wrote nothing. */

import type { Segments } from '../model/message.ts';
import type { PlacedNode } from '../standards/definition.ts';
import type { Origin } from './fault.ts';
import type { Body, BoundCondition, BoundMapping, NodeRule, Rule } from './model.ts';

export interface Writer {
  readonly origin: Origin;
  /** `PO1/4`. */
  readonly address: string;
  /** Fields as the rule names them; none for a segment, a constant, a count. */
  readonly fields: readonly string[];
}

/**
 * `path` leads from the message's first loop down to the segment; element 0 asks for the segment
 * itself. Undefined: no rule of the mapping speaks of the place.
 */
export function writerOf(
  { body }: BoundMapping,
  path: readonly PlacedNode[],
  segments: Segments,
  { element, component }: { readonly element: number; readonly component: number },
): Writer | undefined {
  let at: Body = body;
  let found: NodeRule | undefined;
  for (const node of path) {
    found = at.rules.find((rule): rule is NodeRule => isOf(rule, node, segments));
    if (found === undefined) return undefined;
    at = found.body;
  }
  if (found === undefined) return undefined;
  return element === 0 ? writer(found) : writerOfElement(at.rules, element, component);
}

/** The first rule that would write a segment of that tag, wherever the mapping has one. */
export const writerOfTag = ({ body }: BoundMapping, tag: string): Writer | undefined =>
  writer(nodeNamed(body, tag, new Set()));

/** Levels hold levels: a body is looked at once. */
function nodeNamed({ rules }: Body, tag: string, seen: Set<Body>): NodeRule | undefined {
  const nodes = rules.filter((rule): rule is NodeRule => rule.is === 'node' && !rule.isReadOnly);
  const own = nodes.find(({ name }) => name === tag);
  if (own !== undefined) return own;
  for (const { body } of nodes) {
    if (seen.has(body)) continue;
    seen.add(body);
    const inner = nodeNamed(body, tag, seen);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function isOf(rule: Rule, { slot, segment }: PlacedNode, segments: Segments): boolean {
  if (rule.is !== 'node' || rule.name !== slot.tag || rule.isReadOnly) return false;
  return rule.conditions.every((condition) => holds(condition, segment, segments));
}

function holds({ place, values }: BoundCondition, segment: number, segments: Segments): boolean {
  const { element, component } = place;
  const part = component === 0 ? undefined : component;
  return values.includes(segments.value(segment, element, part));
}

function writerOfElement(
  rules: readonly Rule[],
  element: number,
  component: number,
): Writer | undefined {
  const leaf = rules.find(
    (rule) =>
      rule.is === 'leaf' &&
      rule.places.some(
        (place) =>
          place.element === element && (component === 0 || (place.component || 1) === component),
      ),
  );
  return writer(leaf ?? rules.find((rule) => inChunks(rule, element, component)));
}

function inChunks(rule: Rule, element: number, component: number): boolean {
  if (rule.is !== 'chunk') return false;
  if (rule.component === 0) return element >= rule.element && element <= rule.last;
  return element === rule.element && component >= rule.component && component <= rule.last;
}

function writer(rule: Rule | undefined): Writer | undefined {
  if (rule === undefined) return undefined;
  const { origin, address } = rule;
  const fields = rule.is === 'leaf' ? rule.targets.map(({ text }) => text) : [];
  return { origin, address, fields };
}
