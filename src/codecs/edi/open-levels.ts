/** The levels that are open while reading, and what is said of them when they end. */
import type { CodecEvent, DecodeLimits } from '../../model/codec.ts';
import type { GroupEnvelope, InterchangeEnvelope } from '../../model/envelope.ts';
import type { Place } from '../../model/finding.ts';
import type { MessageType } from '../../model/message.ts';
import type { EnvelopeFault } from './dialect.ts';
import { cut, Faults, fault } from './faults.ts';

export interface OpenLevel {
  /** `ISA 000000001`, `GS 1`, `ST 0001`: how places below it begin. */
  readonly name: string;
  readonly control: string;
  readonly start: number;
  readonly faults: Faults;
  messages: number;
  /** Segments that belong to no message: how many, and where. */
  strays: number;
  strayStart: number;
  strayEnd: number;
  /** Trailers just below it whose headers are missing. */
  lost: number;
  /** What is just below it and has no trailer. */
  cut: number;
  /** Its trailer counts what has lost its header. */
  isLossCounted: boolean;
}
export interface OpenInterchange extends OpenLevel {
  readonly envelope: InterchangeEnvelope;
  /** False: messages came without UNB, so none can have a trailer. */
  readonly hasHeader: boolean;
  groups: number;
  /** A message stood in no group, where it has to. */
  isGroupless: boolean;
}
export interface OpenGroup extends OpenLevel {
  readonly envelope: GroupEnvelope;
}
export interface OpenMessage extends OpenLevel {
  readonly type: MessageType;
  /** Number of its header in the index. */
  readonly first: number;
  segments: number;
  /** Set when it is larger than it may be: its header's bytes, all that is kept of it. */
  header: Uint8Array | undefined;
}

export type Ending = 'trailer' | 'trailer-missing' | 'truncated';

export function openLevel(
  tag: string,
  control: string,
  start: number,
  limits: DecodeLimits,
): OpenLevel {
  return {
    name: `${tag} ${cut(control, 40)}`.trimEnd(),
    control,
    start,
    faults: new Faults(limits.messageFindings),
    messages: 0,
    strays: 0,
    strayStart: 0,
    strayEnd: 0,
    lost: 0,
    cut: 0,
    isLossCounted: false,
  };
}

export const groupEnd = (
  { envelope: group, messages, faults }: OpenGroup,
  counted: number | undefined,
  end: number,
): CodecEvent => ({ is: 'groupEnd', group, messages, counted, end, findings: faults.all() });

/** Segments that belong to no message stand from here to there. */
export function addStrays(level: OpenLevel, start: number, end: number, count: number): void {
  if (level.strays === 0) level.strayStart = start;
  level.strays += count;
  level.strayEnd = end;
}

/** What a damaged header says is not judged beyond that. */
export const isSound = (hasHeader: boolean, faults: readonly EnvelopeFault[]): boolean =>
  hasHeader && faults.every((it) => typeof it !== 'string');

export const inMessage = ({ name, control, start }: OpenMessage): Place => ({
  path: name,
  message: control,
  start,
});

export function tellDamage(level: OpenLevel, what: EnvelopeFault): void {
  const place = { path: level.name, start: level.start };
  const finding =
    typeof what === 'string'
      ? fault('envelope-damaged', place, what)
      : fault('envelope-damaged', place, what.warning, { severity: 'warning' });
  level.faults.add(finding);
}

/** The segment was counted, so it is the message's last. */
export function tellBadTag(message: OpenMessage, tag: string, start: number): void {
  const value = cut(tag, 40);
  const text = `Segment ${message.segments} begins with ${JSON.stringify(value)}, which is no tag.`;
  const place = { ...inMessage(message), segment: message.segments, start };
  message.faults.add(fault('segment-bad', place, text, { value }));
}

/** So many terminators, one after another, that end no segment. */
export function tellEmpty(message: OpenMessage, start: number, count: number): void {
  for (let one = 0; one < count; one++) {
    if (message.faults.isFull) {
      message.faults.leaveOut(count - one);
      return;
    }
    const place = { ...inMessage(message), segment: message.segments + 1, start: start + one };
    message.faults.add(fault('segment-bad', place, 'There is a terminator without a segment.'));
  }
}

/** The segment is not counted yet. */
export function tellBadLength(message: OpenMessage, start: number): void {
  const segment = message.segments + 1;
  const what = `Segment ${segment} tells the length of its data, and no terminator follows so many`;
  const text = `${what} bytes; it was read up to the next one.`;
  message.faults.add(fault('segment-bad', { ...inMessage(message), segment, start }, text));
}

/** `end` is where the message ends so far. */
export const isTooLarge = (
  message: OpenMessage,
  end: number,
  { messageBytes, treeNodes }: DecodeLimits,
): boolean => end - message.start > messageBytes || message.segments > treeNodes;

export function tellTooLarge(message: OpenMessage, limits: DecodeLimits): void {
  const { messageBytes, treeNodes } = limits;
  const bound = `${messageBytes} bytes or ${treeNodes} segments`;
  const text = `The message is larger than ${bound}; it is not read.`;
  message.faults.addFirst(fault('message-too-large', inMessage(message), text));
}

/** Told once of an interchange: what holds its messages is missing, not each of them wrong. */
export function tellGroupless(level: OpenInterchange, tag: string, start: number): void {
  if (level.isGroupless) return;
  level.isGroupless = true;
  const text = 'Messages stand in no functional group: there is no GS before them.';
  level.faults.add(fault('envelope-damaged', { path: `${level.name} / ${tag}`, tag, start }, text));
}
