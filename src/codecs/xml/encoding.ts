/** Which character encoding an XML file is in: XML 1.0, section 4.3.3 and appendix F. */
export type XmlEncoding = 'utf8' | 'latin1' | 'ascii' | 'utf16le' | 'utf16be';

export type FoundEncoding =
  | { readonly encoding: XmlEncoding; readonly markBytes: number }
  | { readonly refused: string };

const byteOrderMarks: readonly (readonly [string, XmlEncoding])[] = [
  ['\xEF\xBB\xBF', 'utf8'],
  ['\xFF\xFE', 'utf16le'],
  ['\xFE\xFF', 'utf16be'],
];

const declared: Readonly<Record<string, XmlEncoding>> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  'iso-8859-1': 'latin1',
  'iso8859-1': 'latin1',
  latin1: 'latin1',
  'us-ascii': 'ascii',
  ascii: 'ascii',
};

/** A byte order mark decides; else the XML declaration; else it is UTF-8. */
export function findEncoding(head: Uint8Array): FoundEncoding {
  const text = Buffer.from(head.subarray(0, 1024)).toString('latin1');
  if (text.startsWith('\xFF\xFE\0\0') || text.startsWith('\0\0')) return { refused: 'UTF-32' };
  const mark = byteOrderMarks.find(([bytes]) => text.startsWith(bytes));
  if (mark !== undefined) return { encoding: mark[1], markBytes: mark[0].length };
  if (text.startsWith('<\0') || text.startsWith('\0<')) {
    return { refused: 'UTF-16 without a byte order mark' };
  }
  const name = declaredEncoding(text);
  if (name === undefined) return { encoding: 'utf8', markBytes: 0 };
  const encoding = declared[name.toLowerCase()];
  return encoding === undefined ? { refused: name } : { encoding, markBytes: 0 };
}

function declaredEncoding(text: string): string | undefined {
  if (!/^<\?xml[ \t\r\n]/.test(text)) return undefined;
  const declaration = text.slice(0, text.indexOf('?>'));
  const found = /[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["']/.exec(declaration);
  return found?.[1];
}
