/** Keys of a mapping: places in a message. `PO1/N9(1=ZZ)/MSG`, `6-25 by 2`, `Total/Money@currency`. */

export type Family = 'segments' | 'tree';

export type Step = NodeStep | ElementStep | AttributeStep | TextStep;

/** A segment (with its loop), an XML element, a JSON member, the rows of a CSV file. */
export interface NodeStep {
  readonly is: 'node';
  readonly name: string;
  /** `SG50` where the standard has the name twice at one level. */
  readonly group: string | undefined;
  readonly conditions: readonly Condition[];
  /** `rows by order_no`. */
  readonly by: string | undefined;
  /** Normalized: two keys with the same text are the same place. */
  readonly text: string;
}

/** One element or component, or a run of them, taken one by one or in chunks. */
export interface ElementStep {
  readonly is: 'element';
  readonly element: number;
  readonly component: number | undefined;
  /** Last element (or component, where one is given) of a run. */
  readonly last: number | undefined;
  readonly by: number | undefined;
  /** Pins a chunk: `8-9 by 2 (1=UP)`. */
  readonly conditions: readonly Condition[];
  readonly text: string;
}
export interface AttributeStep {
  readonly is: 'attribute';
  readonly name: string;
  readonly text: string;
}
/** The text of the element itself. */
export interface TextStep {
  readonly is: 'text';
  readonly text: '.';
}

/** `(3=T|P)`: the place, inside the node, and the values it may have. */
export interface Condition {
  readonly steps: readonly Step[];
  readonly values: readonly string[];
  readonly text: string;
}

export class PlaceError extends Error {}

const elementKey = /^(\d{1,3})(?:\.(\d{1,3}))?(?:-(\d{1,3}))?(?: +by +(\d{1,3}))?$/;
const segmentKey = /^(?:(SG\d{1,3}) +)?([A-Z][A-Z0-9]{1,2})$/;

/** The steps of a key, outermost first. Throws PlaceError with what to write instead. */
export function parsePlace(key: string, family: Family): readonly Step[] {
  if (key.includes('[')) {
    throw new PlaceError(`selection is written ${key.replaceAll('[', '(').replaceAll(']', ')')}`);
  }
  const escaped = key.startsWith('/');
  const pieces = splitOutside(escaped ? key.slice(1) : key, '/');
  return pieces.flatMap((piece) => parseStep(piece.trim(), family));
}

export const placeText = (steps: readonly Step[]): string =>
  steps.map((step) => step.text).join('/');

function parseStep(piece: string, family: Family): Step[] {
  if (piece === '') throw new PlaceError('a step of the path is empty');
  const { head, conditions } = splitConditions(piece, family);
  const suffix = conditionsText(conditions);
  if (family === 'segments') return [segmentStep(head, conditions, suffix)];
  if (head === '.') return [{ is: 'text', text: '.' }];
  const rows = /^rows +by +(.+)$/.exec(head);
  if (rows !== null) return [nodeStep('rows', conditions, `rows by ${rows[1]}`, rows[1])];
  const at = head.indexOf('@');
  const name = at < 0 ? head : head.slice(0, at);
  const steps: Step[] = name === '' ? [] : [nodeStep(name, conditions, name + suffix)];
  if (at >= 0) {
    if (head.length === at + 1) throw new PlaceError('an attribute needs a name after @');
    steps.push({ is: 'attribute', name: head.slice(at + 1), text: head.slice(at) });
  }
  return steps;
}

function nodeStep(
  name: string,
  conditions: readonly Condition[],
  text: string,
  by?: string,
): NodeStep {
  return { is: 'node', name, group: undefined, conditions, by, text };
}

function segmentStep(head: string, conditions: readonly Condition[], suffix: string): Step {
  const element = elementKey.exec(head);
  if (element !== null) return elementStep(element, conditions, suffix);
  const segment = segmentKey.exec(head);
  if (segment === null) {
    throw new PlaceError('a place is a segment (N1), an element (3), a component (1.2) or a run');
  }
  const [, group, name] = segment;
  const text = (group === undefined ? '' : `${group} `) + name + suffix;
  return { is: 'node', name: name!, group, conditions, by: undefined, text };
}

function elementStep(
  match: RegExpExecArray,
  conditions: readonly Condition[],
  suffix: string,
): ElementStep {
  const [element, component, last, by] = match.slice(1).map((part) => part && Number(part));
  const from = component ?? element;
  if (last !== undefined && Number(last) <= Number(from)) {
    throw new PlaceError('a run goes from the smaller to the larger number');
  }
  if (element === 0 || component === 0) throw new PlaceError('places count from 1');
  if (by !== undefined && last === undefined)
    throw new PlaceError('only a run has chunks: 6-25 by 2');
  const start = component === undefined ? `${element}` : `${element}.${component}`;
  const run = last === undefined ? '' : `-${last}`;
  const chunks = by === undefined ? '' : ` by ${by}`;
  return {
    is: 'element',
    element: Number(element),
    component: component as number | undefined,
    last: last as number | undefined,
    by: by as number | undefined,
    conditions,
    text: start + run + chunks + (suffix === '' || by === undefined ? suffix : ` ${suffix}`),
  };
}

function splitConditions(
  piece: string,
  family: Family,
): { head: string; conditions: readonly Condition[] } {
  const open = piece.indexOf('(');
  if (open < 0) return { head: piece.replace(/ +/g, ' '), conditions: [] };
  const close = piece.lastIndexOf(')');
  if (close < piece.length - 1 && !piece.slice(close + 1).startsWith('@')) {
    throw new PlaceError('a selection ends with )');
  }
  const inside = piece.slice(open + 1, close);
  const head = piece.slice(0, open).trim() + piece.slice(close + 1);
  return { head, conditions: splitOutside(inside, '&').map((each) => condition(each, family)) };
}

function condition(text: string, family: Family): Condition {
  const equals = text.indexOf('=');
  if (equals < 0) throw new PlaceError(`a selection is a place = a value, not "${text.trim()}"`);
  const steps = parsePlace(text.slice(0, equals).trim(), family);
  const values = text
    .slice(equals + 1)
    .split('|')
    .map((value) => value.trim());
  if (values.includes('')) throw new PlaceError('a selection needs a value after =');
  const last = steps.at(-1);
  if (family === 'segments' && (steps.length !== 1 || last?.is !== 'element' || last.last)) {
    throw new PlaceError('a selection looks at elements of the segment itself: N1(1=ST)');
  }
  const sorted = values.toSorted().join('|');
  return { steps, values, text: `${placeText(steps)}=${sorted}` };
}

const conditionsText = (conditions: readonly Condition[]): string =>
  conditions.length === 0
    ? ''
    : `(${conditions
        .map((each) => each.text)
        .toSorted()
        .join(' & ')})`;

/** Splits at a sign that is not inside `( )`. */
export function splitOutside(text: string, sign: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === sign && depth === 0) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  if (depth !== 0) throw new PlaceError('( and ) do not pair');
  pieces.push(text.slice(from));
  return pieces;
}
