/**
 * A guide as JSON Schema (draft 2020-12) of messages in the form of message-json.ts: the standard's
 * structure, lengths and relational notes, and the partner's rules. Codes are held to what is agreed
 * only: lists of the standard are warnings in a check, and annotations here.
 */
import type {
  ElementDefinition,
  MessageDefinition,
  Relation,
  SegmentDefinition,
  Slot,
} from '../definition.ts';
import type { PartnerRule } from '../rules/rule.ts';
import { elementKey, slotKey } from './message-json.ts';
import { ruleSchema } from './rule-schema.ts';
import { type Schema, valueSchema } from './value-schema.ts';

export interface AgreedMessage {
  /** `x12/004010/850`. */
  readonly key: string;
  readonly title: string;
  readonly definition: MessageDefinition;
  readonly rules: readonly PartnerRule[];
}

/** Of `{ message: x12/004010/850, segments: { BEG: { BEG01: "00" }, ... } }`. */
export function guideSchema(title: string, messages: readonly AgreedMessage[]): Schema {
  const shared = new Map<SegmentDefinition, string>();
  const defs: Record<string, Schema> = {};
  for (const message of messages) defs[message.key] ??= messageSchema(message, { shared, defs });
  const keys = [...new Set(messages.map(({ key }) => key))];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    description:
      'A message as `tradelane read --segments` prints it. Segments stand by their tags, those that ' +
      'may repeat in lists, loops with their segments inside; elements are BEG02, components RFF01-1; ' +
      'what is empty is left out.',
    type: 'object',
    required: ['message', 'segments'],
    properties: {
      message: { enum: keys },
      control: { type: 'string' },
      segments: { type: 'object' },
    },
    allOf: keys.map((key) => ({
      if: { properties: { message: { const: key } }, required: ['message'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { properties: { segments: { $ref: pointer(key) } } },
    })),
    $defs: defs,
  };
}

/** RFC 6901, in a URI fragment. */
const pointer = (name: string): string =>
  `#/$defs/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`;

interface Writing {
  readonly shared: Map<SegmentDefinition, string>;
  readonly defs: Record<string, Schema>;
}

function messageSchema({ key, title, definition, rules }: AgreedMessage, writing: Writing): Schema {
  const { root } = definition;
  const repeats = mayRepeat(definition);
  const asked = rules
    .filter(({ severity }) => severity === 'error')
    .map((rule) => ruleSchema(rule, root));
  const body = { title, type: 'object', ...slotsSchema(root, { ...writing, key, repeats }) };
  return { ...body, additionalProperties: false, ...(asked.length === 0 ? {} : { allOf: asked }) };
}

/** X12 dictionaries do not say which elements repeat from 00402 on. */
const mayRepeat = ({ type }: MessageDefinition): boolean =>
  type.standard === 'x12' && type.version >= '00402';

interface MessageWriting extends Writing {
  readonly key: string;
  readonly repeats: boolean;
}

function slotsSchema(parent: Slot, writing: MessageWriting): Schema {
  const properties = Object.fromEntries(
    parent.slots.map((slot) => [slotKey(parent, slot), slotSchema(slot, writing)]),
  );
  const mandatory = parent.slots.filter((slot) => slot.mandatory);
  const required = mandatory.map((slot) => slotKey(parent, slot));
  return { properties, ...(required.length === 0 ? {} : { required }) };
}

function slotSchema(slot: Slot, writing: MessageWriting): Schema {
  const segment = { $ref: segmentRef(slot.segment, writing) };
  const isKnown = slot.segment.elements.length > 0;
  const one =
    slot.slots.length === 0
      ? segment
      : { type: 'object', ...segment, ...slotsSchema(slot, writing) };
  const closed = isKnown ? { ...one, unevaluatedProperties: false } : one;
  if (slot.max === 1) return closed;
  const max = Number.isFinite(slot.max) ? { maxItems: slot.max } : {};
  return { type: 'array', minItems: 1, ...max, items: closed };
}

/** Each segment once, wherever it stands. */
function segmentRef(segment: SegmentDefinition, writing: MessageWriting): string {
  const { shared, defs, key } = writing;
  const known = shared.get(segment);
  if (known !== undefined) return pointer(known);
  const version = key.slice(0, key.lastIndexOf('/'));
  const plain = `${version} ${segment.tag}`;
  const name = defs[plain] === undefined ? plain : `${key} ${segment.tag}`;
  shared.set(segment, name);
  defs[name] = segmentSchema(segment, writing);
  return pointer(name);
}

function segmentSchema(
  { tag, name, elements, relations }: SegmentDefinition,
  { repeats }: MessageWriting,
): Schema {
  const key = (position: number): string => elementKey(tag, position, 0);
  const properties = Object.fromEntries(
    elements.map((element, index) => {
      const one = elementSchema(element, tag, index + 1);
      const isList = repeats || element.repeats > 1;
      return [key(index + 1), isList ? { anyOf: [one, { type: 'array', items: one }] } : one];
    }),
  );
  const required = elements.flatMap(({ mandatory }, index) => (mandatory ? [key(index + 1)] : []));
  return {
    ...(name === undefined ? {} : { title: name }),
    ...{ type: 'object', properties },
    ...(required.length === 0 ? {} : { required }),
    ...notes(relations, key),
  };
}

function elementSchema(element: ElementDefinition, tag: string, position: number): Schema {
  const title = [element.id, element.name].filter(Boolean).join(' ');
  if (element.components.length === 0) return { title, ...valueSchema(element) };
  const key = (part: number): string => elementKey(tag, position, part);
  const parts = element.components.map((part, index) => [
    key(index + 1),
    { title: [part.id, part.name].filter(Boolean).join(' '), ...valueSchema(part) },
  ]);
  const required = element.components.flatMap(({ mandatory }, index) =>
    mandatory ? [key(index + 1)] : [],
  );
  return {
    ...{ title, type: 'object', properties: Object.fromEntries(parts) },
    ...{ additionalProperties: false, minProperties: 1 },
    ...(required.length === 0 ? {} : { required }),
    ...notes(element.relations ?? [], key),
  };
}

/** Relational notes (X12.6 3.3.4). */
function notes(relations: readonly Relation[], key: (position: number) => string): Schema {
  if (relations.length === 0) return {};
  return { allOf: relations.map((relation) => noteSchema(relation, key)) };
}

function noteSchema({ kind, positions }: Relation, key: (position: number) => string): Schema {
  const keys = positions.map(key);
  const [first = '', ...others] = keys;
  const anyOf = (among: readonly string[]) => ({ anyOf: among.map((it) => ({ required: [it] })) });
  switch (kind) {
    case 'P':
      return { dependentRequired: Object.fromEntries(keys.map((it) => [it, keys])) };
    case 'R':
      return anyOf(keys);
    case 'E':
      return { allOf: pairs(keys).map((pair) => ({ not: { required: pair } })) };
    case 'C':
      return { dependentRequired: { [first]: others } };
    default:
      return { dependentSchemas: { [first]: anyOf(others) } };
  }
}

const pairs = (keys: readonly string[]): readonly (readonly string[])[] =>
  keys.flatMap((one, at) => keys.slice(at + 1).map((other) => [one, other]));
