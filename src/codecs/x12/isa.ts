/**
 * ISA is read by position: it is the only segment of fixed width (X12.5), because it declares the
 * separators. Character 4 separates elements, ISA16 components, and the character after it ends
 * segments. An ISA of another width is read when its elements still make sense of what follows.
 */
import type { Syntax } from '../../model/envelope.ts';
import type { EnvelopeFault, Opening } from '../edi/dialect.ts';
import { isOtherTerminator, usedSeparators } from './first-segment.ts';
import { openFragment } from './fragment.ts';
import {
  isAlphanumeric,
  isaCharacters,
  isaWidths,
  isFixedWidth,
  separatorsAt,
  wrappedAt,
} from './isa-width.ts';
import { wideHeader } from './wide-isa.ts';

/** An ISA of wrong width is looked through up to here. */
const lenientCharacters = 400;

/** Messages without ISA begin where nothing unread stands before them. */
export function openX12(text: string, from: number, isLast: boolean, isClean: boolean): Opening {
  const fragment = isClean ? openFragment(text, from, isLast) : undefined;
  return fragment ?? openIsa(text, from, isLast);
}

function openIsa(text: string, from: number, isLast: boolean): Opening {
  for (let at = text.indexOf('ISA', from); at >= 0; at = text.indexOf('ISA', at + 3)) {
    if (text.length - at < lenientCharacters && !isLast) return { is: 'wait', at };
    const opening = at + 3 < text.length ? openAt(text, at) : undefined;
    if (opening !== undefined) return opening;
  }
  return { is: 'none', at: isLast ? text.length : Math.max(from, text.length - 2) };
}

/** undefined: these three letters begin no header, only a word. */
function openAt(text: string, at: number): Opening | undefined {
  const isWord = isAlphanumeric(text[at + 3]!);
  if (isCrowded(text, at)) return isWord ? undefined : damaged(at, senseless);
  const wide = wideHeader(text, at);
  if (wide !== undefined) return opening(text, at, wide.end, wide.elements, [wide], wide);
  if (isFixedWidth(text, at)) return openFixed(text, at);
  const column = wrappedAt(text, at);
  if (column !== undefined) return damaged(at, wrapped(column));
  return isWord ? undefined : openLenient(text, at);
}

const senseless = 'ISA is not 106 characters wide, and its separators make no sense.';
/** ISA06, the first element that may hold any letters, does not begin before. */
const codesCharacters = 32;

/** Another ISA follows where only codes may stand: so much of it can be refused cheaply. */
function isCrowded(text: string, at: number): boolean {
  const next = text.indexOf('ISA', at + 3);
  return next >= 0 && next < at + codesCharacters;
}

function openFixed(text: string, at: number): Opening {
  const elements = isaWidths.map((width, index) => {
    const start = at + separatorsAt[index]! + 1;
    return text.slice(start, start + width);
  });
  const end = at + isaCharacters - 1;
  const element = text[at + 3]!;
  const isUnended = text.startsWith(`GS${element}`, end);
  const used = usedSeparators(text, isUnended ? end : end + 1, element);
  if (used.otherElement !== undefined) return damaged(at, otherElement(element, used.otherElement));
  const declared = isUnended ? '' : terminatorAt(text, end);
  if (!isOtherTerminator(declared, used.terminator)) return opening(text, at, end, elements, []);
  const separators = { element, terminator: used.terminator! };
  const fault = otherTerminator(declared, separators.terminator);
  const found = opening(text, at, end, elements, [fault], separators);
  return found.is === 'found' ? { ...found, next: end + declared.length } : found;
}

const otherElement = (declared: string, used: string): string =>
  `ISA separates elements with ${JSON.stringify(declared)}, and GS behind it with ` +
  `${JSON.stringify(used)}: what is meant cannot be known.`;

const otherTerminator = (declared: string, used: string): string =>
  declared === ''
    ? `ISA has no terminator; it was read with ${JSON.stringify(used)}, which ends GS.`
    : `ISA ends with ${JSON.stringify(declared)}, and GS behind it with ${JSON.stringify(used)}; ` +
      'all was read with that.';

const wrapped = (column: number): string =>
  `The lines are broken after ${column} characters, in the middle of ISA and of what follows, as ` +
  'records of fixed length: ask the sender for the interchange without line breaks.';

/** The sixteen elements are found by their separator, and GS, TA1 or IEA must follow. */
function openLenient(text: string, at: number): Opening {
  const element = text[at + 3]!;
  const elements = text.slice(at + 4, at + lenientCharacters).split(element, 16);
  const end = at + 4 + elements.slice(0, 15).reduce((sum, value) => sum + value.length + 1, 0) + 1;
  const follows = text.slice(end + 1, end + 8).trimStart();
  if (elements.length < 16 || !/^(GS|TA1|IEA)/.test(follows)) {
    return damaged(at, senseless);
  }
  elements[15] = text[end - 1]!;
  const width = end - at + 1;
  const fault =
    width === isaCharacters
      ? 'The elements of ISA do not have the widths they must have'
      : `ISA is ${width} characters wide instead of 106`;
  return opening(text, at, end, elements, [`${fault}; it was read by its separators.`]);
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
  known: readonly EnvelopeFault[],
  separators: { readonly element: string; readonly terminator: string } = {
    element: text[at + 3]!,
    terminator: terminatorAt(text, end),
  },
): Opening {
  const { element, terminator } = separators;
  if (isAlphanumeric(element) || isAlphanumeric(terminator) || terminator === element) {
    const [one, other] = [JSON.stringify(element), JSON.stringify(terminator)];
    return damaged(
      at,
      `ISA declares ${one} as element separator and ${other} as terminator: they must differ, ` +
        'and be no letters or digits.',
    );
  }
  const faults = [...known];
  const component = componentOf(elements[15]!, [element, terminator], faults);
  const syntax = syntaxOf(elements, { element, component, terminator }, faults);
  const next = end + terminator.length;
  return { is: 'found', at, syntax, header: { start: at, end }, next, faults };
}

/** A blank ends segments only together with the line end after it: data may hold blanks. */
function terminatorAt(text: string, end: number): string {
  const isLineEnd = text[end] === ' ' && (text[end + 1] === '\r' || text[end + 1] === '\n');
  return text.slice(end, end + (isLineEnd ? 2 : 1));
}

function componentOf(declared: string, taken: readonly string[], faults: EnvelopeFault[]): string {
  if (!isAlphanumeric(declared) && !taken.includes(declared)) return declared;
  faults.push(`ISA16 is ${JSON.stringify(declared)}, which cannot separate components: none do.`);
  return '';
}

function syntaxOf(
  elements: readonly string[],
  separators: Pick<Syntax, 'element' | 'component' | 'terminator'>,
  faults: EnvelopeFault[],
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
