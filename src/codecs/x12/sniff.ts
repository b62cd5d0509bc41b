/** ISA, GS or ST in front, whatever its separators; or an ISA of full width in the first bytes. */
import { headText, isMarkup } from '../edi/head.ts';
import { isFragment } from './fragment.ts';
import { isAlphanumeric, isFixedWidth } from './isa-width.ts';

export function sniffX12(head: Uint8Array): boolean {
  const text = headText(head);
  if (text.startsWith('ISA')) return isFixedWidth(text, 0) || !isAlphanumeric(text[3] ?? 'A');
  if (isMarkup(text)) return false;
  if (isFragment(text)) return true;
  for (let at = text.indexOf('ISA'); at >= 0; at = text.indexOf('ISA', at + 3)) {
    if (isFixedWidth(text, at) && !isAlphanumeric(text[at + 3]!)) return true;
  }
  return false;
}
