/** What stands behind ISA shows whether the separators that it declares are those that are used. */

import { isAlphanumeric } from './isa-width.ts';

/** GS is shorter than this. */
const charactersMax = 200;
const lineBreak = /^[\r\n]$/;

export interface UsedSeparators {
  /** Of a GS that ST follows; undefined: this is no such GS. */
  readonly terminator: string | undefined;
  /** The separator after the letters GS, where it is not the declared one. */
  readonly otherElement: string | undefined;
}

/** `at` is where the segment after ISA begins, blanks in front included. */
export function usedSeparators(text: string, at: number, element: string): UsedSeparators {
  const head = text.slice(at, at + charactersMax).trimStart();
  const [, other] = /^GS([^A-Za-z0-9\s])[A-Z]{2}\1/.exec(head) ?? [];
  if (other !== undefined && other !== element) {
    return { terminator: undefined, otherElement: other };
  }
  const release = head.startsWith(`GS${element}`) ? head.split(element, 9)[8] : undefined;
  const terminator = /^[A-Za-z0-9]{1,12} *([^A-Za-z0-9])\s*ST$/.exec(release ?? '')?.[1];
  return { terminator, otherElement: undefined };
}

/** Line ends of two kinds are no contradiction. */
export const isOtherTerminator = (declared: string, used: string | undefined): boolean =>
  used !== undefined &&
  !isAlphanumeric(declared) &&
  !declared.startsWith(used) &&
  used !== ' ' &&
  !(lineBreak.test(declared) && lineBreak.test(used));
