/** The part of a standard that an agreement uses, as rows that people read. */
import type {
  ElementDefinition,
  MessageDefinition,
  SegmentDefinition,
  Slot,
} from '../definition.ts';
import type { CodeUse, SegmentUse, ValueUse } from './use.ts';

/** M by the standard, R by agreement, O optional, X not used. */
export type Use = 'M' | 'R' | 'O' | 'X';

export interface GuideSegment {
  /** Ordinal in the standard's diagram, times ten: `020`. */
  readonly position: string;
  readonly tag: string;
  readonly name: string;
  readonly use: Use;
  /** `1`, `25`, `>1` for unlimited. */
  readonly max: string;
  /** How many loops it stands in. */
  readonly depth: number;
  /** Repeats of the loop that it begins; empty for a plain segment. */
  readonly loop: string;
  /** `when DTM01 = 002` of each rule that speaks of it. */
  readonly notes: readonly string[];
  readonly elements: readonly GuideElement[];
}

export interface GuideElement {
  /** `PO103`, `MEA04-1`. */
  readonly reference: string;
  /** `355`, `C001`. */
  readonly id: string;
  readonly name: string;
  readonly use: Use;
  /** `ID`, `AN`, `an`; empty for a composite. */
  readonly type: string;
  /** `2/2`, `1/22`. */
  readonly length: string;
  readonly codes: readonly CodeUse[];
  /** Other codes than these are refused. */
  readonly isClosed: boolean;
  readonly notes: readonly string[];
}

/** Segments that are used, and those inside used loops that the standard makes mandatory. */
export function guideSegments(
  { root }: MessageDefinition,
  uses: readonly SegmentUse[],
): readonly GuideSegment[] {
  const bySlot = Map.groupBy(uses, ({ slot }) => slot);
  const rows: GuideSegment[] = [];
  let ordinal = 0;
  const walk = (loop: Slot, depth: number): void => {
    for (const slot of loop.slots) {
      ordinal += 1;
      const position = `${ordinal * 10}`.padStart(3, '0');
      const its = bySlot.get(slot);
      const isHere = its !== undefined || (slot.mandatory && isKnown(loop, bySlot));
      if (isHere) rows.push(segmentRow(slot, its ?? [], position, depth));
      walk(slot, depth + 1);
    }
  };
  walk(root, 0);
  return rows;
}

const isKnown = (loop: Slot, bySlot: ReadonlyMap<Slot, unknown>): boolean =>
  loop.tag === '' || bySlot.has(loop);

function segmentRow(
  slot: Slot,
  uses: readonly SegmentUse[],
  position: string,
  depth: number,
): GuideSegment {
  const isLoop = slot.slots.length > 0;
  const max = Number.isFinite(slot.max) ? `${slot.max}` : '>1';
  return {
    ...{ position, depth, tag: slot.tag, name: slot.segment.name ?? '' },
    use: useOf(slot.mandatory, uses),
    max: isLoop ? '1' : max,
    loop: isLoop ? max : '',
    notes: uses.flatMap(segmentNote),
    elements: elementRows(
      slot.segment,
      uses.flatMap(({ values }) => values),
    ),
  };
}

function segmentNote({ when, require, forbid }: SegmentUse): readonly string[] {
  if (require) return [`required${when === '' ? '' : ` with ${when}`}`];
  return forbid ? [`not to be sent${when === '' ? '' : ` with ${when}`}`] : [];
}

/** A rule with a condition speaks of some uses only: it makes the whole neither R nor X. */
function useOf(
  mandatory: boolean,
  uses: readonly { readonly require: boolean; readonly forbid: boolean; readonly when: string }[],
): Use {
  if (mandatory) return 'M';
  if (uses.some(({ require, when }) => require && when === '')) return 'R';
  return uses.length > 0 && uses.every(({ forbid, when }) => forbid && when === '') ? 'X' : 'O';
}

function elementRows(
  { tag, elements }: SegmentDefinition,
  values: readonly ValueUse[],
): readonly GuideElement[] {
  return elements.flatMap((element, index) => {
    const at = index + 1;
    const its = values.filter((it) => it.element === at);
    if (its.length === 0 && !element.mandatory) return [];
    const reference = `${tag}${`${at}`.padStart(2, '0')}`;
    const whole = its.filter((it) => it.component === 0 || element.components.length === 0);
    const row = elementRow(element, reference, whole);
    return [row, ...componentRows(element, reference, its)];
  });
}

function componentRows(
  { components }: ElementDefinition,
  reference: string,
  values: readonly ValueUse[],
): readonly GuideElement[] {
  return components.flatMap((component, index) => {
    const its = values.filter((it) => it.component === index + 1);
    if (its.length === 0 && !component.mandatory) return [];
    return [elementRow(component, `${reference}-${index + 1}`, its)];
  });
}

function elementRow(
  { id, name = '', mandatory, type, min, max, components }: ElementDefinition,
  reference: string,
  uses: readonly ValueUse[],
): GuideElement {
  const isComposite = components.length > 0;
  return {
    ...{ reference, id, name, use: useOf(mandatory, uses) },
    type: isComposite ? '' : type,
    length: isComposite || !Number.isFinite(max) ? '' : `${min}/${max}`,
    codes: distinctCodes(uses),
    isClosed: uses.length > 0 && uses.every(({ isClosed }) => isClosed),
    notes: [...new Set(uses.map(valueNote).filter((it) => it !== ''))],
  };
}

/** `N101 = ST: parties[role].name`. */
function valueNote({ field, when, require, forbid }: ValueUse): string {
  const asked = require ? ' (required)' : forbid ? ' (not to be sent)' : '';
  const said = `${field}${asked}`;
  return when === '' || said === '' ? said : `${when}: ${said}`;
}

/** A code with a meaning is told before the same one without. */
function distinctCodes(uses: readonly ValueUse[]): readonly CodeUse[] {
  const codes = new Map<string, string>();
  for (const { code, meaning } of uses.flatMap((it) => it.codes)) {
    codes.set(code, codes.get(code) || meaning);
  }
  return [...codes].map(([code, meaning]) => ({ code, meaning }));
}
