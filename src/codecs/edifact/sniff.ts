/** UNA, UNB or UNH in front; or `UNB+UNO` within the first bytes. */
import { headText, isMarkup } from '../edi/head.ts';

export function sniffEdifact(head: Uint8Array): boolean {
  const text = headText(head);
  if (/^(UNA[^A-Za-z0-9]|UNB[+\x1d]|UNH[+\x1d])/.test(text)) return true;
  if (/^UNB([^A-Za-z0-9\s])UNO[A-Z][^A-Za-z0-9\s]\d\1/.test(text)) return true;
  return !isMarkup(text) && /UNB[+\x1d]UNO[A-Z]/.test(text);
}
