/** Reads a mutant as the hub would: its findings, and the acknowledgement of it. */
import type { CodecEvent } from '../../../src/model/codec.ts';
import type { Syntax } from '../../../src/model/envelope.ts';
import { type Finding, isError } from '../../../src/model/finding.ts';
import type { ContentData, SegmentData } from '../../../src/model/message.ts';
import type {
  GroupOutcome,
  GroupReport,
  MessageOutcome,
} from '../../../src/standards/acknowledge/outcome.ts';
import { write997 } from '../../../src/standards/acknowledge/write-997.ts';
import { contrlType, writeContrl } from '../../../src/standards/acknowledge/write-contrl.ts';
import { checkMessage } from '../../../src/standards/check.ts';
import type { MessageDefinition } from '../../../src/standards/definition.ts';
import { strictPolicy } from '../../../src/standards/policy.ts';
import { edifactSyntax, envelope } from '../../../src/standards/sample/interchange.ts';
import { decodeEdi, standards } from '../check-file.ts';
import { allFindings, encode } from '../samples.ts';
import type { EnvelopeForm, Mutant } from './sample.ts';

export interface Judged {
  readonly findings: readonly Finding[];
  readonly acknowledgement: readonly SegmentData[];
  /** What our own reader finds in the acknowledgement. */
  readonly faultsOfIt: readonly Finding[];
}

export function judge(mutant: Mutant, definition: MessageDefinition, form: EnvelopeForm): Judged {
  const read = readAll(bytesOf(mutant, definition, form), definition);
  const content = definition.type.standard === 'x12' ? functional(read) : contrl(read, form);
  return {
    findings: read.findings,
    acknowledgement: content.form === 'segments' ? content.segments : [],
    faultsOfIt: faultsOf(content, definition, form),
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
}

function readAll(bytes: Uint8Array, definition: MessageDefinition): Read {
  const read: Read = {
    ...{ findings: [], messages: [], ofGroup: [], ofInterchange: [] },
    ...{ counted: undefined, functionalId: definition.functionalId },
  };
  decodeEdi(bytes, (event) => take(read, event, definition));
  return read;
}

function take(read: Read, event: CodecEvent, definition: MessageDefinition): void {
  if (event.is === 'interchange' || event.is === 'group') return;
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

/** A fault of the group rejects its messages, as in the hub. */
function functional(read: Read): ContentData {
  const isBad = [...read.ofGroup, ...read.ofInterchange].some(isError);
  const messages = isBad
    ? read.messages.map((it): MessageOutcome => ({ ...it, state: 'rejected' }))
    : read.messages;
  const group: GroupOutcome = {
    ...{ functionalId: read.functionalId, control: '1', counted: read.counted, messages },
    findings: read.ofGroup,
  };
  return write997(group, { standards });
}

function contrl(read: Read, { isSyntax4, isGrouped }: EnvelopeForm): ContentData {
  const { messages, ofGroup, ofInterchange } = read;
  const group: GroupReport = {
    control: '1',
    sender: { qualifier: '', id: 'SENDER' },
    receiver: { qualifier: '', id: 'RECEIVER' },
    isRejected: ofGroup.some(isError),
    messages,
    findings: ofGroup,
  };
  return writeContrl({
    control: '1',
    sender: { qualifier: '14', id: '4000000000006' },
    receiver: { qualifier: '14', id: '4999999000000' },
    syntax: isSyntax4 ? '4' : '3',
    isRejected: ofInterchange.some(isError),
    messages: isGrouped ? [] : messages,
    groups: isGrouped ? [group] : [],
    findings: ofInterchange,
  })!;
}

/** An acknowledgement is a message too, and has to be clean. */
function faultsOf(
  content: ContentData,
  { type }: MessageDefinition,
  form: EnvelopeForm,
): readonly Finding[] {
  const isX12 = type.standard === 'x12';
  const answer = isX12 ? { ...type, name: '997' } : contrlType(form.isSyntax4 ? '4' : '3');
  const { definition } = standards.find(answer)!;
  if (content.form !== 'segments') return [];
  const slot = definition.root;
  const segments = content.segments.map((it) => ({ ...it, slot }));
  return allFindings(encode(envelope(definition, [segments], syntaxOf(form))), definition);
}
