/** Messages to a whole X12 interchange: ISA of fixed width, GS/GE, ST/SE, counts and controls. */
import type { GroupData, InterchangeData, MessageData, Syntax } from '../../model/envelope.ts';
import type { MessageType } from '../../model/message.ts';
import { findCharset } from '../edi/charset.ts';
import {
  cannotEncode,
  checkSeparators,
  contentSegments,
  dateAndTime,
  type Guard,
  segmentText,
} from '../edi/segment-text.ts';
import { hasRepetition } from './isa.ts';
import { isaWidths } from './isa-width.ts';

export function encodeX12(interchange: InterchangeData): Uint8Array {
  const { syntax } = interchange;
  checkSeparators(syntax);
  const write = writerFor(syntax);
  const alone = interchange.groups.flatMap((group) => group.messages.filter(isAlone));
  const groups = interchange.groups.filter((group) => !group.messages.every(isAlone));
  const control = interchange.control.padStart(9, '0');
  const text = [
    isaText(interchange, control),
    ...alone.map((message) => bodyText(message, write)),
    ...groups.map((group) => groupText(group, interchange, write)),
    write('IEA', [String(groups.length), control], `ISA ${control}`),
  ].join('');
  return findCharset(charsetOf(syntax))!.encode(text);
}

/** TA1 stands between ISA and GS: without GS, ST and SE. */
const isAlone = (message: MessageData): boolean => message.type.name === 'TA1';

type Write = (tag: string, elements: MessageElements, where: string) => string;
type MessageElements = Parameters<typeof segmentText>[0]['elements'];

function writerFor(syntax: Syntax): Write {
  const guard = guardFor(syntax);
  return (tag, elements, where) => segmentText({ tag, elements }, syntax, guard, where);
}

const charsetOf = (syntax: Syntax): string => (syntax.charset === 'latin1' ? 'latin1' : 'utf8');

/**
 * X12 has no release character: a separator, a control character, or a character that the charset
 * lacks is replaced or refused, as the syntax says.
 */
function guardFor(syntax: Syntax): Guard {
  const separators = [syntax.element, syntax.component, syntax.repetition, syntax.terminator];
  const isUnsafe = (character: string): boolean =>
    character < ' ' || character === '\x7f' || separators.includes(character);
  const charset = findCharset(charsetOf(syntax))!;
  const policy = syntax.inData ?? 'refuse';
  return (value, place) => {
    let safe = value;
    if ([...value].some(isUnsafe)) {
      if (policy === 'refuse') throw refuse(value, isUnsafe, place);
      safe = [...value].map((c) => (isUnsafe(c) ? policy.replace : c)).join('');
      if ([...safe].some(isUnsafe)) throw refuse(safe, isUnsafe, place);
    }
    const missing = charset.firstMissing(safe);
    if (missing < 0) return safe;
    throw cannotEncode(`${quoted(safe[missing]!)} is not in ${charsetOf(syntax)}`, place);
  };
}

const quoted = (text: string): string => JSON.stringify(text);

function refuse(value: string, isUnsafe: (character: string) => boolean, place: string) {
  const character = [...value].find(isUnsafe)!;
  return cannotEncode(
    `the value holds ${quoted(character)}, which X12 cannot carry as data here`,
    place,
  );
}

function isaText(interchange: InterchangeData, control: string): string {
  const { sender, receiver, syntax } = interchange;
  const { date, time } = dateAndTime(interchange.preparedAt);
  const repetition = hasRepetition(syntax.version) ? (syntax.repetition ?? 'U') : 'U';
  const elements = [
    ...['00', '', '00', '', sender.qualifier, sender.id, receiver.qualifier, receiver.id],
    ...[date.slice(2), time, repetition, syntax.version, control],
    interchange.wantsAcknowledgement ? '1' : '0',
    interchange.isTest ? 'T' : 'P',
    syntax.component,
  ];
  const fields = elements.map((value, index) => isaField(value, index, syntax));
  return `ISA${fields.join('')}${syntax.terminator}${syntax.lineBreak ?? ''}`;
}

/** ISA11 and ISA16 *are* separators; all others may not hold one. */
function isaField(value: string, index: number, syntax: Syntax): string {
  const width = isaWidths[index]!;
  const place = `ISA${String(index + 1).padStart(2, '0')}`;
  const isSeparator = index === 10 || index === 15;
  if (value.length > width) throw cannotEncode(`${quoted(value)} is longer than ${width}`, place);
  if (!isSeparator) guardFor({ ...syntax, inData: 'refuse' })(value, place);
  if (/[^\x00-\x7f]/.test(value)) throw cannotEncode(`${quoted(value)} is not ASCII`, place);
  return syntax.element + value.padEnd(width);
}

function groupText(group: GroupData, interchange: InterchangeData, write: Write): string {
  const { date, time } = dateAndTime(interchange.preparedAt);
  const { functionalId, sender, receiver, control, version } = group;
  const where = `GS ${control}`;
  const messages = group.messages.filter((message) => !isAlone(message));
  const header = [functionalId, sender, receiver, date, time, control, 'X', version];
  return [
    write('GS', header, where),
    ...messages.map((message) => messageText(message, write)),
    write('GE', [String(messages.length), control], where),
  ].join('');
}

function messageText(message: MessageData, write: Write): string {
  const { type, control } = message;
  const where = `${type.name} ${control}`;
  const segments = contentSegments(message).length + 2;
  return [
    write('ST', [type.name, control, guideOf(type)], where),
    bodyText(message, write),
    write('SE', [String(segments), control], where),
  ].join('');
}

/** ST03 from 005010 on: version and guide of a set that follows one (X12.5). */
const guideOf = ({ version, association = '' }: MessageType): string =>
  version >= '005010' && /^X\d/.test(association) ? `${version}${association}` : '';

function bodyText(message: MessageData, write: Write): string {
  const where = `${message.type.name} ${message.control}`;
  return contentSegments(message)
    .map((segment) => write(segment.tag, segment.elements, where))
    .join('');
}
