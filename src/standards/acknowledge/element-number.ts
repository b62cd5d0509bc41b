/** The data element number of a place: what AK402 calls the reference number. */
import type { Place } from '../../model/finding.ts';
import type { MessageType } from '../../model/message.ts';
import type { MessageDefinition, SegmentDefinition, Slot, Standards } from '../definition.ts';

/** `355` for PO103; empty where the dictionary does not say. */
export function elementNumber(
  type: MessageType,
  place: Place,
  standards: Standards | undefined,
): string {
  const definition = standards?.find(type)?.definition;
  const segment = definition === undefined ? undefined : segmentOf(definition, place.tag ?? '');
  const element = segment?.elements[(place.element ?? 0) - 1];
  const { component } = place;
  const id = component === undefined ? element?.id : element?.components[component - 1]?.id;
  return id !== undefined && /^\d{1,4}$/.test(id) ? id : '';
}

function segmentOf(
  { root, header, trailer }: MessageDefinition,
  tag: string,
): SegmentDefinition | undefined {
  if (header?.tag === tag) return header;
  return trailer?.tag === tag ? trailer : findSlot(root.slots, tag)?.segment;
}

function findSlot(slots: readonly Slot[], tag: string): Slot | undefined {
  for (const slot of slots) {
    const found = slot.tag === tag ? slot : findSlot(slot.slots, tag);
    if (found !== undefined) return found;
  }
  return undefined;
}
