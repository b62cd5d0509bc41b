/** What XML 1.0 can hold and how it is written: sections 2.2, 2.3, 2.4 and 3.3.3. */
import { HubError } from '../../model/errors.ts';

const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const nameStart =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}' +
  '\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}' +
  '\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const name = new RegExp(
  `^[${nameStart}][${nameStart}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*$`,
  'u',
);

/** Escapes element text; a carriage return would be read back as a line feed. */
export const escapeText = (text: string, place: string): string =>
  checked(text, place).replace(/[&<>\r]/g, escaped);

/** Escapes an attribute's value; blanks other than spaces would be read back as spaces. */
export const escapeAttribute = (text: string, place: string): string =>
  checked(text, place).replace(/[&<>"\t\n\r]/g, escaped);

/** The name itself. Throws HubError `cannot-encode` for what is no XML name. */
export function checkName(text: string, place: string): string {
  if (name.test(text)) return text;
  throw new HubError('cannot-encode', `"${text.slice(0, 100)}" (in ${place}) is no XML name.`, {
    details: { place },
  });
}

function escaped(character: string): string {
  return entities[character] ?? `&#${character.charCodeAt(0)};`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function checked(text: string, place: string): string {
  const found = forbidden.exec(text);
  if (found === null && text.isWellFormed()) return text;
  const code = found === null ? 'half a surrogate pair' : unicode(found[0]);
  throw new HubError('cannot-encode', `The value at ${place} holds ${code}, which XML cannot.`, {
    details: { place },
  });
}

const unicode = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
