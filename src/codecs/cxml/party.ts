/** cXML credentials: domain and identity of a party. */
import type { PartyId } from '../../model/envelope.ts';
import type { TreeNode } from '../../model/message.ts';
import { attributeValue, descendant } from '../xml/tree-path.ts';

/** The party itself where a marketplace gives its own credential beside it. */
export function partyOf(holder: TreeNode | undefined): PartyId {
  const credentials = holder?.children.filter((child) => child.name === 'Credential') ?? [];
  const own = credentials.find((one) => attributeValue(one, 'type') !== 'marketplace');
  const credential = own ?? credentials[0];
  return {
    qualifier: attributeValue(credential, 'domain').slice(0, ID_CHARACTERS_MAX),
    id: (descendant(credential, 'Identity')?.text ?? '').slice(0, ID_CHARACTERS_MAX),
  };
}

/** Longer ids are cut: they name nobody, and are kept and shown in many places. */
export const ID_CHARACTERS_MAX = 500;
