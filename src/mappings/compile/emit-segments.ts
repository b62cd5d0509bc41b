/** Built nodes to segments, with what the standard demands of them: mandatory places, maximum use. */
import type { ElementData, SegmentData } from '../../model/message.ts';
import type { ElementDefinition, SegmentDefinition, Slot } from '../../standards/definition.ts';
import { findingOf, type MappingFindingCode } from './reading.ts';
import { type Built, cellValue, isEmptyCell, type Writing } from './writing.ts';

interface Emission {
  readonly writing: Writing;
  readonly segments: SegmentData[];
  /** Where the emission is: tags, with a number where the slot repeats. */
  readonly path: { readonly slot: Slot; readonly count: number }[];
  /** The decimal mark that the interchange's UNA will tell. */
  readonly mark: string;
  /** HL01 of the last level. */
  levels: number;
}

export function emitSegments(root: Built, slot: Slot, writing: Writing): readonly SegmentData[] {
  const mark = writing.sources.context.envelope?.syntax.decimalMark ?? '.';
  const emission: Emission = { writing, segments: [], path: [], mark, levels: 0 };
  emitChildren(root, slot, '', emission);
  return emission.segments;
}

/** Children stand in the order of their slots, so those of one slot are together. */
function emitChildren(parent: Built, slot: Slot, level: string, emission: Emission): void {
  const mandatory = mandatorySlots(slot);
  let found = 0;
  let last: Slot | undefined;
  let count = 0;
  for (const child of parent.children) {
    const inside = child.rule?.slot;
    if (inside === undefined) continue;
    if (inside !== last) {
      if (last !== undefined) checkCount(last, count, slot, emission);
      if (inside.mandatory) found++;
      count = 0;
    }
    last = inside;
    emission.path.push({ slot: inside, count: ++count });
    emitNode(child, inside, level, emission);
    emission.path.pop();
  }
  if (last !== undefined) checkCount(last, count, slot, emission);
  if (found < mandatory.length) tellMissing(parent, mandatory, emission);
}

function checkCount(inside: Slot, count: number, parent: Slot, emission: Emission): void {
  if (count <= inside.max || parent.tag === 'HL') return;
  const text = `${inside.tag} is needed ${count} times, and the standard allows ${inside.max}.`;
  say(emission, 'no-room', inside.tag, text);
}

function tellMissing(parent: Built, mandatory: readonly Slot[], emission: Emission): void {
  for (const inside of mandatory) {
    if (parent.children.some((child) => child.rule?.slot === inside)) continue;
    const text = `${inside.tag} is mandatory, and nothing is there for it.`;
    say(emission, 'mandatory-empty', inside.tag, text);
  }
}

const mandatorySlotsOf = new WeakMap<Slot, readonly Slot[]>();

function mandatorySlots(slot: Slot): readonly Slot[] {
  let known = mandatorySlotsOf.get(slot);
  if (known === undefined) {
    known = slot.slots.filter(({ mandatory }) => mandatory);
    mandatorySlotsOf.set(slot, known);
  }
  return known;
}

function say(
  { writing, path }: Emission,
  code: MappingFindingCode,
  last: string,
  text: string,
): void {
  const steps = path.map(({ slot, count }) =>
    slot.max === 1 ? slot.tag : `${slot.tag}[${count}]`,
  );
  const where = [...steps, last].filter((step) => step !== '').join(' / ');
  writing.findings.push(findingOf(code, { path: where }, text));
}

function emitNode(built: Built, slot: Slot, level: string, emission: Emission): void {
  const inner = slot.tag === 'HL' ? numberLevel(built, level, emission) : level;
  const elements = elementsOf(built);
  if (elements.length === 0) {
    const text = `${slot.tag} holds nothing itself, and what is inside it cannot stand alone.`;
    say(emission, 'mandatory-empty', '', text);
    return;
  }
  checkMandatory(built, slot.segment, emission);
  const { mark } = emission;
  const marked = mark === '.' ? elements : withDecimalMark(elements, slot.segment, mark);
  emission.segments.push({ tag: slot.tag, elements: marked });
  if (slot.slots.length > 0) emitChildren(built, slot, inner, emission);
}

/** HL01 counts the levels, HL02 is the parent's number, HL04 tells of levels below (X12 HL). */
function numberLevel(built: Built, parent: string, emission: Emission): string {
  const number = String(++emission.levels);
  const hasLevels = built.children.some((child) => child.rule?.slot === built.rule?.slot);
  built.elements[0] = number;
  built.elements[1] = parent;
  built.elements[3] = hasLevels ? '1' : '0';
  return number;
}

/** Without what is empty at the end, at every level. */
function elementsOf({ elements }: Built): readonly ElementData[] {
  const data: ElementData[] = [];
  let last = 0;
  for (let at = 0; at < elements.length; at++) {
    const cell = elements[at];
    const element = typeof cell === 'object' ? elementOf(cell) : (cell ?? '');
    data.push(element);
    if (element !== '') last = at + 1;
  }
  data.length = last;
  return data;
}

function elementOf(repeats: readonly (readonly string[])[]): ElementData {
  if (repeats.length === 1) return repetitionOf(repeats[0] ?? []);
  const all = Array.from(repeats, (components) => repetitionOf(components ?? []));
  while (all.at(-1) === '') all.pop();
  return all.length > 1 ? { repeats: all } : (all[0] ?? '');
}

function repetitionOf(components: readonly string[]): string | readonly string[] {
  if (components.length === 1) return components[0] ?? '';
  const parts = Array.from(components, (part) => part ?? '');
  while (parts.at(-1) === '') parts.pop();
  return parts.length > 1 ? parts : (parts[0] ?? '');
}

/** EDIFACT numbers with another mark than the point that mappings see. */
function withDecimalMark(
  elements: readonly ElementData[],
  segment: SegmentDefinition,
  mark: string,
): readonly ElementData[] {
  const marked = (value: string, definition: ElementDefinition | undefined): string =>
    definition?.type === 'n' ? value.replace('.', mark) : value;
  return elements.map((element, at): ElementData => {
    const definition = segment.elements[at];
    if (typeof element === 'string') return marked(element, definition);
    if ('repeats' in element) return element;
    return element.map((part, component) => marked(part, definition?.components[component]));
  });
}

interface Mandatory {
  readonly element: number;
  readonly component: number;
}
const mandatories = new WeakMap<SegmentDefinition, readonly Mandatory[]>();

/** Mandatory elements, and mandatory components of composites (when the composite is there). */
function mandatoryOf(segment: SegmentDefinition): readonly Mandatory[] {
  const known = mandatories.get(segment);
  if (known !== undefined) return known;
  const found = segment.elements.flatMap((definition, at): Mandatory[] => {
    const whole = definition.mandatory ? [{ element: at, component: -1 }] : [];
    const parts = definition.components.flatMap((part, component) =>
      part.mandatory ? [{ element: at, component }] : [],
    );
    return [...whole, ...parts];
  });
  mandatories.set(segment, found);
  return found;
}

function checkMandatory({ elements }: Built, segment: SegmentDefinition, emission: Emission): void {
  for (const { element, component } of mandatoryOf(segment)) {
    const isThere = !isEmptyCell(elements[element]);
    const isWhole = component < 0;
    if (isWhole ? isThere : !isThere || cellValue(elements, element + 1, component + 1) !== '') {
      continue;
    }
    const position = String(element + 1).padStart(2, '0');
    const name = `${segment.tag}${position}${isWhole ? '' : `-${component + 1}`}`;
    say(emission, 'mandatory-empty', name, `${name} is mandatory, and it is empty.`);
  }
}
