/** ISA in front, whatever its separators; or one of full width within the first bytes. */
import { headText, isMarkup } from '../edi/head.ts';
import { isAlphanumeric, isFixedWidth } from './isa.ts';

export function sniffX12(head: Uint8Array): boolean {
  const text = headText(head);
  if (text.startsWith('ISA')) return isFixedWidth(text, 0) || !isAlphanumeric(text[3] ?? 'A');
  if (isMarkup(text)) return false;
  for (let at = text.indexOf('ISA'); at >= 0; at = text.indexOf('ISA', at + 3)) {
    if (isFixedWidth(text, at) && !isAlphanumeric(text[at + 3]!)) return true;
  }
  return false;
}
