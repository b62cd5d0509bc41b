/**
 * What must be known of a cXML document before it is stored: that it is one, its payloadID and its
 * SharedSecret. A scan for fixed words, not a parse: the codec reads the document later, and says
 * what is wrong with it. cXML 1.2 DTD, elements cXML and Credential.
 */
export interface CxmlHead {
  readonly payloadId: string | undefined;
  readonly sharedSecret: string | undefined;
}

/** undefined: these bytes begin no cXML document. */
export function scanCxmlHead(head: Uint8Array): CxmlHead | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('utf8');
  const start = text.search(/<cXML[\s>]/);
  if (start < 0) return undefined;
  const end = text.indexOf('>', start);
  if (end < 0) return { payloadId: undefined, sharedSecret: undefined };
  return {
    payloadId: attribute(text.slice(start, end), 'payloadID'),
    sharedSecret: elementText(text, 'SharedSecret', end),
  };
}

/** XML begins with `<`, after a byte order mark or blanks. */
export function mayBeXml(head: Uint8Array): boolean {
  const first = head.findIndex((byte) => !blankOrMark.has(byte));
  return first >= 0 && head[first] === 0x3c;
}
const blankOrMark = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** The header ends before the request begins; no more of a document is needed. */
export const isHeadWhole = (head: Uint8Array): boolean =>
  Buffer.from(head.buffer, head.byteOffset, head.byteLength).includes('</Header>');

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s{0,8}=\\s{0,8}(?:"([^"]{1,255})"|'([^']{1,255})')`).exec(
    tag,
  );
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : unescaped(value);
}

function elementText(text: string, name: string, from: number): string | undefined {
  const start = text.indexOf(`<${name}>`, from);
  if (start < 0) return undefined;
  const end = text.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : unescaped(text.slice(start + name.length + 2, end));
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => entities[name] ?? '');
