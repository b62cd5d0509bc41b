/** Whether a file begins as cXML: its DOCTYPE or its first element says so. */
import { decodeText } from '../xml/decode-text.ts';
import { findEncoding } from '../xml/encoding.ts';

/** Never throws. An encoding that the hub does not read is looked at as bytes. */
export function isCxml(head: Uint8Array): boolean {
  const bytes = Buffer.from(head);
  const found = findEncoding(bytes);
  const { encoding, markBytes } = 'refused' in found ? asBytes : found;
  const { text } = decodeText(bytes.subarray(markBytes), encoding, false);
  return /^cXML(?![\w.:-])/.test(firstName(text));
}

const asBytes = { encoding: 'latin1', markBytes: 0 } as const;

/** The text from the DOCTYPE's or first element's name on; empty where there is none yet. */
function firstName(text: string): string {
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at).trimStart();
    at = text.length - rest.length;
    const end = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : undefined;
    if (end === undefined) return nameIn(rest);
    const found = rest.indexOf(end);
    if (found < 0) return '';
    at += found + end.length;
  }
  return '';
}

function nameIn(rest: string): string {
  if (rest.startsWith('<!DOCTYPE')) return rest.slice('<!DOCTYPE'.length).trimStart();
  return rest.startsWith('<') ? rest.slice(1) : '';
}
