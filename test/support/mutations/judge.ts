/** Reads a mutant as the hub would: its findings, and the acknowledgement of it. */
import type { CodecEvent } from '../../../src/model/codec.ts';
import type { InterchangeEnvelope, Syntax } from '../../../src/model/envelope.ts';
import { type Finding, isError } from '../../../src/model/finding.ts';
import type { ContentData, MessageType, SegmentData } from '../../../src/model/message.ts';
import { interchangeVerdict } from '../../../src/standards/acknowledge/interchange-notes.ts';
import type { GroupReport, MessageOutcome } from '../../../src/standards/acknowledge/outcome.ts';
import { contrlType, writeContrl } from '../../../src/standards/acknowledge/write-contrl.ts';
import { write997, write999 } from '../../../src/standards/acknowledge/write-functional.ts';
import { writeTa1 } from '../../../src/standards/acknowledge/write-ta1.ts';
import { checkMessage } from '../../../src/standards/check.ts';
import type { MessageDefinition } from '../../../src/standards/definition.ts';
import { checkInterchangeHeader } from '../../../src/standards/envelope/check-envelope.ts';
import { strictPolicy } from '../../../src/standards/policy.ts';
import { edifactSyntax, envelope } from '../../../src/standards/sample/interchange.ts';
import { decodeEdi, standards } from '../check-file.ts';
import { allFindings, encode } from '../samples.ts';
import type { EnvelopeForm, Mutant } from './sample.ts';

export interface Judged {
  readonly findings: readonly Finding[];
  /** X12: the TA1 that rejects, or else the 997 and the 999; EDIFACT: the CONTRL. */
  readonly acknowledgements: readonly (readonly SegmentData[])[];
  /** What our own reader finds in them. */
  readonly faultsOfThem: readonly Finding[];
}

export function judge(mutant: Mutant, definition: MessageDefinition, form: EnvelopeForm): Judged {
  const read = readAll(bytesOf(mutant, definition, form), definition);
  const answers = definition.type.standard === 'x12' ? answersOfX12(read) : [contrl(read, form)];
  return {
    findings: read.findings,
    acknowledgements: answers.map(({ segments }) => segments),
    faultsOfThem: answers.flatMap((it) => faultsOf(it, form)),
  };
}

function bytesOf(
  { segments, edit }: Mutant,
  definition: MessageDefinition,
  form: EnvelopeForm,
): Uint8Array {
  const terms = { groups: form.isGrouped };
  const bytes = encode({ ...envelope(definition, [segments], syntaxOf(form)), terms });
  if (edit === undefined) return bytes;
  const terminator = definition.type.standard === 'x12' ? '~' : "'";
  const texts = Buffer.from(bytes).toString('latin1').split(terminator);
  return Buffer.from(edit(texts).join(terminator), 'latin1');
}

/** Undefined: the one that the definition has by itself. */
const syntaxOf = ({ isSyntax4 }: EnvelopeForm): Syntax | undefined =>
  isSyntax4 ? { ...edifactSyntax, version: '4', repetition: '*' } : undefined;

interface Read {
  readonly findings: Finding[];
  readonly messages: MessageOutcome[];
  readonly ofGroup: Finding[];
  readonly ofInterchange: Finding[];
  counted: number | undefined;
  functionalId: string;
  envelope: InterchangeEnvelope | undefined;
}

function readAll(bytes: Uint8Array, definition: MessageDefinition): Read {
  const read: Read = {
    ...{ findings: [], messages: [], ofGroup: [], ofInterchange: [] },
    ...{ counted: undefined, functionalId: definition.functionalId, envelope: undefined },
  };
  decodeEdi(bytes, (event) => take(read, event, definition));
  return read;
}

function take(read: Read, event: CodecEvent, definition: MessageDefinition): void {
  if (event.is === 'group') return;
  if (event.is === 'interchange') {
    read.envelope = event.envelope;
    read.ofInterchange.push(...checkInterchangeHeader(event.header, event.envelope, strictPolicy));
    read.findings.push(...read.ofInterchange);
    return;
  }
  const found = [...event.findings];
  if (event.is === 'message') {
    const { message } = event;
    found.push(...checkMessage(message, definition, strictPolicy).findings);
    const { type, control } = message;
    const state = found.some(isError) ? 'rejected' : 'accepted';
    read.messages.push({ type: { ...type }, control, state, findings: found });
  }
  if (event.is === 'groupEnd') {
    read.counted = event.counted;
    read.ofGroup.push(...found);
  }
  if (event.is === 'interchangeEnd') read.ofInterchange.push(...found);
  read.findings.push(...found);
}

interface Answer {
  readonly type: MessageType;
  readonly segments: readonly SegmentData[];
}

const answer = (type: MessageType, content: ContentData): Answer => ({
  type,
  segments: content.form === 'segments' ? content.segments : [],
});

/** A rejected interchange has no 997. A fault of the group rejects its messages, as in the hub. */
function answersOfX12(read: Read): readonly Answer[] {
  const { envelope, ofGroup, ofInterchange, functionalId, counted } = read;
  const version = read.messages[0]?.type.version ?? '004010';
  const verdict = interchangeVerdict(ofInterchange);
  const type = (name: string): MessageType => ({ standard: 'x12', version, name });
  // ISA12 has five digits of the version.
  const ofIsa = { ...type('TA1'), version: `${version.slice(0, 5)}0` };
  if (verdict.code === 'R') return [answer(ofIsa, writeTa1(envelope!, verdict))];
  const messages = ofGroup.some(isError)
    ? read.messages.map((it): MessageOutcome => ({ ...it, state: 'rejected', isOverruled: true }))
    : read.messages;
  const group = { functionalId, control: '1', counted, messages, findings: ofGroup, version };
  const later = version >= '005010' ? version : '005010';
  return [
    answer(type('997'), write997(group, { standards })),
    answer({ ...type('999'), version: later }, write999(group, { standards })),
  ];
}

function contrl(read: Read, { isSyntax4, isGrouped }: EnvelopeForm): Answer {
  const { messages, ofGroup, ofInterchange } = read;
  const group: GroupReport = {
    control: '1',
    sender: { qualifier: '', id: 'SENDER' },
    receiver: { qualifier: '', id: 'RECEIVER' },
    isRejected: ofGroup.some(isError),
    messages,
    findings: ofGroup,
  };
  const syntax = isSyntax4 ? '4' : '3';
  const content = writeContrl({
    control: '1',
    sender: { qualifier: '14', id: '4000000000006' },
    receiver: { qualifier: '14', id: '4999999000000' },
    syntax,
    isRejected: ofInterchange.some(isError),
    messages: isGrouped ? [] : messages,
    groups: isGrouped ? [group] : [],
    findings: ofInterchange,
  })!;
  return answer(contrlType(syntax), content);
}

/** An acknowledgement is a message too, and has to be clean. */
function faultsOf({ type, segments }: Answer, form: EnvelopeForm): readonly Finding[] {
  const { definition } = standards.find(type)!;
  const slot = definition.root;
  const own = segments.map((it) => ({ ...it, slot }));
  return allFindings(encode(envelope(definition, [own], syntaxOf(form))), definition);
}
