/** The first characters of a file, for sniffing. */

/** As latin1, without a byte order mark and blanks in front. */
export function headText(head: Uint8Array): string {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  return text.replace(/^\xef\xbb\xbf/, '').replace(/^[\x00-\x20]+/, '');
}

/** XML, JSON and HTML may quote an interchange: what they hold in the middle is not sniffed. */
export const isMarkup = (text: string): boolean => /^[<{[]/.test(text);
