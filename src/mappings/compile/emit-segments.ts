/** Built nodes to segments, with what the standard demands of them: mandatory places, maximum use. */
import type { ElementData, SegmentData } from '../../model/message.ts';
import type { SegmentDefinition, Slot } from '../../standards/definition.ts';
import { findingOf, type MappingFindingCode } from './reading.ts';
import type { Built, Writing } from './writing.ts';

interface Emission {
  readonly writing: Writing;
  readonly segments: SegmentData[];
  /** HL01 of the last level. */
  levels: number;
}

export function emitSegments(root: Built, slot: Slot, writing: Writing): readonly SegmentData[] {
  const emission: Emission = { writing, segments: [], levels: 0 };
  emitChildren(root, slot, '', '', emission);
  return emission.segments;
}

function emitChildren(
  parent: Built,
  slot: Slot,
  path: string,
  level: string,
  emission: Emission,
): void {
  const counts = new Map<Slot, number>();
  for (const child of parent.children) {
    const inside = child.rule?.slot;
    if (inside === undefined) continue;
    const count = (counts.get(inside) ?? 0) + 1;
    counts.set(inside, count);
    const step = inside.max === 1 ? inside.tag : `${inside.tag}[${count}]`;
    emitNode(child, inside, path === '' ? step : `${path} / ${step}`, level, emission);
  }
  for (const [inside, count] of counts) {
    if (count <= inside.max || slot.tag === 'HL') continue;
    const text = `${inside.tag} is needed ${count} times, and the standard allows ${inside.max}.`;
    say(emission, 'no-room', path === '' ? inside.tag : `${path} / ${inside.tag}`, text);
  }
  for (const inside of slot.slots) {
    if (!inside.mandatory || counts.has(inside)) continue;
    const where = path === '' ? inside.tag : `${path} / ${inside.tag}`;
    say(
      emission,
      'mandatory-empty',
      where,
      `${inside.tag} is mandatory, and nothing is there for it.`,
    );
  }
}

const say = ({ writing }: Emission, code: MappingFindingCode, path: string, text: string): number =>
  writing.findings.push(findingOf(code, { path }, text));

function emitNode(built: Built, slot: Slot, path: string, level: string, emission: Emission): void {
  let inner = level;
  if (slot.tag === 'HL') inner = numberLevel(built, level, emission);
  const elements = elementsOf(built);
  if (elements.length === 0) {
    const text = `${slot.tag} holds nothing itself, and what is inside it cannot stand alone.`;
    say(emission, 'mandatory-empty', path, text);
    return;
  }
  checkMandatory(built, slot.segment, path, emission);
  emission.segments.push({ tag: slot.tag, elements });
  if (built.children.length > 0 || slot.slots.length > 0) {
    emitChildren(built, slot, path, inner, emission);
  }
}

/** HL01 counts the levels, HL02 is the parent's number, HL04 tells of levels below (X12 HL). */
function numberLevel(built: Built, parent: string, emission: Emission): string {
  const number = String(++emission.levels);
  const hasLevels = built.children.some((child) => child.rule?.slot === built.rule?.slot);
  built.elements[0] = [[number]];
  built.elements[1] = [[parent]];
  built.elements[3] = [[hasLevels ? '1' : '0']];
  return number;
}

/** Without what is empty at the end, at every level. */
function elementsOf({ elements }: Built): readonly ElementData[] {
  const data: ElementData[] = [];
  let last = 0;
  for (let at = 0; at < elements.length; at++) {
    const repeats = elements[at];
    const element = repeats === undefined ? '' : elementOf(repeats);
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

function checkMandatory(
  { elements }: Built,
  segment: SegmentDefinition,
  path: string,
  emission: Emission,
): void {
  for (const { element, component } of mandatoryOf(segment)) {
    const parts = elements[element]?.[0];
    const isThere = parts?.some((part) => part !== undefined && part !== '') === true;
    if (component < 0 ? isThere : !isThere || (parts?.[component] ?? '') !== '') continue;
    const position = String(element + 1).padStart(2, '0');
    const name = `${segment.tag}${position}${component < 0 ? '' : `-${component + 1}`}`;
    say(emission, 'mandatory-empty', `${path} / ${name}`, `${name} is mandatory, and it is empty.`);
  }
}
