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
  const most = agreedTimes(slot.max, uses);
  const max = Number.isFinite(most) ? `${most}` : '>1';
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

function agreedTimes(max: number, uses: readonly SegmentUse[]): number {
  const agreed = uses.flatMap(({ times, when }) => (when === '' && times ? [times.max] : []));
  return Math.min(max, ...agreed);
}

function segmentNote({ when, say = '', require, forbid, times }: SegmentUse): readonly string[] {
  const asked = [
    ...(require ? ['required'] : []),
    ...(forbid ? ['not to be sent'] : []),
    ...(times === undefined || times.min === 0 ? [] : [`at least ${times.min}`]),
    ...(times === undefined || !Number.isFinite(times.max) ? [] : [`at most ${times.max}`]),
  ];
  return asked.length === 0 ? [] : [noteText(asked.join(', '), when, say)];
}

/** `required with N1(1=ST) and BEG02 = DS: Drop-ship orders need a ship-to`. */
const noteText = (asked: string, when: string, say: string): string =>
  `${asked}${when === '' ? '' : ` with ${when}`}${say === '' ? '' : `: ${say}`}`;

/** A rule with a condition speaks of some uses only: it makes the whole neither R nor X. */
function useOf(
  mandatory: boolean,
  uses: readonly { readonly require: boolean; readonly forbid: boolean; readonly when: string }[],
): Use {
  if (mandatory) return 'M';
  if (uses.some(({ require, when }) => require && when === '')) return 'R';
  return uses.some(({ forbid, when }) => forbid && when === '') ? 'X' : 'O';
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
  const always = uses.filter(({ when }) => when === '');
  const least = Math.max(min, ...always.map(({ length }) => length?.min ?? 0));
  const most = Math.min(max, ...always.map(({ length }) => length?.max ?? max));
  return {
    ...{ reference, id, name, use: useOf(mandatory, uses) },
    type: isComposite ? '' : type,
    length: isComposite || !Number.isFinite(most) ? '' : `${least}/${most}`,
    codes: distinctCodes(uses),
    isClosed: isClosed(uses),
    notes: [...new Set(uses.map(valueNote).filter((it) => it !== ''))],
  };
}

/** A rule closes the list, whatever else the mapping reads. */
function isClosed(uses: readonly ValueUse[]): boolean {
  if (uses.some((use) => use.isRule && use.isClosed && use.when === '')) return true;
  const own = uses.filter(({ isRule }) => isRule !== true);
  return own.length > 0 && own.every((use) => use.isClosed);
}

/** `N101 = ST: parties[role].name`. */
function valueNote(use: ValueUse): string {
  if (use.isRule) return ruleNote(use);
  const { field, when, require, forbid } = use;
  const asked = require ? ' (required)' : forbid ? ' (not to be sent)' : '';
  const said = `${field}${asked}`;
  return when === '' || said === '' ? said : `${when}: ${said}`;
}

/** What the columns cannot say: a condition, and the partner's words. */
function ruleNote({ when, say = '', require, forbid, codes, length }: ValueUse): string {
  if (when === '') return say;
  const asked = [
    ...(require ? ['required'] : []),
    ...(forbid ? ['not to be sent'] : []),
    ...(codes.length === 0 ? [] : [`only ${codes.map(({ code }) => code).join(', ')}`]),
    ...(length === undefined ? [] : [`length ${length.min}-${length.max}`]),
  ];
  return noteText(asked.join(', '), when, say);
}

/** A code with a meaning is told before the same one without; a rule leaves only its own. */
function distinctCodes(uses: readonly ValueUse[]): readonly CodeUse[] {
  const own = uses.filter(({ isRule }) => isRule !== true);
  const codes = new Map<string, string>();
  for (const { code, meaning } of own.flatMap((it) => it.codes)) {
    codes.set(code, codes.get(code) || meaning);
  }
  const agreed = uses.filter((it) => it.isRule && it.isClosed && it.when === '');
  if (agreed.length === 0) return [...codes].map(([code, meaning]) => ({ code, meaning }));
  return agreed
    .flatMap((it) => it.codes)
    .map(({ code }) => ({ code, meaning: codes.get(code) ?? '' }));
}
