/** A character set in which a text can be written, as near as possible to the one that is meant. */
import type { Syntax } from '../../model/envelope.ts';
import type { ElementData, SegmentData } from '../../model/message.ts';
import { findCharset } from '../edi/charset.ts';

/** Whoever declares UNOA and sends small letters reads them: the next wider set says so. */
const wider = ['UNOA', 'UNOB', 'UNOC', 'UNOY'];

/**
 * The syntax itself where its character set has all of the text; else with the first set that has.
 * For copies of what others wrote: nothing of a copy may be replaced.
 */
export function wideEnough(syntax: Syntax, segments: readonly SegmentData[]): Syntax {
  const text = segments.flatMap(({ elements }) => elements.flatMap(textsOf)).join('');
  const sets = [syntax.charset, ...wider.slice(wider.indexOf(syntax.charset) + 1)];
  const charset = sets.find((name) => (findCharset(name)?.firstMissing(text) ?? 0) < 0);
  return charset === undefined ? syntax : { ...syntax, charset };
}

function textsOf(element: ElementData): readonly string[] {
  if (typeof element === 'string') return [element];
  return 'repeats' in element ? element.repeats.flat() : element;
}
