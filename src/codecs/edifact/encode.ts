/** Messages to a whole EDIFACT interchange: UNA, UNB/UNZ, UNH/UNT, counts and control numbers. */
import type { InterchangeData, MessageData, PartyId, Syntax } from '../../model/envelope.ts';
import type { ElementData, MessageType } from '../../model/message.ts';
import { type Charset, findCharset } from '../edi/charset.ts';
import {
  cannotEncode,
  checkSeparators,
  contentSegments,
  dateAndTime,
  type Guard,
  segmentText,
} from '../edi/segment-text.ts';

type Write = (tag: string, elements: readonly ElementData[], where: string) => string;

/** UNA is always written: it costs nine bytes and leaves no doubt about the decimal mark. */
export function encodeEdifact(interchange: InterchangeData): Uint8Array {
  const { syntax, control } = interchange;
  checkSeparators(syntax);
  const charset = findCharset(syntax.charset);
  if (charset === undefined) throw cannotEncode(`unknown charset ${syntax.charset}`, 'syntax');
  const guard = guardFor(syntax, charset);
  const write: Write = (tag, elements, where) =>
    segmentText({ tag, elements }, syntax, guard, where);
  const messages = interchange.groups.flatMap((group) => group.messages);
  const text = [
    unaText(syntax),
    write('UNB', unbElements(interchange), `UNB ${control}`),
    ...messages.map((message) => messageText(message, write)),
    write('UNZ', [String(messages.length), control], `UNB ${control}`),
  ].join('');
  return charset.encode(text);
}

function unaText(syntax: Syntax): string {
  const { component, element, decimalMark, terminator } = syntax;
  const reserved = syntax.repetition ?? ' ';
  const separators = component + element + decimalMark + (syntax.release ?? ' ') + reserved;
  return `UNA${separators}${terminator}${syntax.lineBreak ?? ''}`;
}

/** Separators in data are released; what the charset lacks is refused. */
function guardFor(syntax: Syntax, charset: Charset): Guard {
  const { element, component, repetition, terminator, release = '' } = syntax;
  const special = [element, component, terminator, release, repetition ?? ''].filter(Boolean);
  const isSpecial = (character: string): boolean => special.includes(character);
  return (value, place) => {
    const missing = charset.firstMissing(value);
    const control = value.search(/[\x00-\x1f\x7f]/);
    const bad = missing < 0 ? control : missing;
    if (bad >= 0) {
      throw cannotEncode(`${JSON.stringify(value[bad])} is not in ${syntax.charset}`, place);
    }
    if (!special.some((character) => value.includes(character))) return value;
    if (release === '') throw cannotEncode('holds a separator, and nothing releases it', place);
    return [...value].map((c) => (isSpecial(c) ? release + c : c)).join('');
  };
}

function unbElements(interchange: InterchangeData): readonly ElementData[] {
  const { syntax, sender, receiver, control } = interchange;
  const { date, time } = dateAndTime(interchange.preparedAt);
  const written = syntax.version >= '4' ? date : date.slice(2);
  return [
    [syntax.charset, syntax.version],
    party(sender),
    party(receiver),
    [written, time],
    control,
    '',
    '',
    '',
    interchange.wantsAcknowledgement ? '1' : '',
    '',
    interchange.isTest ? '1' : '',
  ];
}

const party = ({ id, qualifier }: PartyId): readonly string[] => [id, qualifier];

function messageText(message: MessageData, write: Write): string {
  const { type, control } = message;
  const where = `${type.name} ${control}`;
  const segments = contentSegments(message);
  return [
    write('UNH', [control, identifier(type)], where),
    ...segments.map((segment) => write(segment.tag, segment.elements, where)),
    write('UNT', [String(segments.length + 2), control], where),
  ].join('');
}

/** S009: the directory `D96A` is version D, release 96A. */
function identifier(type: MessageType): readonly string[] {
  const { name, version, association = '' } = type;
  return [name, version.slice(0, 1), version.slice(1), 'UN', association];
}
