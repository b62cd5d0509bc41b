/** `require`, `forbid` and `only` when writing: findings, and no change of what is written. */
import type { LeafRule, NodeRule, Rule } from '../model.ts';
import { type Built, documentPath, tell, valueAt, type Writing } from './writing.ts';

/** `count` is how often the node was written. */
export function checkNode(rule: NodeRule, writing: Writing, count: number): void {
  const where = writing.path.length === 0 ? rule.address : '';
  if (count === 0 && rule.require) {
    const text = `${rule.address} was agreed to be sent, and the document has nothing for it.`;
    tell(writing, 'required-missing', where, text);
  } else if (count > 0 && rule.forbid) {
    const text = `${rule.address} was agreed not to be sent, and the document has values for it.`;
    tell(writing, 'not-allowed', where, text);
  }
}

/** undefined where nothing was agreed of the leaves. */
export function compilePartnerRules(rules: readonly Rule[]) {
  const leaves = rules.filter(
    (rule): rule is LeafRule =>
      rule.is === 'leaf' && (rule.require || rule.forbid || rule.only !== undefined),
  );
  if (leaves.length === 0) return undefined;
  return (writing: Writing, built: Built): void => {
    for (const leaf of leaves) checkLeaf(leaf, writing, built);
  };
}

function checkLeaf(leaf: LeafRule, writing: Writing, built: Built): void {
  const raw = valueAt(built, leaf.places[0]!, writing.base);
  const field = leaf.targets[0]?.text ?? '';
  if (raw === '') {
    if (!leaf.require || writing.round > 0) return;
    const text = `${leaf.address} was agreed to be sent, and ${documentPath(writing, field)} is absent.`;
    tell(writing, 'required-missing', field, text);
  } else if (leaf.forbid || leaf.only?.has(raw) === false) {
    const list = leaf.only === undefined ? 'nothing' : [...leaf.only].join(', ');
    tell(
      writing,
      'not-allowed',
      field,
      `${leaf.address} would be "${raw}", and ${list} was agreed.`,
      raw,
    );
  }
}
