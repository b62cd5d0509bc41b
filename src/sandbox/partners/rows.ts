/**
 * EDI read naively: the whole text cut at its separators. The simulators hold this against what our
 * codec read, so that a fault of the codec cannot hide itself.
 */
export interface Row {
  readonly tag: string;
  /** Element 1 first, each as its components. */
  readonly elements: readonly (readonly string[])[];
}

export interface Separators {
  readonly element: string;
  readonly component: string;
  readonly terminator: string;
  /** EDIFACT release character. */
  readonly release?: string;
}

/** Element and component count from 1; what is absent is the empty text. */
export const cell = (row: Row | undefined, element: number, component = 1): string =>
  row?.elements[element - 1]?.[component - 1] ?? '';

/** What stands in `value` after the element `qualifier`, in pairs from element `from` on (PO106). */
export function paired(row: Row | undefined, qualifier: string, from: number): string {
  for (let element = from; element < (row?.elements.length ?? 0); element += 2) {
    if (cell(row, element) === qualifier) return cell(row, element + 1);
  }
  return '';
}

export const withTag = (rows: readonly Row[], tag: string): readonly Row[] =>
  rows.filter((row) => row.tag === tag);

/** ISA is read by position (X12.5): separators are its 4th, 105th and 106th character. */
export function splitX12(text: string): readonly Row[] {
  return split(text, {
    element: text.charAt(3),
    component: text.charAt(104),
    terminator: text.charAt(105),
  });
}

/** UNA tells the separators, or they are the defaults (ISO 9735-1). */
export function splitEdifact(text: string): readonly Row[] {
  const una = text.startsWith('UNA') ? text.slice(3, 9) : ":+.? '";
  const [component = '', element = '', , release = '', , terminator = ''] = una;
  const body = text.startsWith('UNA') ? text.slice(9) : text;
  const separators = { component, element, terminator };
  return split(body, release === ' ' ? separators : { ...separators, release });
}

function split(text: string, separators: Separators): readonly Row[] {
  const rows: Row[] = [];
  let elements: string[][] = [['']];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const parts = elements.at(-1) ?? [];
    if (character === separators.release) parts.push(`${parts.pop()}${text.charAt(++at)}`);
    else if (character === separators.terminator) {
      rows.push(rowOf(elements));
      elements = [['']];
    } else if (character === separators.element) elements.push(['']);
    else if (character === separators.component && rowTag(elements) !== 'ISA') parts.push('');
    else if (!isLineBreakBetween(character, elements)) parts.push(`${parts.pop()}${character}`);
  }
  return rows;
}

const rowTag = (elements: readonly (readonly string[])[]): string => elements[0]?.[0] ?? '';

const rowOf = (elements: readonly (readonly string[])[]): Row => ({
  tag: rowTag(elements),
  elements: elements.slice(1),
});

const isLineBreakBetween = (character: string, elements: readonly (readonly string[])[]): boolean =>
  (character === '\n' || character === '\r') && elements.length === 1 && rowTag(elements) === '';
