/**
 * Bytes to segments: finds where interchanges begin and where segments end, whatever the chunks,
 * and hands each segment to the levels. What belongs to an unfinished message stays in the window
 * and is read again with the next bytes, so nothing half-read is carried over.
 */
import { isAscii } from 'node:buffer';
import type { CodecEvent, DecodeLimits, Decoder } from '../../model/codec.ts';
import { binaryData } from './binary.ts';
import type { Dialect, Opening } from './dialect.ts';
import { Junk } from './junk.ts';
import { Levels } from './levels.ts';
import { SegmentEnds } from './segment-ends.ts';
import { Separators } from './separators.ts';
import { type NarrowSyntax, narrowBytes, narrowSyntax } from './wide-separators.ts';
import { Window } from './window.ts';

/** Terminators are searched in steps, because an interchange with others may begin in between. */
const stepBytes = 16 * 1024;
/** A table of more segments is begun anew as soon as no message needs it. */
const segmentsKept = 16 * 1024;

const blank = 0x20;

export class Scanner implements Decoder {
  readonly #dialect: Dialect;
  readonly #limits: DecodeLimits;
  readonly #window = new Window();
  readonly #ends = new SegmentEnds();
  readonly #junk: Junk;
  readonly #levels: Levels;
  #bytes: Buffer = Buffer.alloc(0);
  #text = '';
  /** Where reading goes on in the text, and the number of that segment among the ends. */
  #at = 0;
  #segment = 0;
  #isLast = false;
  /** Where the header of another interchange stands inside this one, or the text's length. */
  #stop = 0;
  /** More bytes may show that the text does not end there, or that the header is none. */
  #isStopUnsure = false;
  /** Inside a segment longer than a message may be: its bytes are dropped up to its terminator. */
  #isDropping = false;
  /** Those of the open interchange; undefined outside of interchanges. */
  #separators: Separators | undefined;
  #wide: NarrowSyntax['replacements'] = [];
  #terminatorBytes = 1;

  constructor(dialect: Dialect, on: (event: CodecEvent) => void, limits: DecodeLimits) {
    this.#dialect = dialect;
    this.#limits = limits;
    this.#junk = new Junk(dialect, on);
    this.#levels = new Levels(dialect, on, limits, this.#ends, this.#junk);
  }

  write(chunk: Uint8Array): void {
    for (let used = 0; used < chunk.length; ) {
      used += this.#window.append(used === 0 ? chunk : chunk.subarray(used));
      if (this.#window.isReady) this.#read();
    }
  }

  end(): void {
    this.#isLast = true;
    this.#read();
    this.#levels.end(this.#text.length);
  }

  /** Reads what the window holds, as far as it goes. */
  #read(): void {
    this.#useBytes();
    this.#beginEnds();
    this.#findStop();
    while (this.#step());
    if (this.#isLast) return;
    this.#window.drop(this.#levels.rewind(this.#at) ?? this.#at);
    this.#at = 0;
  }

  /** The window's bytes; of an interchange with wide separators a copy with single bytes for them. */
  #useBytes(): void {
    const { bytes } = this.#window;
    this.#bytes = this.#wide.length === 0 ? bytes : Buffer.from(bytes);
    narrowBytes(this.#bytes, this.#at, this.#wide);
    this.#text = this.#bytes.toString('latin1');
    this.#levels.useText(this.#bytes, this.#text, this.#window.base, isAscii(this.#bytes));
  }

  #beginEnds(): void {
    this.#ends.begin(this.#bytes, this.#text, this.#at);
    this.#segment = 0;
  }

  #findStop(): void {
    this.#stop = this.#text.length;
    this.#isStopUnsure = !this.#isLast;
    if (this.#separators === undefined) return;
    const found = this.#dialect.openAnew(this.#text, this.#at, this.#isLast);
    if (found === undefined) return;
    this.#stop = found.at;
    this.#isStopUnsure = found.isUnsure;
  }

  /** One segment, or the way to the next interchange. False: more bytes are needed. */
  #step(): boolean {
    const separators = this.#separators;
    if (separators === undefined) return this.#findInterchange();
    return this.#isDropping ? this.#dropSegment() : this.#readSegment(separators);
  }

  /** Outside of interchanges. */
  #findInterchange(): boolean {
    const { isClean } = this.#junk;
    const { base } = this.#window;
    const opening = this.#dialect.open(this.#text, this.#at, this.#isLast, isClean);
    this.#junk.add(this.#text, this.#at, opening.at, base);
    this.#at = opening.at;
    if (opening.is === 'none' || opening.is === 'wait') return false;
    if (opening.is === 'found') this.#enter(opening);
    else {
      this.#junk.damage(base + opening.at, opening.text);
      this.#junk.add(this.#text, opening.at, opening.next, base);
      this.#at = opening.next;
    }
    return true;
  }

  #enter(opening: Opening & { readonly is: 'found' }): void {
    const { header, faults } = opening;
    const { syntax, replacements } = narrowSyntax(opening.syntax);
    const { kinds, binary } = this.#dialect;
    this.#separators = new Separators(syntax, [...kinds.keys(), ...binary.keys()]);
    this.#at = header.start;
    this.#wide = replacements;
    this.#terminatorBytes = opening.syntax.terminator.length;
    if (replacements.length > 0) this.#useBytes();
    this.#ends.useSyntax(syntax);
    this.#beginEnds();
    if (header.end > header.start) this.#ends.scan(header.end + 1);
    if (header.end > header.start && this.#ends.segments === 0) this.#endHeader(opening);
    this.#segment = this.#ends.segments;
    this.#levels.useSyntax(syntax);
    const at = this.#segment > 0 ? header.start : undefined;
    this.#levels.openInterchange(opening.syntax, opening.at, at, faults);
    this.#at = opening.next;
    this.#findStop();
  }

  /** The header ends otherwise than the segments behind it. */
  #endHeader({ header, next }: Opening & { readonly is: 'found' }): void {
    this.#ends.close(header.end);
    this.#ends.scanned = next;
  }

  #leave(): void {
    this.#separators = undefined;
    this.#isDropping = false;
    if (this.#wide.length === 0) return;
    this.#wide = [];
    this.#useBytes();
  }

  #readSegment(separators: Separators): boolean {
    if (this.#skipEmpty(separators)) return true;
    if (!this.#hasSegment()) return this.#endOrAwait(separators);
    const taken = this.#levels.takeBody(separators, this.#segment, this.#at);
    if (taken > this.#segment) {
      this.#at = this.#ends.endOf(taken - 1) + 1;
      this.#segment = taken;
      return true;
    }
    const start = separators.skipBlanks(this.#bytes, this.#at, this.#ends.endOf(this.#segment));
    if (!this.#keepBinary(separators, start)) {
      this.#at = start;
      return this.#await();
    }
    const end = this.#ends.endOf(this.#segment);
    this.#at = this.#pastTerminator(end);
    if (this.#stop < this.#at) this.#findStop();
    this.#hand(separators, start, end, this.#at);
    return true;
  }

  /** Only blanks stand for the rest of a wide terminator; anything else is data that looks like one. */
  #pastTerminator(end: number): number {
    let past = end + 1;
    while (past < end + this.#terminatorBytes && this.#bytes[past] === blank) past++;
    return past;
  }

  /** Terminators that only follow each other are taken at once, and listed in messages only. */
  #skipEmpty(separators: Separators): boolean {
    const ends = this.#ends;
    const isListed = this.#segment < ends.segments;
    if (!isListed && (ends.scanned !== this.#at || this.#levels.isReadingMessage)) return false;
    const from = this.#at;
    const count = separators.countTerminators(
      this.#bytes,
      from,
      isListed ? ends.scanned : this.#stop,
    );
    if (count < 2) return false;
    this.#at += count;
    if (isListed) this.#segment += count;
    else ends.scanned = this.#at;
    if (!separators.hasBlankTerminator) this.#levels.empty(from, count, this.#segment - 1);
    return true;
  }

  /** Ends a segment of binary data where its length says. False: more bytes are needed. */
  #keepBinary(separators: Separators, start: number): boolean {
    const end = this.#ends.endOf(this.#segment);
    const data = binaryData(this.#bytes, separators, this.#dialect.binary, start, end);
    if (data === undefined || data.end - start > this.#limits.messageBytes) return true;
    if (data.end >= this.#text.length) return this.#isLast;
    if (separators.isTerminator(this.#bytes, data.end)) {
      this.#ends.endAnew(this.#segment, data.elements, data.end);
    } else {
      this.#levels.badLength(start);
    }
    return true;
  }

  /** Whether another whole segment is known, after searching on if need be. */
  #hasSegment(): boolean {
    const ends = this.#ends;
    while (this.#segment >= ends.segments) {
      const { scanned } = ends;
      if (scanned >= this.#stop) return false;
      const isIdle = this.#segment > 0 && !this.#levels.isReadingMessage;
      if (ends.segments > segmentsKept && isIdle) this.#beginEnds();
      ends.scan(Math.min(this.#stop, ends.scanned + stepBytes));
      if (ends.scanned === scanned) return false;
    }
    return true;
  }

  /** No terminator is left: the rest is a segment without one, or more bytes are needed. */
  #endOrAwait(separators: Separators): boolean {
    const start = separators.skipBlanks(this.#bytes, this.#at, this.#stop);
    this.#at = start;
    if (this.#isStopUnsure) return this.#await();
    if (start === this.#stop) return this.#endHere();
    const end = separators.trimEnd(this.#bytes, start, this.#stop);
    this.#ends.close(end);
    this.#at = this.#stop;
    this.#hand(separators, start, end, this.#stop);
    return true;
  }

  /** The segment's end has not come: it is waited for, unless the segment is too large already. */
  #await(): boolean {
    const isLarge = this.#text.length - this.#at > this.#limits.messageBytes;
    return isLarge ? this.#drop() : false;
  }

  /** A segment that alone is larger than a message may be is dropped up to its terminator. */
  #drop(): true {
    this.#levels.oversizeSegment(this.#at);
    this.#isDropping = true;
    this.#at = this.#ends.scanned;
    this.#beginEnds();
    return true;
  }

  #dropSegment(): boolean {
    if (this.#hasSegment()) {
      this.#at = this.#pastTerminator(this.#ends.endOf(this.#segment++));
      this.#levels.droppedTo(this.#at);
      this.#isDropping = false;
      return true;
    }
    this.#at = this.#ends.scanned;
    if (this.#isStopUnsure) return false;
    this.#levels.droppedTo(this.#stop);
    return this.#endHere();
  }

  /** Nothing is left before another interchange's header or the end of the bytes. */
  #endHere(): boolean {
    this.#at = this.#stop;
    if (this.#stop === this.#text.length) return false;
    this.#levels.cutOff(this.#stop);
    this.#leave();
    return true;
  }

  #hand(separators: Separators, start: number, end: number, next: number): void {
    const segment = this.#segment++;
    if (start === end) {
      if (!separators.hasBlankTerminator) this.#levels.empty(start, 1, segment);
    } else if (
      end - start > this.#limits.messageBytes ||
      separators.isCrowded(this.#bytes, start, end)
    ) {
      this.#levels.oversizeSegment(start);
      this.#levels.droppedTo(next);
    } else {
      this.#handWhole(separators, segment, start, end, next);
    }
  }

  #handWhole(
    separators: Separators,
    segment: number,
    start: number,
    end: number,
    next: number,
  ): void {
    const tag = this.#text.slice(start, separators.tagEnd(this.#bytes, start, end));
    const kind = this.#dialect.kinds.get(tag);
    if (kind === 'interchange') {
      this.#beginAnew(start);
      return;
    }
    const isEnded = separators.isTerminator(this.#bytes, end);
    if (kind === 'interchangeEnd' && !isEnded) this.#levels.unterminated(start, end);
    this.#levels.segment(kind, segment, start, next, tag);
    if (kind === 'interchangeEnd') this.#leave();
  }

  /** A header inside an interchange, perhaps a damaged one: the one before has no trailer. */
  #beginAnew(start: number): void {
    this.#levels.cutOff(start);
    this.#leave();
    this.#at = start;
  }
}
