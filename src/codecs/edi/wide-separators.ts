/**
 * Separators of more than one byte: a file in UTF-8 may declare `¦` or `…`, and another may end
 * each segment with a blank and a line end. They are overwritten, in their own length, by one byte
 * that no UTF-8 text has, so that offsets stay true and all else reads single bytes. In `Syntax`
 * they stand as their bytes, one character a byte. In the same way code extension (UNOX) is masked,
 * whose characters of two bytes may look like separators.
 */
import type { Syntax } from '../../model/envelope.ts';
import { extendedCharset, maskExtension } from './code-extension.ts';

export interface NarrowSyntax {
  /** The same syntax with single bytes for separators. */
  readonly syntax: Syntax;
  readonly replacements: readonly Replacement[];
}

/** Overwrites bytes from an offset on, in their own length. */
type Replacement = (bytes: Buffer, from: number) => void;

/** Never part of UTF-8 (RFC 3629 §1). */
const standIns = { element: '\xff', component: '\xfe', repetition: '\xfd', terminator: '\xfc' };
/** Stands for the rest of a separator; what is decoded as `filledCharset` loses it. */
export const filler = '\xfb';
export const filledCharset = 'utf8 filled';

const wideKeys = ['element', 'component', 'repetition', 'terminator'] as const;

/** The syntax itself, and nothing to replace, where all separators are single bytes. */
export function narrowSyntax(syntax: Syntax): NarrowSyntax {
  const wide = wideKeys.filter((key) => (syntax[key]?.length ?? 0) > 1);
  if (syntax.charset === extendedCharset) return { syntax, replacements: [maskExtension] };
  if (wide.length === 0) return { syntax, replacements: [] };
  const narrow = Object.fromEntries(wide.map((key) => [key, standIns[key]]));
  const replacements = wide.map((key) => replacement(key, syntax[key] ?? ''));
  return { syntax: { ...syntax, ...narrow, charset: filledCharset }, replacements };
}

/** After a terminator blanks say nothing; after any other separator a value begins. */
function replacement(key: (typeof wideKeys)[number], separator: string): Replacement {
  const rest = (key === 'terminator' ? ' ' : filler).repeat(separator.length - 1);
  const wide = Buffer.from(separator, 'latin1');
  const narrow = Buffer.from(standIns[key] + rest, 'latin1');
  return (bytes, from) => {
    for (let at = bytes.indexOf(wide, from); at >= 0; at = bytes.indexOf(wide, at + wide.length)) {
      bytes.set(narrow, at);
    }
  };
}

/** From an offset on. A separator that is cut off at the end is left. */
export function narrowBytes(
  bytes: Buffer,
  from: number,
  replacements: readonly Replacement[],
): void {
  for (const replace of replacements) replace(bytes, from);
}
