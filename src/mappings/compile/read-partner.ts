/** What was agreed with a partner, judged while reading: `require`, `forbid`, `only`. */
import type { LeafRule, NodeRule, Rule } from '../model.ts';
import { findingOf, quoted, type Reading } from './reading.ts';

/** `require`, `forbid` and `only` of leaves: they give findings and change nothing. */
export function compilePartnerRules<N>(rules: readonly Rule[]) {
  const leaves = rules.filter(
    (rule) => rule.is === 'leaf' && (rule.require || rule.forbid || rule.only !== undefined),
  ) as readonly LeafRule[];
  if (leaves.length === 0) return undefined;
  return (reading: Reading<N>, node: N): void => {
    for (const leaf of leaves) checkLeaf(leaf, reading, node);
  };
}

function checkLeaf<N>(leaf: LeafRule, reading: Reading<N>, node: N): void {
  const { access, base } = reading;
  const values = leaf.places.map((place) => access.value(node, place, base, 1));
  const at = Math.max(
    0,
    values.findIndex((value) => value !== ''),
  );
  const raw = values[at]!;
  const where = access.where(node, { place: leaf.places[at]!, base, repeat: 1 });
  if (raw === '') {
    if (!leaf.require) return;
    const text = `${leaf.address} is empty, and it was agreed that it is sent.`;
    reading.findings.push(findingOf('required-missing', where, text));
  } else if (leaf.forbid || leaf.only?.has(raw) === false) {
    const list = leaf.only === undefined ? 'nothing' : [...leaf.only].join(', ');
    const text = `${leaf.address} is ${quoted(raw)}, and ${list} was agreed for it.`;
    reading.findings.push(findingOf('not-allowed', where, text, raw));
  }
}

export function requireNode<N>(rule: NodeRule, reading: Reading<N>, parent: N): void {
  const text = `${rule.address} is missing, and it was agreed that it is sent.`;
  const { access } = reading;
  const place = parent === access.root ? { path: rule.address } : access.whereNode(parent);
  reading.findings.push(findingOf('required-missing', place, text));
}

/** `node` is the first that the rule forbids. */
export function forbidNode<N>(rule: NodeRule, reading: Reading<N>, node: N | undefined): void {
  const text = `${rule.address} is there, and it was agreed that it is not sent.`;
  const place = node === undefined ? { path: rule.address } : reading.access.whereNode(node);
  reading.findings.push(findingOf('not-allowed', place, text));
}
