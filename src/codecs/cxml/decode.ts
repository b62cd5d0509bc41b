/** A cXML file as events: one interchange with one message. */
import { type FindingCode, findingCatalogue } from '../../model/catalogue.ts';
import type { CodecEvent, DecodeLimits, DecodeOptions, Decoder } from '../../model/codec.ts';
import { HubError } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { Message, MessageType, TreeNode } from '../../model/message.ts';
import { type XmlOutcome, XmlReader } from '../xml/read-xml.ts';
import { attributeValue } from '../xml/tree-path.ts';
import { xmlFinding } from '../xml/xml-finding.ts';
import { envelopeOf, messageTypeOf } from './envelope.ts';
import { ID_CHARACTERS_MAX } from './party.ts';
import { hideSecretPath, withoutSecrets } from './secret.ts';

/** All events come with the end: a file is one message, and what follows it may yet break it. */
export function cxmlDecoder(on: (event: CodecEvent) => void, options: DecodeOptions): Decoder {
  const reader = new XmlReader({ limits: options.limits });
  return {
    write: (chunk) => reader.write(chunk),
    end: () => tell(reader.end(), on),
  };
}

/** One message again, from the bytes of the whole file. */
export function cxmlMessage(
  bytes: Uint8Array,
  found: Pick<Message, 'type' | 'control' | 'index' | 'start'>,
  limits: DecodeLimits,
): Message {
  const reader = new XmlReader({ limits, start: found.start });
  reader.write(bytes);
  const { root, fault } = reader.end();
  if (root !== undefined && fault === undefined) {
    return { ...found, end: found.start + bytes.length, content: content(root) };
  }
  const why = fault?.text ?? 'There is no element in it.';
  throw new HubError('internal', `The message cannot be read again. ${why}`, {
    retry: 'permanent',
  });
}

const content = (root: TreeNode): Message['content'] => ({
  form: 'tree',
  root: withoutSecrets(root),
});

function tell(outcome: XmlOutcome, on: (event: CodecEvent) => void): void {
  const { root, fault, bytes, encoding } = outcome;
  const findings = fault === undefined ? [] : [xmlFinding(fault, hideSecretPath)];
  if (root?.name !== 'cXML') {
    on({ is: 'outside', findings: root === undefined ? findings : [...findings, notCxml(root)] });
    return;
  }
  const envelope = envelopeOf(root, encoding, 0);
  const type = fault === undefined ? messageTypeOf(root) : undefined;
  const index = 0;
  on({ is: 'interchange', envelope });
  if (fault === undefined) findings.push(...missing(root, type));
  if (type !== undefined) {
    const message = { type, control: envelope.control, index, start: 0, end: bytes };
    on({ is: 'message', message: { ...message, content: content(root) }, findings: [] });
  }
  const messages = type === undefined ? 0 : 1;
  on({ is: 'interchangeEnd', envelope, messages, groups: 0, end: bytes, findings });
}

/** What the DTD requires of the envelope and the hub cannot do without. */
function missing(root: TreeNode, type: MessageType | undefined): Finding[] {
  const findings: Finding[] = [];
  const { control, sender, receiver } = envelopeOf(root, 'utf8', 0);
  if (type === undefined) {
    findings.push(damage(root, 'cXML', 'no Request, Message or Response with a message in it'));
  }
  if (control === '') findings.push(damage(root, 'cXML/@payloadID', 'no payloadID'));
  if (attributeValue(root, 'payloadID') !== control) {
    const what = `a payloadID of more than ${ID_CHARACTERS_MAX} characters`;
    findings.push(
      told('envelope-damaged', root, 'cXML/@payloadID', `The cXML envelope has ${what}.`),
    );
  }
  if (type === undefined || type.name === 'Response') return findings;
  if (sender.id === '') findings.push(damage(root, 'cXML/Header/From', 'no Identity in From'));
  if (receiver.id === '') findings.push(damage(root, 'cXML/Header/To', 'no Identity in To'));
  return findings;
}

const damage = (root: TreeNode, path: string, what: string): Finding =>
  told('envelope-damaged', root, path, `The cXML envelope has ${what}; the DTD requires it.`);

const notCxml = (root: TreeNode): Finding =>
  told('root-unexpected', root, root.name.slice(0, 100), 'The root element is not cXML.');

function told(code: FindingCode, { start, end }: TreeNode, path: string, text: string): Finding {
  const { severity, fault } = findingCatalogue[code];
  return { code, severity, fault, place: { path, start, end }, text };
}
