/** A message with its cXML envelope around it, as bytes. */
import type { InterchangeData, PartyId } from '../../model/envelope.ts';
import { HubError } from '../../model/errors.ts';
import type { TreeData } from '../../model/message.ts';
import { writeXml } from '../xml/write-xml.ts';
import { cxmlDoctype } from './document-type.ts';

const userAgent = 'Tradelane';

/**
 * The mapping gives a tree rooted at `cXML` with one Request, Message or Response in it. The
 * envelope's own values win over what the mapping wrote in their places.
 */
export function encodeCxml(interchange: InterchangeData): Uint8Array {
  const { root, name } = onlyMessage(interchange);
  const carrier = root.children?.find(isCarrier);
  if (root.name !== 'cXML' || carrier === undefined) {
    throw unwritable('The message is no cXML element with a Request, Message or Response in it.');
  }
  const isResponse = carrier.name === 'Response';
  const rest = (root.children ?? []).filter((one) => one !== carrier && one.name !== 'Header');
  const written: TreeData = {
    name: 'cXML',
    attributes: rootAttributes(interchange, root),
    children: [
      ...(isResponse ? [] : [header(interchange, root, carrier)]),
      isResponse || !interchange.isTest ? carrier : asTest(carrier),
      ...rest,
    ],
  };
  const { charset, lineBreak, version } = interchange.syntax;
  return writeXml(written, {
    doctype: cxmlDoctype(name, version),
    charset,
    ...(lineBreak === undefined ? {} : { lineBreak }),
  });
}

const isCarrier = ({ name }: TreeData): boolean =>
  name === 'Request' || name === 'Message' || name === 'Response';

/** A cXML file holds exactly one message. */
function onlyMessage(interchange: InterchangeData): { root: TreeData; name: string } {
  const messages = interchange.groups.flatMap((group) => group.messages);
  const message = messages[0];
  if (message === undefined || messages.length > 1) {
    throw unwritable(`A cXML file holds one message, not ${messages.length}.`);
  }
  if (message.content.form !== 'tree') throw unwritable('A cXML message is a tree, not segments.');
  return { root: message.content.root, name: message.type.name };
}

function rootAttributes(interchange: InterchangeData, root: TreeData) {
  const own = ['payloadID', 'timestamp'];
  return [
    { name: 'payloadID', value: interchange.control },
    { name: 'timestamp', value: `${interchange.preparedAt}${interchange.offset}` },
    ...(root.attributes ?? []).filter((attribute) => !own.includes(attribute.name)),
  ];
}

/** From, To and Sender are ours; Path and OriginalDocument may come from the mapping. */
function header(interchange: InterchangeData, root: TreeData, carrier: TreeData): TreeData {
  const given = root.children?.find((child) => child.name === 'Header')?.children ?? [];
  // The buyer's browser carries Messages: a secret in one would be anyone's to read.
  const secret = carrier.name === 'Request' ? interchange.secret : undefined;
  return element('Header', [
    element('From', [credential(interchange.sender)]),
    element('To', [credential(interchange.receiver)]),
    element('Sender', [credential(interchange.sender, secret), leaf('UserAgent', userAgent)]),
    ...given.filter((child) => !['From', 'To', 'Sender'].includes(child.name)),
  ]);
}

function credential(party: PartyId, secret?: string): TreeData {
  const children = [leaf('Identity', party.id)];
  if (secret !== undefined) children.push(leaf('SharedSecret', secret));
  const domain = party.qualifier === '' ? 'NetworkId' : party.qualifier;
  return { name: 'Credential', attributes: [{ name: 'domain', value: domain }], children };
}

function asTest(carrier: TreeData): TreeData {
  const others = (carrier.attributes ?? []).filter(({ name }) => name !== 'deploymentMode');
  return { ...carrier, attributes: [{ name: 'deploymentMode', value: 'test' }, ...others] };
}

const element = (name: string, children: readonly TreeData[]): TreeData => ({ name, children });
const leaf = (name: string, text: string): TreeData => ({ name, text });
const unwritable = (text: string): HubError => new HubError('cannot-encode', text);
