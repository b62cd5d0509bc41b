/** EDIFACT levels: UNB/UNZ, UNG/UNE (optional), UNH/UNT. */
import type { GroupEnvelope, InterchangeEnvelope, PartyId, Syntax } from '../../model/envelope.ts';
import type { MessageType, Segments } from '../../model/message.ts';
import type { Dialect, SegmentKind } from '../edi/dialect.ts';
import { checkSyntax } from './check-syntax.ts';
import { openEdifact } from './una.ts';

const tags = {
  interchange: 'UNB',
  group: 'UNG',
  message: 'UNH',
  messageEnd: 'UNT',
  groupEnd: 'UNE',
  interchangeEnd: 'UNZ',
} as const;

export const edifactDialect: Dialect = {
  name: 'edifact',
  kinds: new Map<string, SegmentKind>([
    ...Object.entries(tags).map(([kind, tag]) => [tag, kind as SegmentKind] as const),
    ['UNA', 'interchange'],
  ]),
  binary: new Map(),
  tag: /^[A-Z0-9]{3}$/,
  tags: { ...tags, alone: '' },
  control: { message: 1 },
  hasNumericControls: false,
  needsGroups: false,
  open: openEdifact,
  openAnew,
  checkSyntax,
  envelope,
  group,
  messageType,
};

/** UNA and the line ends after it, and the first characters of UNB. */
const headCharacters = 40;

/** `UNB+UNO`, with the UNA before it: inside data its `+` would be released. */
function openAnew(text: string, from: number, isLast: boolean) {
  for (let at = text.indexOf('UNB', from); at >= 0; at = text.indexOf('UNB', at + 3)) {
    const una = unaBefore(text, from, at);
    const isMarked = una >= 0 || text[at + 3] === '+' || text[at + 3] === '\x1d';
    if (isMarked && text.startsWith('UNO', at + 4)) {
      return { at: una < 0 ? at : una, isUnsure: false };
    }
  }
  if (isLast) return undefined;
  const tail = Math.max(from, text.length - headCharacters);
  const unsure = text.slice(tail).search(/UN[AB]|UN?$/);
  return unsure < 0 ? undefined : { at: tail + unsure, isUnsure: true };
}

function unaBefore(text: string, from: number, at: number): number {
  const start = Math.max(from, at - headCharacters);
  const una = start + text.slice(start, at).search(/UNA[^A-Za-z0-9]{6}\s*$/);
  return una < start ? -1 : una;
}

function envelope(header: Segments, syntax: Syntax, start: number): InterchangeEnvelope {
  const unb = (element: number, component: number) => header.value(0, element, component).trim();
  return {
    standard: 'edifact',
    control: unb(5, 1),
    sender: party(unb, 2),
    receiver: party(unb, 3),
    preparedAt: `${unb(4, 1)} ${unb(4, 2)}`.trim(),
    isTest: !['', '0'].includes(unb(11, 1)),
    wantsAcknowledgement: ['1', '2'].includes(unb(9, 1)),
    syntax,
    start,
  };
}

/** S002 or S003; what stands behind the qualifier only where there is any. */
function party(unb: (element: number, component: number) => string, element: number): PartyId {
  const found = { qualifier: unb(element, 2), id: unb(element, 1) };
  const internal = [unb(element, 3), unb(element, 4)];
  return internal.every((it) => it === '') ? found : { ...found, internal };
}

function group(header: Segments): Omit<GroupEnvelope, 'start'> {
  const ung = (element: number, component: number) => header.value(0, element, component).trim();
  const [senderQualifier, receiverQualifier] = [ung(2, 2), ung(3, 2)];
  return {
    functionalId: ung(1, 1),
    sender: ung(2, 1),
    receiver: ung(3, 1),
    ...(senderQualifier === '' ? {} : { senderQualifier }),
    ...(receiverQualifier === '' ? {} : { receiverQualifier }),
    preparedAt: `${ung(4, 1)} ${ung(4, 2)}`.trim(),
    control: ung(5, 1),
    version: `${ung(7, 1)}${ung(7, 2)}${ung(7, 3)}`,
  };
}

/** UNH S009: name, version 0052, release 0054, agency, association 0057. */
function messageType(header: Segments): MessageType {
  const s009 = (component: number): string => header.value(0, 2, component).trim();
  const type = { standard: 'edifact', version: `${s009(2)}${s009(3)}`, name: s009(1) };
  const association = s009(5);
  return association === '' ? type : { ...type, association };
}
