/** X12 levels: ISA/IEA, GS/GE, ST/SE, and TA1, which stands alone between ISA and GS. */
import type { GroupEnvelope, InterchangeEnvelope, Syntax } from '../../model/envelope.ts';
import type { MessageType, Segments } from '../../model/message.ts';
import type { Dialect, SegmentKind } from '../edi/dialect.ts';
import { openX12 } from './isa.ts';
import { isaCharacters, isFixedWidth, mayBeFixedWidth } from './isa-width.ts';

const tags = {
  interchange: 'ISA',
  group: 'GS',
  message: 'ST',
  messageEnd: 'SE',
  groupEnd: 'GE',
  interchangeEnd: 'IEA',
  alone: 'TA1',
} as const satisfies Record<SegmentKind, string>;

export const x12Dialect: Dialect = {
  name: 'x12',
  kinds: new Map(Object.entries(tags).map(([kind, tag]) => [tag, kind as SegmentKind])),
  binary: new Map([
    ['BIN', 1],
    ['BDS', 2],
  ]),
  tag: /^[A-Z0-9]{2,3}$/,
  tags,
  control: { message: 2 },
  hasNumericControls: true,
  needsGroups: true,
  open: openX12,
  openAnew,
  envelope,
  group,
  messageType,
};

/** An ISA of full width with all its separators in place is no accident. */
function openAnew(text: string, from: number, isLast: boolean) {
  for (let at = text.indexOf('ISA', from); at >= 0; at = text.indexOf('ISA', at + 3)) {
    const isCut = text.length - at < isaCharacters;
    if (isCut && !isLast && mayBeFixedWidth(text, at)) return { at, isUnsure: true };
    if (!isCut && isFixedWidth(text, at) && mayBeFixedWidth(text, at)) {
      return { at, isUnsure: false };
    }
  }
  return undefined;
}

function envelope(header: Segments, syntax: Syntax, start: number): InterchangeEnvelope {
  const isa = (element: number): string => header.value(0, element).trim();
  return {
    standard: 'x12',
    control: isa(13),
    sender: { qualifier: isa(5), id: isa(6) },
    receiver: { qualifier: isa(7), id: isa(8) },
    preparedAt: `${isa(9)} ${isa(10)}`.trim(),
    isTest: isa(15) === 'T',
    wantsAcknowledgement: isa(14) === '1',
    syntax,
    start,
  };
}

function group(header: Segments): Omit<GroupEnvelope, 'start'> {
  const gs = (element: number): string => header.value(0, element).trim();
  return {
    functionalId: gs(1),
    sender: gs(2),
    receiver: gs(3),
    preparedAt: `${gs(4)} ${gs(5)}`.trim(),
    control: gs(6),
    version: gs(8),
  };
}

/** GS08 is version, release and industry suffix: `004010VICS`. Else ST03 or ISA12 stand in. */
function messageType(
  header: Segments,
  found: GroupEnvelope | undefined,
  interchange: InterchangeEnvelope,
): MessageType {
  const isAlone = header.tag(0) === tags.alone;
  const convention = isAlone ? '' : header.value(0, 3);
  const declared = found?.version || convention || versionOf(interchange.syntax);
  const name = isAlone ? tags.alone : header.value(0, 1);
  const type = { standard: 'x12', version: declared.slice(0, 6), name };
  return declared.length > 6 ? { ...type, association: declared.slice(6) } : type;
}

/** ISA12 has five digits where GS08 has six. */
const versionOf = ({ version }: Syntax): string => (version === '' ? '' : `${version}0`);
