/** Makes values safe to stand in an EDIFACT interchange of one syntax and character set. */
import type { Syntax } from '../../model/envelope.ts';
import type { Charset } from '../edi/charset.ts';
import { cannotEncode, type Guard } from '../edi/segment-text.ts';

/**
 * Separators in data are released. What the character set lacks or does not allow is refused, or
 * replaced where `inData` says so: by its capital or plain letter if that is allowed, else by the
 * text that is agreed.
 */
export function guardFor(syntax: Syntax, charset: Charset): Guard {
  const release = releaserOf(syntax);
  return (value, place) => {
    if (firstBad(value, charset) < 0) return release(value, place);
    const { inData } = syntax;
    const text = typeof inData === 'object' ? replaced(value, charset, inData.replace) : value;
    const bad = firstBad(text, charset);
    if (bad < 0) return release(text, place);
    const fix = 'Agree on another character set, or on "inData" in its place';
    const character = JSON.stringify(String.fromCodePoint(text.codePointAt(bad) ?? 0));
    throw cannotEncode(`${character} is not in ${syntax.charset}. ${fix}`, place);
  };
}

/** Index of the first character that may not be written; control characters are never data. */
function firstBad(value: string, charset: Charset): number {
  const missing = charset.firstMissing(value);
  return missing < 0 ? value.search(/[\x00-\x1f\x7f]/) : missing;
}

const replaced = (value: string, charset: Charset, instead: string): string =>
  Array.from(value, (character) =>
    firstBad(character, charset) < 0 ? character : (likeness(character, charset) ?? instead),
  ).join('');

/** `e` for `é`, `E` for `e`: the same letter to a reader. */
function likeness(character: string, charset: Charset): string | undefined {
  const plain = character.normalize('NFKD').replace(/\p{M}/gu, '');
  const tries = [character.toUpperCase(), plain, plain.toUpperCase()];
  return tries.find((it) => it !== '' && firstBad(it, charset) < 0);
}

function releaserOf(syntax: Syntax): Guard {
  const { element, component, repetition, terminator, release = '' } = syntax;
  const special = [element, component, terminator, release, repetition ?? ''].filter(Boolean);
  const isSpecial = (character: string): boolean => special.includes(character);
  return (value, place) => {
    if (!special.some((character) => value.includes(character))) return value;
    if (release === '') throw cannotEncode('holds a separator, and nothing releases it', place);
    return [...value].map((c) => (isSpecial(c) ? release + c : c)).join('');
  };
}
