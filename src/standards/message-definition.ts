/** Compiles the diagram of one message file to slots. */
import { type MessageType, messageKey } from '../model/message.ts';
import type { MessageDefinition, SegmentDefinition, Slot } from './definition.ts';
import type { Dictionary } from './dictionary.ts';
import { readItem } from './notation.ts';

/** `"REF O *"`, or a loop: its name and repeat, its trigger, then what stands inside. */
export type ItemOfFile = string | readonly ItemOfFile[];

export interface MessageFile {
  readonly name?: string;
  /** X12 functional group id. */
  readonly group?: string;
  readonly body: readonly ItemOfFile[];
}

export function defineMessage(
  type: MessageType,
  file: MessageFile,
  dictionary: Dictionary,
): MessageDefinition {
  const [header, trailer] = type.standard === 'x12' ? ['ST', 'SE'] : ['UNH', 'UNT'];
  return {
    key: messageKey(type),
    type,
    ...(file.name === undefined ? {} : { name: file.name }),
    functionalId: file.group ?? '',
    root: rootSlot(file.body.map((item, order) => slotOf(item, order, dictionary))),
    header: dictionary.segment(header as string),
    trailer: dictionary.segment(trailer as string),
    tags: dictionary.tags,
  };
}

/** TA1 stands alone between ISA and GS: a message without ST, body and SE. */
export function defineAlone(type: MessageType, dictionary: Dictionary): MessageDefinition {
  const header = dictionary.segment(type.name);
  const key = messageKey(type);
  return { key, type, functionalId: '', root: rootSlot([]), header, tags: dictionary.tags };
}

const noSegment: SegmentDefinition = { tag: '', elements: [], relations: [] };

const rootSlot = (slots: readonly Slot[]): Slot => ({
  tag: '',
  group: undefined,
  order: 0,
  mandatory: true,
  max: 1,
  slots,
  segment: noSegment,
});

function slotOf(item: ItemOfFile, order: number, dictionary: Dictionary): Slot {
  return typeof item === 'string'
    ? plainSlot(item, order, dictionary)
    : loopSlot(item, order, dictionary);
}

function plainSlot(item: string, order: number, dictionary: Dictionary): Slot {
  const { name, mandatory, max } = readItem(item);
  const segment = dictionary.segment(name);
  return { tag: name, group: undefined, order, mandatory, max, slots: [], segment };
}

/** The trigger is the loop: it takes the loop's requirement and repeat. */
function loopSlot(items: readonly ItemOfFile[], order: number, dictionary: Dictionary): Slot {
  const [loop, trigger, ...inside] = items;
  const { name, mandatory, max } = readItem(String(loop));
  const tag = readItem(String(trigger)).name;
  return {
    tag,
    group: name === tag ? undefined : name,
    order,
    mandatory,
    max,
    slots: inside.map((it, at) => slotOf(it, at, dictionary)),
    segment: dictionary.segment(tag),
  };
}
