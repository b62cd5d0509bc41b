/**
 * A message definition made fast: what the check asks of a slot or an element for each segment of
 * each message is looked up here once, when a definition is first used.
 */
import type {
  ElementDefinition,
  MessageDefinition,
  SegmentDefinition,
  Slot,
} from './definition.ts';
import { planRelation, type RelationPlan } from './relations.ts';

export interface SlotPlan {
  readonly slot: Slot;
  readonly order: number;
  readonly max: number;
  readonly mandatory: boolean;
  readonly isLoop: boolean;
  /** X12 hierarchical level: its nodes hang below the node that HL02 names. */
  readonly isLevel: boolean;
  readonly segment: SegmentPlan;
  readonly children: readonly SlotPlan[];
  /** Direct children by tag, in order: a tag may stand at several places. */
  readonly inside: ReadonlyMap<string, readonly SlotPlan[]>;
  /** Every tag inside, at any depth; and the loops directly inside that have a tag somewhere. */
  readonly tags: ReadonlySet<string>;
  readonly loopsWith: ReadonlyMap<string, readonly SlotPlan[]>;
  /** How many direct children are mandatory, and how many of them before each order. */
  readonly mandatoryCount: number;
  readonly mandatoryBefore: readonly number[];
}

export interface SegmentPlan {
  readonly tag: string;
  readonly elements: readonly ElementPlan[];
  readonly relations: readonly RelationPlan[];
  /** Position of the last mandatory element; 0: none. */
  readonly lastMandatory: number;
  /** False: the dictionary does not know the segment's elements. */
  readonly known: boolean;
}

/** How a value is judged; the numbers make the switch on the hot path a jump. */
export const kinds = {
  text: 0,
  code: 1,
  integer: 2,
  decimal: 3,
  date: 4,
  time: 5,
  binary: 6,
  letters: 7,
  edifactNumber: 8,
} as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

export interface ElementPlan {
  readonly definition: ElementDefinition;
  readonly mandatory: boolean;
  readonly repeats: number;
  readonly kind: Kind;
  readonly min: number;
  readonly max: number;
  readonly codes: ReadonlySet<string> | undefined;
  /** The listed code that was seen last: most values are the same as the one before. */
  lastCode: string | undefined;
  /** Empty for a simple element. */
  readonly components: readonly ElementPlan[];
  /** Position of the last mandatory component; 0: none. */
  readonly lastMandatory: number;
  readonly relations: readonly RelationPlan[];
  /** EDIFACT: position of 3055 and 1131 in the composite, which may name another agency's list. */
  readonly agencyAt: number;
  readonly listAt: number;
  /** EDIFACT 2380 and X12 1251: position of the sibling that tells the date's format; 0: none. */
  readonly formatAt: number;
  /** Every text of its length is good, so the value itself need not be made. */
  readonly isAnyText: boolean;
  /** False: a good value cannot hold a separator, so components need not be looked for. */
  readonly mayHoldMarks: boolean;
}

export interface MessagePlan {
  readonly definition: MessageDefinition;
  readonly root: SlotPlan;
  readonly header: SegmentPlan | undefined;
  readonly trailer: SegmentPlan | undefined;
}

const plans = new WeakMap<MessageDefinition, MessagePlan>();

export function planOf(definition: MessageDefinition): MessagePlan {
  const known = plans.get(definition);
  if (known !== undefined) return known;
  const plan = makePlan(definition);
  plans.set(definition, plan);
  return plan;
}

function makePlan(definition: MessageDefinition): MessagePlan {
  const segments = new Map<SegmentDefinition, SegmentPlan>();
  const { header, trailer } = definition;
  return {
    definition,
    root: planSlot(definition.root, segments),
    header: header === undefined ? undefined : planSegment(header, segments),
    trailer: trailer === undefined ? undefined : planSegment(trailer, segments),
  };
}

function planSlot(slot: Slot, segments: Map<SegmentDefinition, SegmentPlan>): SlotPlan {
  const children = slot.slots.map((it) => planSlot(it, segments));
  const loops = children.filter((it) => it.isLoop);
  const { order, max, mandatory, segment } = slot;
  const isLoop = children.length > 0;
  return {
    ...{ slot, order, max, mandatory, isLoop, children },
    isLevel: slot.tag === 'HL' && isLoop,
    segment: planSegment(segment, segments),
    inside: byTag(children, (it) => [it.slot.tag]),
    tags: new Set(children.flatMap((it) => [it.slot.tag, ...it.tags])),
    loopsWith: byTag(loops, (it) => it.tags),
    mandatoryCount: countMandatory(children),
    mandatoryBefore: children.map((_, at) => countMandatory(children.slice(0, at))),
  };
}

const countMandatory = (slots: readonly SlotPlan[]): number =>
  slots.filter((it) => it.mandatory).length;

function byTag(
  slots: readonly SlotPlan[],
  tagsOf: (slot: SlotPlan) => Iterable<string>,
): ReadonlyMap<string, readonly SlotPlan[]> {
  const map = new Map<string, SlotPlan[]>();
  for (const slot of slots) {
    for (const tag of tagsOf(slot)) map.set(tag, [...(map.get(tag) ?? []), slot]);
  }
  return map;
}

function planSegment(
  definition: SegmentDefinition,
  segments: Map<SegmentDefinition, SegmentPlan>,
): SegmentPlan {
  const planned = segments.get(definition);
  if (planned !== undefined) return planned;
  const { tag } = definition;
  const relations = definition.relations.map(planRelation);
  const elements = planElements(definition.elements);
  const lastMandatory = elements.findLastIndex((it) => it.mandatory) + 1;
  const plan = { tag, elements, relations, lastMandatory, known: elements.length > 0 };
  segments.set(definition, plan);
  return plan;
}

const planElements = (siblings: readonly ElementDefinition[]): readonly ElementPlan[] =>
  siblings.map((it, index) => planElement(it, index, siblings));

function planElement(
  definition: ElementDefinition,
  index: number,
  siblings: readonly ElementDefinition[],
): ElementPlan {
  const { mandatory, repeats, min, max, codes } = definition;
  const components = planElements(definition.components);
  const at = (id: string): number => definition.components.findIndex((it) => it.id === id) + 1;
  const kind = kindOf(definition.type);
  const isPlain = kind === kinds.code && codes === undefined;
  const isText = isPlain || (kind === kinds.text && codes === undefined);
  const format = formatAt(definition.id, index, siblings);
  return {
    ...{ definition, mandatory, repeats, min, max, codes, components, kind },
    lastCode: undefined,
    lastMandatory: components.findLastIndex((it) => it.mandatory) + 1,
    isAnyText: isText && components.length === 0 && repeats <= 1 && format === 0,
    mayHoldMarks: isText || kind === kinds.binary || kind === kinds.letters,
    relations: (definition.relations ?? []).map(planRelation),
    agencyAt: at('3055'),
    listAt: at('1131'),
    formatAt: format,
  };
}

function kindOf(type: string): Kind {
  switch (type) {
    case 'ID':
      return kinds.code;
    case 'R':
      return kinds.decimal;
    case 'DT':
      return kinds.date;
    case 'TM':
      return kinds.time;
    case 'B':
      return kinds.binary;
    case 'a':
      return kinds.letters;
    case 'n':
      return kinds.edifactNumber;
    default:
      return /^N\d?$/.test(type) ? kinds.integer : kinds.text;
  }
}

/** 2379 follows its 2380 (EDIFACT C507); 1250 precedes its 1251 (X12 DTM, DTP). */
function formatAt(id: string, index: number, siblings: readonly ElementDefinition[]): number {
  if (id === '2380' && siblings[index + 1]?.id === '2379') return index + 2;
  if (id === '1251' && siblings[index - 1]?.id === '1250') return index;
  return 0;
}
