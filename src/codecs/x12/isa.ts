/**
 * ISA is read by position: it is the only segment of fixed width (X12.5), because it declares the
 * separators. Character 4 separates elements, ISA16 components, and the character after it ends
 * segments. An ISA of another width is read when its elements still make sense of what follows.
 */
import type { Syntax } from '../../model/envelope.ts';
import type { Opening } from '../edi/dialect.ts';

/** ISA and its terminator. */
export const isaCharacters = 106;
/** An ISA of wrong width is looked through up to here. */
const lenientCharacters = 400;
/** Widths of ISA01 to ISA16. */
export const isaWidths = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1] as const;
/** Offsets of the sixteen element separators. */
const separatorsAt = isaWidths.map((_, index) =>
  isaWidths.slice(0, index).reduce((sum, width) => sum + width + 1, 3),
);

export const isAlphanumeric = (character: string): boolean => /^[A-Za-z0-9]$/.test(character);

export function openX12(text: string, from: number, isLast: boolean): Opening {
  const at = text.indexOf('ISA', from);
  if (at < 0) return { is: 'none', at: isLast ? text.length : Math.max(from, text.length - 2) };
  if (text.length - at < lenientCharacters && !isLast) return { is: 'wait', at };
  const element = text[at + 3] ?? '';
  if (element === '') return { is: 'none', at: text.length };
  if (isFixedWidth(text, at)) return openFixed(text, at);
  if (isAlphanumeric(element)) return openX12(text, at + 3, isLast);
  return openLenient(text, at);
}

export function isFixedWidth(text: string, at: number): boolean {
  const element = text.charCodeAt(at + 3);
  if (text.length - at < isaCharacters) return false;
  return separatorsAt.every((offset) => text.charCodeAt(at + offset) === element);
}

/** Whether what is there of a cut-off header may become one of fixed width. */
export function mayBeFixedWidth(text: string, at: number): boolean {
  const element = text[at + 3];
  if (element === undefined) return true;
  if (isAlphanumeric(element)) return false;
  return separatorsAt.every((offset) => (text[at + offset] ?? element) === element);
}

function openFixed(text: string, at: number): Opening {
  const elements = isaWidths.map((width, index) => {
    const start = at + separatorsAt[index]! + 1;
    return text.slice(start, start + width);
  });
  return opening(text, at, at + isaCharacters - 1, elements, []);
}

/** The sixteen elements are found by their separator, and GS, TA1 or IEA must follow. */
function openLenient(text: string, at: number): Opening {
  const element = text[at + 3]!;
  const elements = text.slice(at + 4, at + lenientCharacters).split(element, 16);
  const end = at + 4 + elements.slice(0, 15).reduce((sum, value) => sum + value.length + 1, 0) + 1;
  const follows = text.slice(end + 1, end + 8).trimStart();
  if (elements.length < 16 || !/^(GS|TA1|IEA)/.test(follows)) {
    return damaged(at, 'ISA is not 106 characters wide, and its separators make no sense.');
  }
  elements[15] = text[end - 1]!;
  return opening(text, at, end, elements, [
    `ISA is ${end - at + 1} characters wide instead of 106; it was read by its separators.`,
  ]);
}

const damaged = (at: number, text: string): Opening => ({
  is: 'damaged',
  at,
  next: at + 3,
  text,
});

/** `end` is where the terminator stands; `elements` are ISA01 to ISA16. */
function opening(
  text: string,
  at: number,
  end: number,
  elements: readonly string[],
  known: readonly string[],
): Opening {
  const element = text[at + 3]!;
  const terminator = text[end]!;
  if (isAlphanumeric(element) || isAlphanumeric(terminator) || terminator === element) {
    const declared = JSON.stringify(element + terminator);
    return damaged(at, `ISA declares ${declared} as element separator and terminator.`);
  }
  const faults = [...known];
  const component = componentOf(elements[15]!, [element, terminator], faults);
  const syntax = syntaxOf(elements, { element, component, terminator }, faults);
  return { is: 'found', at, syntax, header: { start: at, end }, next: end + 1, faults };
}

function componentOf(declared: string, taken: readonly string[], faults: string[]): string {
  if (!isAlphanumeric(declared) && !taken.includes(declared)) return declared;
  faults.push(`ISA16 is ${JSON.stringify(declared)}, which cannot separate components: none do.`);
  return '';
}

function syntaxOf(
  elements: readonly string[],
  separators: Pick<Syntax, 'element' | 'component' | 'terminator'>,
  faults: string[],
): Syntax {
  const version = elements[11]!.trim();
  const syntax = { version, charset: 'utf8', ...separators, decimalMark: '.' };
  const repetition = elements[10]!;
  if (!hasRepetition(version) || isAlphanumeric(repetition)) return syntax;
  if (repetition !== ' ' && !Object.values(separators).includes(repetition)) {
    return { ...syntax, repetition };
  }
  faults.push(
    `ISA11 is ${JSON.stringify(repetition)}, which cannot separate repetitions: none do.`,
  );
  return syntax;
}

/** From 00402 on ISA11 is the repetition separator; before, the standards identifier `U`. */
export const hasRepetition = (version: string): boolean =>
  /^\d{5}$/.test(version) && version >= '00402';
