/** Shared secrets stay in the stored bytes: they are in no tree, finding or envelope we hand out. */
import { defaultDecodeLimits } from '../../model/codec.ts';
import type { PartyId } from '../../model/envelope.ts';
import type { TreeNode } from '../../model/message.ts';
import { readXml } from '../xml/read-xml.ts';
import { descendant } from '../xml/tree-path.ts';
import { partyOf } from './party.ts';

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

export interface CxmlSender {
  /** Credential of Header/Sender: the one who authenticates. */
  readonly sender: PartyId;
  readonly sharedSecret: string;
}

/** Who authenticates with which shared secret; for the receiver's check only. */
export function cxmlSender(bytes: Uint8Array): CxmlSender | undefined {
  const { root } = readXml(bytes, { limits: defaultDecodeLimits });
  const sender = descendant(root, 'Header', 'Sender');
  if (sender === undefined) return undefined;
  const sharedSecret = sender.children
    .map((credential) => descendant(credential, 'SharedSecret')?.text ?? '')
    .find((text) => text !== '');
  return { sender: partyOf(sender), sharedSecret: sharedSecret ?? '' };
}
