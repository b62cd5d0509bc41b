/** The envelope of a cXML file: its attributes and Header (cXML User's Guide, "cXML Basics"). */
import type { InterchangeEnvelope, Syntax } from '../../model/envelope.ts';
import type { MessageType, TreeNode } from '../../model/message.ts';
import type { XmlEncoding } from '../xml/encoding.ts';
import { attributeValue, descendant } from '../xml/tree-path.ts';
import { ID_CHARACTERS_MAX, partyOf } from './party.ts';

const carriers = ['Request', 'Message', 'Response'] as const;

/** Request, Message or Response: what stands beside the Header. */
export const carrierOf = (root: TreeNode): TreeNode | undefined =>
  root.children.find((child) => carriers.some((name) => name === child.name));

/**
 * `OrderRequest`, `PunchOutOrderMessage` or `Response`: the element below Request or Message; a
 * Response keeps its own name whatever it holds beside the Status.
 */
export function messageTypeOf(root: TreeNode): MessageType | undefined {
  const carrier = carrierOf(root);
  const payload = carrier?.children.find((child) => child.name !== 'Status');
  const name = carrier?.name === 'Response' ? 'Response' : payload?.name.slice(0, 100);
  return name === undefined ? undefined : { standard: 'cxml', version: '1.2', name };
}

/** What is absent is empty: a Response has no Header. */
export function envelopeOf(root: TreeNode, encoding: XmlEncoding, start: number) {
  const header = descendant(root, 'Header');
  const carrier = carrierOf(root);
  return {
    standard: 'cxml',
    control: attributeValue(root, 'payloadID').slice(0, ID_CHARACTERS_MAX),
    sender: partyOf(descendant(header, 'From')),
    receiver: partyOf(descendant(header, 'To')),
    preparedAt: attributeValue(root, 'timestamp').slice(0, 50),
    isTest: attributeValue(carrier, 'deploymentMode') === 'test',
    wantsAcknowledgement: carrier?.name === 'Request',
    syntax: syntaxOf(encoding),
    start,
  } satisfies InterchangeEnvelope;
}

/** cXML has no separators of its own. UTF-16 is answered in UTF-8. */
const syntaxOf = (encoding: XmlEncoding): Syntax => ({
  version: '1.0',
  charset: encoding === 'latin1' ? 'latin1' : 'utf8',
  element: '',
  component: '',
  terminator: '',
  decimalMark: '.',
});
