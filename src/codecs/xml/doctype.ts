/** The document type declaration: a plain one is let through, an internal subset never. */

export interface Doctype {
  readonly root: string;
  readonly publicId: string | undefined;
  readonly systemId: string | undefined;
}

export type FoundDoctype = Doctype | { readonly refused: 'subset' | 'syntax' };

const blanks = '[ \\t\\r\\n]';
const literal = `"[^"]*"|'[^']*'`;
const plain = new RegExp(
  `^${blanks}+([^ \\t\\r\\n"'<>&]+)` +
    `(?:${blanks}+(?:SYSTEM|PUBLIC${blanks}+(${literal}))${blanks}+(${literal}))?${blanks}*$`,
);

/** Reads what stands between `<!DOCTYPE` and `>`. External parts are never fetched. */
export function readDoctype(text: string): FoundDoctype {
  const withoutLiterals = text.replace(/"[^"]*"|'[^']*'/g, '');
  if (withoutLiterals.includes('[')) return { refused: 'subset' };
  if (text.length > 2000) return { refused: 'syntax' };
  const found = plain.exec(text);
  if (found === null) return { refused: 'syntax' };
  return { root: found[1] ?? '', publicId: unquote(found[2]), systemId: unquote(found[3]) };
}

const unquote = (text: string | undefined): string | undefined => text?.slice(1, -1);
