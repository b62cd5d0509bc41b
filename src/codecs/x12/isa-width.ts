/** The fixed width of ISA (X12.5), by which it declares its separators. */

/** ISA and its terminator. */
export const isaCharacters = 106;
/** Widths of ISA01 to ISA16. */
export const isaWidths = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1] as const;
/** Offsets of the sixteen element separators. */
export const separatorsAt = isaWidths.map((_, index) =>
  isaWidths.slice(0, index).reduce((sum, width) => sum + width + 1, 3),
);

export const isAlphanumeric = (character: string): boolean => /^[A-Za-z0-9]$/.test(character);

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

/** Shorter lines are no records. */
const columnMin = 40;

/** After how many characters the lines are broken, where that breaks a whole ISA. */
export function wrappedAt(text: string, at: number): number | undefined {
  const head = text.slice(at, at + isaCharacters + 4);
  const column = head.search(/[\r\n]/);
  if (column < columnMin || column >= isaCharacters - 1) return undefined;
  return isFixedWidth(head.replace(/\r?\n|\r/g, ''), 0) ? column : undefined;
}
