/** Messages to a whole EDIFACT interchange: UNA, UNB/UNZ, UNG/UNE, UNH/UNT, counts, numbers. */
import {
  type GroupData,
  type InterchangeData,
  type MessageData,
  type PartyId,
  parseSyntaxVersion,
  type Syntax,
} from '../../model/envelope.ts';
import type { ElementData, MessageType } from '../../model/message.ts';
import { type Charset, findCharset } from '../edi/charset.ts';
import {
  cannotEncode,
  checkSeparators,
  contentSegments,
  dateAndTime,
  segmentText,
} from '../edi/segment-text.ts';
import { guardFor } from './guard.ts';
import { checkHeaderLengths } from './header-lengths.ts';

type Write = (tag: string, elements: readonly ElementData[], where: string) => string;

/** UNA is always written: it costs nine bytes and leaves no doubt about the decimal mark. */
export function encodeEdifact(interchange: InterchangeData): Uint8Array {
  const { syntax, control, terms } = interchange;
  checkSeparators(syntax);
  checkHeaderLengths(interchange);
  const charset = charsetOf(syntax);
  const guard = guardFor(syntax, charset);
  const write: Write = (tag, elements, where) =>
    segmentText({ tag, elements }, syntax, guard, where);
  const parts =
    terms?.groups === true
      ? interchange.groups.map((group) => groupText(group, interchange, write))
      : interchange.groups.flatMap(({ messages }) =>
          messages.map((message) => messageText(message, interchange, write)),
        );
  const text = [
    unaText(syntax),
    write('UNB', unbElements(interchange), `UNB ${control}`),
    ...parts,
    write('UNZ', [String(parts.length), control], `UNB ${control}`),
  ].join('');
  return charset.encode(text);
}

function charsetOf({ charset }: Syntax): Charset {
  const found = findCharset(charset);
  if (found === undefined) throw cannotEncode(`unknown charset ${charset}`, 'syntax');
  return found;
}

function unaText(syntax: Syntax): string {
  const { component, element, decimalMark, terminator } = syntax;
  const reserved = syntax.repetition ?? ' ';
  const separators = component + element + decimalMark + (syntax.release ?? ' ') + reserved;
  return `UNA${separators}${terminator}${syntax.lineBreak ?? ''}`;
}

function unbElements(interchange: InterchangeData): readonly ElementData[] {
  const { syntax, sender, receiver, control, terms = {} } = interchange;
  return [
    syntaxIdentifier(syntax),
    party(sender),
    party(receiver),
    preparation(interchange),
    control,
    '',
    terms.applicationReference ?? '',
    terms.priority ?? '',
    interchange.wantsAcknowledgement ? '1' : '',
    terms.agreementId ?? '',
    interchange.isTest ? '1' : '',
  ];
}

const isSyntax4 = ({ version }: Syntax): boolean => parseSyntaxVersion(version) >= 4;

/** S001; only syntax 4 names the code list directory and the encoding. */
const syntaxIdentifier = (syntax: Syntax): readonly string[] =>
  isSyntax4(syntax)
    ? [syntax.charset, syntax.version, syntax.directory ?? '', syntax.encoding ?? '']
    : [syntax.charset, syntax.version];

/** S004: the year has four digits from syntax 4 on. */
function preparation({ syntax, preparedAt }: InterchangeData): readonly string[] {
  const { date, time } = dateAndTime(preparedAt);
  return [isSyntax4(syntax) ? date : date.slice(2), time];
}

const party = ({ id, qualifier, internal = [] }: PartyId): readonly string[] => [
  id,
  qualifier,
  ...internal,
];

/** UNG names the type of its messages: all of them have the same (ISO 9735 §6.4). */
function groupText(group: GroupData, interchange: InterchangeData, write: Write): string {
  const { control, messages, senderQualifier = '', receiverQualifier = '' } = group;
  const where = `UNG ${control}`;
  const type = messages[0]?.type;
  const [name = '', version = '', release = '', agency = '', association = ''] =
    type === undefined ? [] : identifier(type);
  const elements = [
    name,
    [group.sender, senderQualifier],
    [group.receiver, receiverQualifier],
    preparation(interchange),
    control,
    agency,
    [version, release, association],
  ];
  return [
    write('UNG', elements, where),
    ...messages.map((message) => messageText(message, interchange, write)),
    write('UNE', [String(messages.length), control], where),
  ].join('');
}

function messageText(message: MessageData, { terms }: InterchangeData, write: Write): string {
  const { type, control } = message;
  const where = `${type.name} ${control}`;
  const segments = contentSegments(message);
  return [
    write('UNH', [control, identifier(type), terms?.accessReference ?? ''], where),
    ...segments.map((segment) => write(segment.tag, segment.elements, where)),
    write('UNT', [String(segments.length + 2), control], where),
  ].join('');
}

/** S009: the directory `D96A` is version D, release 96A. */
function identifier(type: MessageType): readonly string[] {
  const { name, version, association = '' } = type;
  return [name, version.slice(0, 1), version.slice(1), 'UN', association];
}
