/** A definition cut down to what an agreement uses: samples of it are examples for the partner. */
import type {
  ElementDefinition,
  MessageDefinition,
  SegmentDefinition,
  Slot,
} from '../definition.ts';
import type { CodeUse, SegmentUse, ValueUse } from './use.ts';

export function restrict(
  definition: MessageDefinition,
  uses: readonly SegmentUse[],
): MessageDefinition {
  const bySlot = Map.groupBy(uses, ({ slot }) => slot);
  return { ...definition, root: restrictSlot(definition.root, bySlot, true) };
}

type Uses = ReadonlyMap<Slot, readonly SegmentUse[]>;

/** What is not used may be used no times. */
function restrictSlot(slot: Slot, uses: Uses, isUsed: boolean): Slot {
  const its = uses.get(slot) ?? [];
  const isForbidden = its.some(({ forbid, when }) => forbid && when === '');
  const isHere = slot.mandatory || (its.length > 0 && !isForbidden);
  return {
    ...slot,
    mandatory: slot.mandatory || its.some(({ require }) => require),
    max: isUsed && isHere ? slot.max : 0,
    segment: restrictSegment(
      slot.segment,
      its.flatMap(({ values }) => values),
    ),
    slots: slot.slots.map((it) => restrictSlot(it, uses, isHere)),
  };
}

function restrictSegment(
  segment: SegmentDefinition,
  values: readonly ValueUse[],
): SegmentDefinition {
  const elements = segment.elements.map((element, index) => {
    const its = values.filter((it) => it.element === index + 1);
    const components = element.components.map((component, at) =>
      restrictElement(
        component,
        its.filter((it) => it.component === at + 1),
      ),
    );
    return { ...restrictElement(element, its), components };
  });
  return { ...segment, elements };
}

function restrictElement(element: ElementDefinition, uses: readonly ValueUse[]): ElementDefinition {
  const isBanned = uses.some(({ forbid, when }) => forbid && when === '');
  const isUsed = element.mandatory || (!isBanned && uses.some(({ forbid }) => !forbid));
  const mandatory = element.mandatory || uses.some(({ require, when }) => require && when === '');
  const codes = element.codes === undefined ? undefined : usedCodes(element.codes, uses);
  return { ...element, mandatory, repeats: isUsed ? element.repeats : 0, codes };
}

/** Where no code is named, any of the standard's will do. */
function usedCodes(codes: ReadonlySet<string>, uses: readonly ValueUse[]): ReadonlySet<string> {
  const named = uses
    .filter((it) => !it.isRule)
    .flatMap((it) => it.codes)
    .map(({ code }: CodeUse) => code);
  const used = new Set(named.filter((it) => codes.has(it)));
  return used.size > 0 ? used : codes;
}
