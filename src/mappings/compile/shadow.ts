/**
 * The shadow check: a written node that a more specific sibling would claim on reading would change
 * its field without a word. Random testing found it; it is refused.
 */
import type { LeafRule, NodeRule } from '../model.ts';
import { type Built, tell, valueAt, type Writing } from './writing.ts';

export interface Shadows {
  isShadowable(rule: NodeRule): boolean;
  /** Drops shadowed children, each with a finding. */
  check(writing: Writing, built: Built): void;
}

/** `rules` are the node rules of one body, in claim order. */
export function compileShadows(rules: readonly NodeRule[]): Shadows {
  const rivals = new Map<NodeRule, readonly NodeRule[]>();
  for (const [at, rule] of rules.entries()) {
    const stronger = rules.slice(0, at).filter((other) => isSamePlace(other, rule));
    if (stronger.length > 0) rivals.set(rule, stronger);
  }
  return {
    isShadowable: (rule) => rivals.has(rule),
    check(writing, built) {
      if (rivals.size === 0 || !built.children.some((child) => rivals.has(child.rule!))) return;
      dropShadowed(rivals, writing, built);
    },
  };
}

const isSamePlace = (one: NodeRule, other: NodeRule): boolean =>
  one.name === other.name && one.slot === other.slot && one.ordinal === other.ordinal;

function dropShadowed(
  rivals: ReadonlyMap<NodeRule, readonly NodeRule[]>,
  writing: Writing,
  built: Built,
): void {
  const counts = new Map<NodeRule, number>();
  for (const { rule } of built.children) {
    if (rule !== undefined) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const kept = built.children.filter((child) => {
    const shadow = rivals
      .get(child.rule!)
      ?.find((rival) => (rival.repeats || !counts.has(rival)) && wouldTake(rival, child));
    if (shadow === undefined) return true;
    const text =
      `${child.from || 'The document'} would be written as ${child.rule!.address}, and be read as ` +
      `${shadow.address}: give it the field that ${shadow.address} fills.`;
    tell({ ...writing, path: [] }, 'shadowed', child.from ?? '', text);
    return false;
  });
  if (kept.length < built.children.length) built.children.splice(0, built.children.length, ...kept);
}

function wouldTake(rival: NodeRule, built: Built): boolean {
  const isMatch = rival.conditions.every(({ path, place, values }) => {
    let at: Built | undefined = built;
    for (const name of path) at = at?.children.find((child) => child.name === name);
    return at !== undefined && values.includes(valueAt(at, place, 0));
  });
  return isMatch && (rival.ignore || wouldYield(rival, built));
}

function wouldYield({ body }: NodeRule, built: Built): boolean {
  return body.rules.some((rule) => {
    if (rule.is === 'leaf') return isRead(rule, built);
    if (rule.is === 'chunk') return built.elements.length >= rule.element;
    return built.children.some((child) => child.name === rule.name && wouldTake(rule, child));
  });
}

function isRead(leaf: LeafRule, built: Built): boolean {
  if (leaf.verb !== 'to' && leaf.verb !== 'or') return false;
  return leaf.places.some((place) => {
    const raw = valueAt(built, place, 0);
    if (raw === '') return false;
    if (leaf.codes !== undefined) return leaf.codes.read(raw) !== undefined;
    return leaf.format !== undefined || leaf.conversion.read(raw) !== undefined;
  });
}
