/** `text: flow`: a text cut where it fits, never beside a space, for many systems trim values. */

/** Pieces of at most `max` characters that join to the text again. */
export function cutText(text: string, max: number): readonly string[] {
  if (text === '') return [];
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > max) {
    const at = cutBefore(text, from, from + max);
    pieces.push(text.slice(from, at));
    from = at;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/** The last place up to `end` with no space on either side and no half of a character pair. */
function cutBefore(text: string, from: number, end: number): number {
  for (let at = end; at > from; at--) {
    const isInside = text[at - 1] !== ' ' && text[at] !== ' ';
    if (isInside && !isHighSurrogate(text.charCodeAt(at - 1))) return at;
  }
  return end;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
