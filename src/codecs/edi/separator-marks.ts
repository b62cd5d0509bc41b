/**
 * What each byte separates in a text of one syntax, as a table of 256 marks. Marks of separators are
 * odd, so that they can be counted without a branch, and each mark has a bit of its own.
 */
import type { Syntax } from '../../model/envelope.ts';

export const marks = {
  none: 0,
  components: 3,
  repetitions: 5,
  release: 9,
  elements: 17,
  segments: 33,
  /** A control character that separates nothing. */
  control: 64,
};

/** The bits of marks, to tell from all marks of a segment joined what it holds. */
export const holdsComponents = (joined: number): boolean => (joined & 2) !== 0;
export const holdsRepetitions = (joined: number): boolean => (joined & 4) !== 0;
export const holdsRelease = (joined: number): boolean => (joined & 8) !== 0;
/** Neither repetitions nor release characters, nor control characters. */
export const isSimple = (joined: number): boolean =>
  (joined & ~(marks.elements | marks.components)) === 0;

/** Where a syntax names one character twice, what comes later here is what it does. */
export function marksOf(syntax: Syntax): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(marks.control, 0, 32);
  table[127] = marks.control;
  mark(table, syntax.release, marks.release);
  mark(table, syntax.repetition, marks.repetitions);
  mark(table, syntax.component, marks.components);
  mark(table, syntax.element, marks.elements);
  mark(table, syntax.terminator, marks.segments);
  return table;
}

function mark(table: Uint8Array, character: string | undefined, meaning: number): void {
  if (character !== undefined && character !== '') table[character.charCodeAt(0)] = meaning;
}
