/** The levels that are open while reading, and what is said of them when they end. */
import type { DecodeLimits } from '../../model/codec.ts';
import type { GroupEnvelope, InterchangeEnvelope } from '../../model/envelope.ts';
import type { Place } from '../../model/finding.ts';
import type { MessageType, Segments } from '../../model/message.ts';
import type { Dialect, EnvelopeFault } from './dialect.ts';
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
}
export interface OpenInterchange extends OpenLevel {
  readonly envelope: InterchangeEnvelope;
  /** False: messages came without UNB, so none can have a trailer. */
  readonly hasHeader: boolean;
  groups: number;
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
  };
}

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

/** The place is that of the trailer that should be there: of a message, the segment after its last. */
export function tellMissing(
  level: OpenLevel | OpenMessage,
  ending: Ending,
  tag: string,
  at: number,
): void {
  if (ending === 'trailer') return;
  const why = ending === 'truncated' ? 'the bytes end' : 'something else begins';
  const inside = 'segments' in level ? { ...inMessage(level), segment: level.segments + 1 } : {};
  const place = { ...inside, path: `${level.name} / ${tag}`, tag, start: at };
  level.faults.add(fault(ending, place, `${level.name} has no ${tag} before ${why}.`));
}

export function tellUnterminated(level: OpenLevel, start: number, end: number): void {
  const text = 'The last segment has no terminator; it was read to the end of the bytes.';
  const place = { path: level.name, start, end };
  level.faults.add(fault('truncated', place, text, { severity: 'warning' }));
}

export function tellStrays(level: OpenLevel): void {
  if (level.strays === 0) return;
  const place = { path: level.name, start: level.strayStart, end: level.strayEnd };
  const text = `Segments that stand between the messages and belong to none: ${level.strays}.`;
  level.faults.add(fault('bytes-outside', place, text));
}

const counted = {
  messageEnd: 'segments',
  groupEnd: 'messages',
  interchangeEnd: 'groups or messages',
} as const;
type TrailerKind = keyof typeof counted;

/** The one shape of all trailers: element 1 counts, element 2 repeats the control number. */
export function checkTrailer(
  dialect: Dialect,
  kind: TrailerKind,
  level: OpenLevel,
  there: number,
  trailer: Segments,
): number | undefined {
  const tag = dialect.tags[kind];
  const place = (element: number): Place => ({
    path: `${level.name} / ${tag} / ${tag}0${element}`,
    ...(kind === 'messageEnd' ? { message: level.control, segment: there } : {}),
    tag,
    element,
    ...trailer.range(0, element),
  });
  const count = trailer.value(0, 1);
  const number = /^\d{1,15}$/.test(count) ? Number(count) : undefined;
  if (number !== there) {
    const text = `${tag}01 counts ${quoted(count)} ${counted[kind]}; there are ${there}.`;
    level.faults.add(fault('count-wrong', place(1), text, { value: count }));
  }
  const control = trailer.value(0, 2);
  if (control !== level.control) {
    const isSame = isSameControl(dialect, kind, control, level.control);
    const text = `${tag}02 is ${quoted(control)}, but its header has ${quoted(level.control)}`;
    level.faults.add(
      isSame
        ? fault('control-differs', place(2), `${text}: the same number, written differently.`, {
            value: control,
            severity: 'warning',
          })
        : fault('control-differs', place(2), `${text}.`, { value: control }),
    );
  }
  return number;
}

const quoted = (text: string): string => JSON.stringify(cut(text));

/** Control numbers of X12 groups and interchanges are numbers (N0), all others are text. */
function isSameControl(
  dialect: Dialect,
  kind: TrailerKind,
  trailer: string,
  header: string,
): boolean {
  if (kind === 'messageEnd' || !dialect.hasNumericControls) return false;
  const isNumber = /^\d{1,15}$/;
  return isNumber.test(trailer) && isNumber.test(header) && Number(trailer) === Number(header);
}
