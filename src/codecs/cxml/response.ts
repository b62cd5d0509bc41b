/** The cXML Response: written as the answer in the same exchange, and read as theirs. */
import { defaultDecodeLimits, type Reply } from '../../model/codec.ts';
import { readXml } from '../xml/read-xml.ts';
import { attributeValue, descendant } from '../xml/tree-path.ts';
import { writeXml } from '../xml/write-xml.ts';
import { cxmlDoctype } from './document-type.ts';

export interface CxmlStatus {
  /** `200`, `201` (accepted, not done yet), `406`, `500`. */
  readonly code: string;
  /** The code in words: `OK`, `Not Acceptable`. */
  readonly text: string;
  /** What is wrong, for the people there; characters that XML cannot hold become `?`. */
  readonly message?: string;
  /** Unique id of this response. */
  readonly payloadId: string;
  /** ISO 8601 with an offset. */
  readonly timestamp: string;
}

/** The bytes of a Response with nothing but a Status; it needs no Header. */
export function cxmlResponse(status: CxmlStatus): Uint8Array {
  const attributes = [
    { name: 'code', value: status.code },
    { name: 'text', value: writable(status.text) },
    { name: 'xml:lang', value: 'en-US' },
  ];
  const told = { name: 'Status', attributes, text: writable(status.message ?? '') };
  const root = {
    name: 'cXML',
    attributes: [
      { name: 'payloadID', value: status.payloadId },
      { name: 'timestamp', value: status.timestamp },
    ],
    children: [{ name: 'Response', children: [told] }],
  };
  return writeXml(root, { doctype: cxmlDoctype('Response', ''), lineBreak: '\n' });
}

const writable = (text: string): string =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '?');

/** Decides by the Status, never by HTTP: a document may be rejected in a 200. */
export function cxmlReply(bytes: Uint8Array): Reply | undefined {
  const { root, fault } = readXml(bytes, { limits: { ...defaultDecodeLimits, ...replyLimits } });
  const status = descendant(root, 'Response', 'Status');
  if (fault !== undefined || root?.name !== 'cXML' || status === undefined) return undefined;
  const code = attributeValue(status, 'code');
  const verdict = verdictOf(code);
  if (verdict === undefined) return undefined;
  const words = [attributeValue(status, 'text'), status.text].filter((text) => text !== '');
  return { verdict, code, text: words.join(': ').slice(0, 1000) };
}

const replyLimits = { messageBytes: 1024 * 1024, treeNodes: 10_000 };

/** 280 and 281 are forwarded: taken, and finished later by a StatusUpdateRequest. */
function verdictOf(code: string): Reply['verdict'] | undefined {
  if (!/^[2-5]\d\d$/.test(code)) return undefined;
  if (code.startsWith('2')) return 'accepted';
  return code.startsWith('5') ? 'retry' : 'rejected';
}
