/** Places in rules: those of the mapping language, and `PO107`, `MEA04-1` as guides write them. */
import { PlaceError, parsePlace, type Step, splitOutside } from '../place.ts';

const designator = /^([A-Z][A-Z0-9]{1,2})(\d\d)(?:-(\d{1,2}))?$/;
const designatorRun = /^([A-Z][A-Z0-9]{1,2})(\d\d)-\1(\d\d)$/;

export interface PlaceSteps {
  /** Segments, and at most one element, which is the last. */
  readonly steps: readonly Step[];
  readonly text: string;
}

/** Several for a run: `PO108-PO125`, `PO1/8-25`. Throws PlaceError. */
export function parseRulePlace(text: string): readonly PlaceSteps[] {
  const pieces = splitOutside(text, '/').map((piece) => piece.trim());
  const last = pieces.at(-1) ?? '';
  const above = pieces.slice(0, -1).join('/');
  const run = designatorRun.exec(last);
  if (run !== null) return eachOf(above, run[1]!, Number(run[2]), Number(run[3]));
  const one = designator.exec(last);
  if (one !== null) return [inSegment(above, one[1]!, elementText(one[2]!, one[3]))];
  return unrolled(parsePlace(text, 'segments'), text);
}

/** `04` and `1` are `4.1`. */
const elementText = (element: string, component: string | undefined): string =>
  component === undefined ? `${Number(element)}` : `${Number(element)}.${Number(component)}`;

function eachOf(above: string, tag: string, from: number, to: number): readonly PlaceSteps[] {
  if (to <= from) throw new PlaceError('a run goes from the smaller to the larger number');
  return Array.from({ length: to - from + 1 }, (_, at) => inSegment(above, tag, `${from + at}`));
}

/** `PO1/N104` is of the N1 inside PO1, and so is `PO1/N1/N104`. */
function inSegment(above: string, tag: string, element: string): PlaceSteps {
  const outer = above === '' ? [] : parsePlace(above, 'segments');
  const own = outer.at(-1);
  const isNamed = own?.is === 'node' && own.name === tag;
  const text = [above, ...(isNamed ? [] : [tag]), element].filter(Boolean).join('/');
  const [number, component] = element.split('.');
  const name = `${tag}${number!.padStart(2, '0')}${component === undefined ? '' : `-${component}`}`;
  return { steps: parsePlace(text, 'segments'), text: above === '' ? name : `${above}/${name}` };
}

function unrolled(steps: readonly Step[], text: string): readonly PlaceSteps[] {
  const last = steps.at(-1);
  const inner = steps.slice(0, -1);
  if (last === undefined || inner.some(({ is }) => is !== 'node')) {
    throw new PlaceError(`${text}: an element stands at the end of a place`);
  }
  if (last.is !== 'element' || last.last === undefined) return [{ steps, text }];
  if (last.by !== undefined) throw new PlaceError(`${text}: a rule names elements, not chunks`);
  const { element, component, last: end } = last;
  const from = component ?? element;
  return Array.from({ length: end - from + 1 }, (_, index) => {
    const at = component === undefined ? `${from + index}` : `${element}.${from + index}`;
    const path = [...inner.map((step) => step.text), at].join('/');
    return { steps: parsePlace(path, 'segments'), text: path };
  });
}

/** Splits a sentence at a word that stands outside `( )`. */
export function splitWords(text: string, word: string): readonly string[] {
  const marked = text.trim().replace(new RegExp(`\\s+${word}\\s+`, 'gi'), '\n');
  return splitOutside(marked, '\n').map((piece) => piece.trim());
}
