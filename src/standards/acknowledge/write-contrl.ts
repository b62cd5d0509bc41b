/**
 * Writes the EDIFACT CONTRL of one interchange: of syntax 3 (ISO 9735, CONTRL D:3) or of syntax 4
 * (ISO 9735-4, CONTRL 4:1). A level is acknowledged with all that is below it, unless that says
 * otherwise; there is no "with errors", and each level carries one error only.
 */
import { type PartyId, parseSyntaxVersion } from '../../model/envelope.ts';
import { type Finding, isError } from '../../model/finding.ts';
import type { ContentData, ElementData, MessageType, SegmentData } from '../../model/message.ts';
import { contrlGap } from './contrl-gap.ts';
import { elementPlace, segmentNotes } from './contrl-notes.ts';
import { acknowledgedAs } from './error-codes.ts';
import { identifierOf } from './message-identifier.ts';
import type {
  AcknowledgeOptions,
  GroupReport,
  InterchangeOutcome,
  MessageOutcome,
} from './outcome.ts';
import { segment } from './segment-data.ts';

/** 0083. */
const rejected = '4';
const acknowledged = '7';
const received = '8';

export interface ContrlOptions extends AcknowledgeOptions {
  /** Only says that the interchange has arrived (action 8): its content is not judged yet. */
  readonly receiptOnly?: boolean;
}

/** The CONTRL that answers an interchange of this syntax version (S001 0002). */
export const contrlType = (syntaxVersion: string): MessageType => ({
  standard: 'edifact',
  version: parseSyntaxVersion(syntaxVersion) >= 4 ? '41' : 'D3',
  name: 'CONTRL',
});

/**
 * Without UNH and UNT: the codec adds them. Undefined where the interchange lacks what CONTRL must
 * copy, which `contrlGap` names: its sender has to be told by another way.
 */
export function writeContrl(
  interchange: InterchangeOutcome,
  options: ContrlOptions = {},
): ContentData | undefined {
  if (contrlGap(interchange, options) !== undefined) return undefined;
  const writing = { ...options, hasOccurrences: parseSyntaxVersion(interchange.syntax) >= 4 };
  const segments = [interchangeResponse(interchange, writing)];
  if (options.receiptOnly !== true && !interchange.isRejected) {
    for (const message of interchange.messages) segments.push(...messageResponse(message, writing));
    for (const group of interchange.groups ?? []) segments.push(...groupResponse(group, writing));
  }
  return { form: 'segments', segments };
}

interface Writing extends ContrlOptions {
  readonly hasOccurrences: boolean;
}

/** UCI. */
function interchangeResponse(interchange: InterchangeOutcome, writing: Writing): SegmentData {
  const { control, sender, receiver, isRejected, findings } = interchange;
  const action = writing.receiptOnly ? received : isRejected ? rejected : acknowledged;
  const reason = action === rejected ? levelError(findings, writing) : [];
  const parties = [partyOf(sender, writing), partyOf(receiver, writing)];
  return segment('UCI', control, ...parties, action, ...reason);
}

/** Before syntax 4 there is one internal id, of 14 characters; it is not mandatory. */
function partyOf(party: PartyId, { hasOccurrences }: Writing): readonly string[] {
  const { id, qualifier, internal = [] } = party;
  const copied = internal.slice(0, hasOccurrences ? 2 : 1);
  const charactersMax = hasOccurrences ? 35 : 14;
  return [id, qualifier, ...copied.filter((it) => it.length <= charactersMax)];
}

/** UCF, and below it what is to be said of its messages. */
function groupResponse(group: GroupReport, writing: Writing): readonly SegmentData[] {
  const { control, sender, receiver, isRejected, findings } = group;
  const head = [control, partyOf(sender, writing), partyOf(receiver, writing)];
  if (isRejected) {
    return [segment('UCF', ...head, rejected, ...levelError(findings, writing))];
  }
  const notes = [...group.messages].flatMap((message) => messageResponse(message, writing));
  if (writing.omitAccepted === true && notes.length === 0) return [];
  return [segment('UCF', ...head, acknowledged), ...notes];
}

function messageResponse(message: MessageOutcome, writing: Writing): readonly SegmentData[] {
  if (message.state === 'rejected') return rejection(message, writing);
  if (writing.omitAccepted === true) return [];
  return [segment('UCM', ...messageHead(message, writing), acknowledged)];
}

/** 0062 and S009, of which syntax 4 has two more components. */
const messageHead = (
  message: MessageOutcome,
  { hasOccurrences }: Writing,
): readonly ElementData[] => [
  message.control,
  identifierOf(message).slice(0, hasOccurrences ? 7 : 5),
];

/** UCM with its own error, or with UCS and UCD below it. */
function rejection(message: MessageOutcome, writing: Writing): readonly SegmentData[] {
  const errors = message.findings.filter(isError);
  const ofBody = errors.filter((it) => !isOfService(it));
  const isBrief = writing.detail === 'verdict';
  const notes = isBrief ? [] : segmentNotes(ofBody, writing.hasOccurrences);
  const reason = notes.length > 0 ? [] : levelError(errors, writing);
  return [segment('UCM', ...messageHead(message, writing), rejected, ...reason), ...notes];
}

/**
 * 0085, and 0013 (in syntax 4: 0135) and S011 where the fault is in a service segment: the first
 * that has a code. A rejection has a reason: 18 where none has one.
 */
function levelError(
  findings: readonly Finding[],
  { hasOccurrences }: Writing,
): readonly ElementData[] {
  for (const finding of findings.filter(isError)) {
    const code = acknowledgedAs[finding.code]?.syntax;
    if (code === undefined) continue;
    const place = servicePlaceOf(finding);
    return isOfService({ place })
      ? [code, place.tag ?? '', elementPlace({ place }, hasOccurrences)]
      : [code];
  }
  return ['18'];
}

/** Faults of header and trailer are told by UCI, UCF and UCM themselves, others by UCS and UCD. */
const isOfService = ({ place }: Pick<Finding, 'place'>): boolean =>
  serviceTags.has(place.tag ?? '');
const serviceTags: ReadonlySet<string> = new Set(['UNB', 'UNG', 'UNH', 'UNT', 'UNE', 'UNZ']);

/** What was judged of a whole level has the element that it was judged by. */
const servicePlaceOf = ({ code, place }: Finding): Pick<Finding, 'place'>['place'] =>
  place.tag === undefined && Object.hasOwn(judgedBy, code)
    ? { ...place, ...judgedBy[code as keyof typeof judgedBy] }
    : place;
const judgedBy = {
  'sender-unknown': { tag: 'UNB', element: 2 },
  'sender-not-allowed': { tag: 'UNB', element: 2 },
  'receiver-unknown': { tag: 'UNB', element: 3 },
} as const;
