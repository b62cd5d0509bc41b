/** Shared secrets stay in the stored bytes: they are in no tree, finding or envelope we hand out. */
import type { TreeNode } from '../../model/message.ts';

const secretElements: ReadonlySet<string> = new Set(['SharedSecret', 'CredentialMac']);

/** The same tree with secret elements emptied; what stands outside the header is not copied. */
export const withoutSecrets = (root: TreeNode): TreeNode => ({
  ...root,
  children: root.children.map((child) => (child.name === 'Header' ? cleanse(child) : child)),
});

function cleanse(node: TreeNode): TreeNode {
  if (secretElements.has(node.name)) {
    return { ...node, text: '', attributes: [], children: [], end: node.start };
  }
  return { ...node, children: node.children.map(cleanse) };
}

/** Cuts a path below a secret element: in a broken file the secret may look like an element. */
export const hideSecretPath = (path: string): string =>
  path.replace(/(^|\/)(SharedSecret|CredentialMac)(\/.*)?$/s, '$1$2');
