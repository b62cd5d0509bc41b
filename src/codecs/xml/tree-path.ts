/** Looking things up in a tree by the names of its elements. */
import type { TreeNode } from '../../model/message.ts';

/** The first descendant reached by these names. */
export function descendant(node: TreeNode | undefined, ...names: readonly string[]) {
  let found = node;
  for (const name of names) found = found?.children.find((child) => child.name === name);
  return found;
}

export const attributeValue = (node: TreeNode | undefined, name: string): string =>
  node?.attributes.find((attribute) => attribute.name === name)?.value ?? '';
