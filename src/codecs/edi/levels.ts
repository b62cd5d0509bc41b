/**
 * Segments to events: interchange, group and message are opened and closed here, and what their
 * headers and trailers say is compared with what was there. A level that is not closed by its
 * trailer is closed by whatever shows that it has ended, so that no neighbour suffers.
 */
import type { CodecEvent, DecodeLimits } from '../../model/codec.ts';
import type { Syntax } from '../../model/envelope.ts';
import type { Message } from '../../model/message.ts';
import { takeRun } from './body-run.ts';
import { type Characters, tellCharacters } from './character-faults.ts';
import type { Dialect, EnvelopeFault, SegmentKind } from './dialect.ts';
import { Faults } from './faults.ts';
import type { Junk } from './junk.ts';
import {
  addStrays,
  type Ending,
  groupEnd,
  isSound,
  isTooLarge,
  type OpenGroup,
  type OpenInterchange,
  type OpenLevel,
  type OpenMessage,
  openLevel,
  tellBadLength,
  tellBadTag,
  tellDamage,
  tellEmpty,
  tellGroupless,
  tellTooLarge,
} from './open-levels.ts';
import { tableOf } from './reread.ts';
import type { SegmentEnds } from './segment-ends.ts';
import { SegmentTable } from './segment-table.ts';
import type { Separators } from './separators.ts';
import { checkTrailer, tellMissing, tellStrays, tellUnterminated } from './trailers.ts';

export class Levels {
  readonly #dialect: Dialect;
  readonly #on: (event: CodecEvent) => void;
  readonly #limits: DecodeLimits;
  readonly #junk: Junk;
  /** The open message's segments, and those of the levels around it, one at a time. */
  readonly #ends: SegmentEnds;
  readonly #table: SegmentTable;
  readonly #single: SegmentTable;
  #bytes: Uint8Array = new Uint8Array(0);
  #base = 0;
  #isAscii = true;
  #interchange: OpenInterchange | undefined;
  #group: OpenGroup | undefined;
  #message: OpenMessage | undefined;
  #messageIndex = 0;

  constructor(
    dialect: Dialect,
    on: (event: CodecEvent) => void,
    limits: DecodeLimits,
    ends: SegmentEnds,
    junk: Junk,
  ) {
    this.#ends = ends;
    this.#table = new SegmentTable(ends);
    this.#single = new SegmentTable(ends);
    this.#dialect = dialect;
    this.#on = on;
    this.#limits = limits;
    this.#junk = junk;
  }

  useText(bytes: Uint8Array, text: string, base: number, isAscii: boolean): void {
    this.#bytes = bytes;
    this.#base = base;
    this.#isAscii = isAscii;
    this.#table.useText(bytes, text, base, isAscii);
    this.#single.useText(bytes, text, base, isAscii);
  }

  /** The syntax with which the bytes that follow are read. */
  useSyntax(syntax: Syntax): void {
    this.#table.useSyntax(syntax);
    this.#single.useSyntax(syntax);
  }

  /** A message is open whose segments are kept: their ends must not be forgotten. */
  get isReadingMessage(): boolean {
    return this.#message !== undefined && this.#message.header === undefined;
  }

  /**
   * Forgets the open message, to be read again with more bytes; tells where it begins. One that is
   * too large by what was read up to `at` is not read again.
   */
  rewind(at: number): number | undefined {
    const message = this.#message;
    if (message === undefined || this.#refuseLong(message, at)) return undefined;
    this.#message = undefined;
    this.#table.clear();
    return message.start - this.#base;
  }

  /** Blanks count too: whether the message was or is refused now. */
  #refuseLong(message: OpenMessage, at: number): boolean {
    const bytes = this.#base + at - message.start;
    if (message.header === undefined && bytes > this.#limits.messageBytes) this.#refuse(message);
    return message.header !== undefined;
  }

  /** The header, which may begin after the interchange, is the first segment, if there is one. */
  openInterchange(
    syntax: Syntax,
    at: number,
    header: number | undefined,
    faults: readonly EnvelopeFault[],
  ): void {
    this.#junk.flush();
    this.#single.clear();
    const hasHeader = header !== undefined;
    if (hasHeader) this.#one(0, header);
    const envelope = this.#dialect.envelope(this.#single, syntax, this.#base + at);
    const level = this.#level('interchange', envelope.control, at);
    this.#interchange = { ...level, envelope, hasHeader, groups: 0, isGroupless: false };
    for (const fault of faults) tellDamage(this.#interchange, fault);
    if (hasHeader) {
      this.#dialect.checkSyntax?.(level.faults, level.name, this.#single, syntax);
      tellCharacters(level, this.#characters(this.#single, this.#ends.endOf(0)));
    }
    const sound = isSound(hasHeader, faults) ? { header: this.#single } : {};
    this.#on({ is: 'interchange', envelope, ...sound });
  }

  /** Of a table's segments up to an offset. */
  #characters(segments: SegmentTable, past: number): Characters {
    const { syntax } = this.#interchange!.envelope;
    const start = segments.start(0);
    const bytes = this.#bytes.subarray(start - this.#base, past);
    return { bytes, start, segments, syntax, isAscii: this.#isAscii };
  }

  #level(kind: SegmentKind, control: string, start: number): OpenLevel {
    return openLevel(this.#dialect.tags[kind], control, this.#base + start, this.#limits);
  }

  #one(segment: number, start: number): SegmentTable {
    this.#single.clear();
    this.#single.add(segment, start);
    return this.#single;
  }

  /**
   * Takes ordinary segments of the open message one after another, up to the first about which
   * anything is special, and tells its number.
   */
  takeBody(separators: Separators, segment: number, at: number): number {
    const message = this.#message;
    if (message === undefined) return segment;
    const ends = this.#ends;
    const table = message.header === undefined ? this.#table : undefined;
    const { messageBytes, treeNodes } = this.#limits;
    const most = table === undefined ? ends.segments : segment + treeNodes - message.segments;
    const past = Math.min(ends.segments, most);
    const stop = table === undefined ? Infinity : message.start - this.#base + messageBytes;
    const taken = takeRun(ends, separators, table, { segment, at }, { past, stop });
    message.segments += taken - segment;
    return taken;
  }

  segment(
    kind: SegmentKind | undefined,
    segment: number,
    start: number,
    next: number,
    tag: string,
  ): void {
    if (kind === undefined) this.#body(segment, start, next, tag);
    else if (kind === 'message') this.#openMessage(segment, start, next);
    else if (kind === 'messageEnd') this.#endMessage(segment, start, next);
    else if (kind === 'group') this.#openGroup(segment, start);
    else if (kind === 'groupEnd') this.#endGroup(segment, start, next);
    else if (kind === 'interchangeEnd') this.#endInterchange(segment, start, next);
    else if (this.#message ?? this.#group) this.#body(segment, start, next, tag);
    else this.#alone(segment, start, next);
  }

  #body(segment: number, start: number, next: number, tag: string): void {
    const message = this.#message;
    if (message === undefined) {
      this.#stray(start, next);
      return;
    }
    message.segments++;
    if (!this.#dialect.tag.test(tag)) {
      tellBadTag(message, this.#one(segment, start).tag(0), this.#base + start);
    }
    this.#keep(message, segment, start, next);
  }

  #keep(message: OpenMessage, segment: number, start: number, next: number): void {
    if (message.header !== undefined) return;
    if (this.#isLarge(message, segment, next)) this.#refuse(message);
    else this.#table.add(segment, start);
  }

  #isLarge(message: OpenMessage, segment: number, next: number): boolean {
    if (message.header !== undefined) return false;
    if (segment - message.first > this.#limits.treeNodes) return true;
    return isTooLarge(message, this.#base + next, this.#limits);
  }

  /** Keeps the header only: `message-too-large`, content not read. */
  #refuse(message: OpenMessage): void {
    const end = this.#table.end(0) - this.#base;
    message.header = Uint8Array.from(this.#bytes.subarray(message.start - this.#base, end));
    tellTooLarge(message, this.#limits);
  }

  /** Nothing between terminators: no segments, so not counted as such; told where they stand. */
  empty(at: number, count: number, lastSegment: number): void {
    const message = this.#message;
    if (message === undefined) {
      this.#stray(at, at + count, count);
      return;
    }
    if (this.#isLarge(message, lastSegment, at + count)) this.#refuse(message);
    tellEmpty(message, this.#base + at, count);
  }

  /** Counted data that are not as long as their segment says. */
  badLength(start: number): void {
    if (this.#message !== undefined) tellBadLength(this.#message, this.#base + start);
  }

  /** A segment too large to be kept begins; its end is told by `droppedTo`. */
  oversizeSegment(start: number): void {
    const message = this.#message;
    if (message === undefined) this.#stray(start, start);
    else {
      message.segments++;
      if (message.header === undefined) this.#refuse(message);
    }
  }

  droppedTo(end: number): void {
    if (this.#message === undefined) this.#stray(end, end, 0);
  }

  #stray(start: number, next: number, count = 1): void {
    const level = this.#group ?? this.#interchange;
    if (level !== undefined) addStrays(level, this.#base + start, this.#base + next, count);
  }

  /** A header that another follows at once holds nothing: it is only in the way. */
  #dropLone(start: number): void {
    const lone = this.#message;
    if (lone === undefined || lone.segments > 1) return;
    this.#message = undefined;
    this.#stray(lone.start - this.#base, start);
  }

  #openMessage(segment: number, start: number, next: number): void {
    this.#dropLone(start);
    this.#closeMessage('trailer-missing', start);
    const { envelope, hasHeader } = this.#interchange!;
    this.#table.clear();
    this.#table.add(segment, start);
    const control = this.#table.value(0, this.#dialect.control.message);
    const type = this.#dialect.messageType(this.#table, this.#group?.envelope, envelope);
    const level = this.#level('message', control, start);
    this.#message = { ...level, type, first: segment, segments: 1, header: undefined };
    if (this.#group === undefined && this.#dialect.needsGroups && hasHeader) {
      tellGroupless(this.#interchange!, this.#dialect.tags.group, level.start);
    }
    if (this.#base + next - level.start > this.#limits.messageBytes) this.#refuse(this.#message);
  }

  #endMessage(segment: number, start: number, next: number): void {
    const message = this.#message;
    if (message === undefined) {
      (this.#group ?? this.#interchange!).lost++;
      this.#stray(start, next);
      return;
    }
    message.segments++;
    this.#keep(message, segment, start, next);
    checkTrailer(this.#dialect, 'messageEnd', message, message.segments, this.#one(segment, start));
    this.#closeMessage('trailer', next);
  }

  #closeMessage(ending: Ending, at: number): void {
    const message = this.#message;
    if (message === undefined) return;
    if (!this.#refuseLong(message, at)) tellCharacters(message, this.#characters(this.#table, at));
    this.#message = undefined;
    if (ending !== 'trailer') (this.#group ?? this.#interchange!).cut++;
    tellMissing(message, ending, this.#dialect.tags.messageEnd, this.#base + at);
    this.#emit(message, this.#contentOf(message), at);
    this.#table.clear();
  }

  #contentOf(message: OpenMessage): SegmentTable {
    if (message.header === undefined) return this.#table;
    return tableOf(message.header, this.#interchange!.envelope.syntax, message.start);
  }

  #emit(
    from: Pick<OpenMessage, 'type' | 'control' | 'start' | 'faults'>,
    segments: SegmentTable,
    end: number,
  ): void {
    const { type, control, start } = from;
    const content = { form: 'segments', segments } as const;
    const index = this.#messageIndex++;
    const message: Message = { type, control, index, start, end: this.#base + end, content };
    if (this.#group !== undefined) this.#group.messages++;
    this.#interchange!.messages++;
    this.#on({ is: 'message', message, findings: from.faults.all() });
  }

  /** TA1 stands between ISA and GS: a message of one segment, without a control number. */
  #alone(segment: number, start: number, next: number): void {
    this.#table.clear();
    this.#table.add(segment, start);
    const type = this.#dialect.messageType(this.#table, undefined, this.#interchange!.envelope);
    const faults = new Faults(this.#limits.messageFindings);
    this.#emit({ type, control: '', start: this.#base + start, faults }, this.#table, next);
    this.#table.clear();
  }

  #openGroup(segment: number, start: number): void {
    this.#closeGroup('trailer-missing', start);
    const header = this.#dialect.group(this.#one(segment, start));
    const envelope = { ...header, start: this.#base + start };
    this.#group = { ...this.#level('group', envelope.control, start), envelope };
    this.#interchange!.groups++;
    this.#on({ is: 'group', group: envelope, header: this.#single });
  }

  #endGroup(segment: number, start: number, next: number): void {
    this.#closeMessage('trailer-missing', start);
    const group = this.#group;
    if (group === undefined) {
      this.#interchange!.lost++;
      if (!this.#interchange!.isGroupless) this.#stray(start, next);
      return;
    }
    const trailer = this.#one(segment, start);
    const counted = checkTrailer(this.#dialect, 'groupEnd', group, group.messages, trailer);
    this.#closeGroup('trailer', next, counted);
  }

  #closeGroup(ending: Ending, at: number, counted?: number): void {
    this.#closeMessage(ending, at);
    const group = this.#group;
    if (group === undefined) return;
    this.#group = undefined;
    if (ending !== 'trailer') this.#interchange!.cut++;
    tellMissing(group, ending, this.#dialect.tags.groupEnd, this.#base + at);
    tellStrays(group, this.#dialect.tags.message);
    this.#on(groupEnd(group, counted, this.#base + at));
  }

  #endInterchange(segment: number, start: number, next: number): void {
    this.#closeGroup('trailer-missing', start);
    const interchange = this.#interchange!;
    const { groups, messages } = interchange;
    const there = this.#dialect.needsGroups || groups > 0 ? groups : messages;
    checkTrailer(this.#dialect, 'interchangeEnd', interchange, there, this.#one(segment, start));
    this.#closeInterchange('trailer', next);
  }

  #closeInterchange(ending: Ending, at: number): void {
    this.#closeGroup(ending, at);
    const interchange = this.#interchange;
    if (interchange === undefined) return;
    this.#interchange = undefined;
    if (interchange.hasHeader) {
      tellMissing(interchange, ending, this.#dialect.tags.interchangeEnd, this.#base + at);
    }
    tellStrays(interchange, this.#dialect.tags[this.#dialect.needsGroups ? 'group' : 'message']);
    const { envelope, messages, groups, faults } = interchange;
    const end = this.#base + at;
    this.#on({ is: 'interchangeEnd', envelope, messages, groups, end, findings: faults.all() });
  }

  /** Another interchange begins where this one has not ended. */
  cutOff(at: number): void {
    this.#closeInterchange('trailer-missing', at);
  }

  /** The last segment is whole but for its terminator: read, and said. */
  unterminated(start: number, end: number): void {
    tellUnterminated(this.#interchange!, this.#base + start, this.#base + end);
  }

  end(at: number): void {
    this.#closeInterchange('truncated', at);
    this.#junk.end(this.#base + at);
  }
}
