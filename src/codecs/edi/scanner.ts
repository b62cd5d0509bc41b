/**
 * Bytes to segments: finds where interchanges begin and where segments end, whatever the chunks,
 * and hands each segment to the levels. Segment ends are found with `indexOf` on latin1 text.
 */
import { isAscii } from 'node:buffer';
import type { CodecEvent, DecodeLimits, Decoder } from '../../model/codec.ts';
import type { Dialect, SegmentKind } from './dialect.ts';
import { Levels } from './levels.ts';
import { Separators } from './separators.ts';
import { Window } from './window.ts';

export class Scanner implements Decoder {
  readonly #dialect: Dialect;
  readonly #levels: Levels;
  readonly #limits: DecodeLimits;
  readonly #window = new Window();
  #text = '';
  /** Where reading goes on in the text. */
  #at = 0;
  #isLast = false;
  /** Where the header of another interchange stands inside this one, or the text's length. */
  #anewAt = 0;
  /** The text ends inside that header, so that it may turn out to be none. */
  #isAnewUnsure = false;
  /** Inside a segment longer than a message may be: its bytes are dropped up to its terminator. */
  #isDropping = false;
  /** Those of the open interchange; undefined outside of interchanges. */
  #separators: Separators | undefined;

  constructor(dialect: Dialect, on: (event: CodecEvent) => void, limits: DecodeLimits) {
    this.#dialect = dialect;
    this.#limits = limits;
    this.#levels = new Levels(dialect, on, limits);
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
    const bytes = this.#window.bytes;
    this.#text = bytes.toString('latin1');
    this.#levels.useText(bytes, this.#text, this.#window.base, isAscii(bytes));
    this.#findAnew();
    while (this.#step());
    if (!this.#isLast) this.#forget(this.#levels.keepFrom() ?? this.#at);
  }

  /** One segment, or the way to the next interchange. False: more bytes are needed. */
  #step(): boolean {
    const separators = this.#separators;
    return separators === undefined ? this.#findInterchange() : this.#readSegment(separators);
  }

  #forget(count: number): void {
    this.#window.drop(count);
    this.#levels.shift(count);
    this.#at -= count;
  }

  /** Outside of interchanges. False: more bytes are needed. */
  #findInterchange(): boolean {
    const opening = this.#dialect.open(this.#text, this.#at, this.#isLast);
    this.#levels.outside(this.#at, opening.at);
    this.#at = opening.at;
    if (opening.is === 'none' || opening.is === 'wait') return false;
    if (opening.is === 'damaged') {
      this.#levels.damaged(opening.at, opening.text);
      this.#levels.outside(opening.at, opening.next);
    } else {
      this.#separators = new Separators(opening.syntax);
      this.#levels.openInterchange(opening.syntax, opening.header, opening.at, opening.faults);
    }
    this.#at = opening.next;
    if (opening.is === 'found') this.#findAnew();
    return true;
  }

  #findAnew(): void {
    this.#anewAt = this.#text.length;
    this.#isAnewUnsure = !this.#isLast;
    if (this.#separators === undefined) return;
    const found = this.#dialect.openAnew(this.#text, this.#at, this.#isLast);
    if (found === undefined) return;
    this.#anewAt = found.at;
    this.#isAnewUnsure = found.isUnsure;
  }

  #readSegment(separators: Separators): boolean {
    const text = this.#text;
    const start = this.#isDropping ? this.#at : separators.skipBlanks(text, this.#at);
    this.#at = start;
    const found = separators.findTerminator(text, start);
    const isTerminated = found >= 0 && found < this.#anewAt;
    if (!isTerminated && this.#isAnewUnsure) return this.#await(separators);
    const end = isTerminated ? found : separators.trimEnd(text, start, this.#anewAt);
    const next = isTerminated ? found + 1 : this.#anewAt;
    if (start === next) return this.#endHere(start);
    this.#at = next;
    if (this.#isDropping) this.#isDropping = false;
    else this.#hand(separators, start, end, next, isTerminated);
    return true;
  }

  /** Nothing is left before another interchange's header or the end of the bytes. */
  #endHere(at: number): boolean {
    if (at === this.#text.length) return false;
    this.#levels.cutOff(at);
    this.#leave();
    return true;
  }

  #leave(): void {
    this.#separators = undefined;
    this.#isDropping = false;
  }

  #hand(
    separators: Separators,
    start: number,
    end: number,
    next: number,
    isTerminated: boolean,
  ): void {
    if (start === end) {
      if (!separators.hasBlankTerminator) this.#levels.empty(start);
    } else if (end - start > this.#limits.messageBytes) {
      this.#levels.oversizeSegment(start, next);
    } else {
      this.#handWhole(separators.tagEnd(this.#text, start, end), start, end, next, isTerminated);
    }
  }

  #handWhole(
    tagEnd: number,
    start: number,
    end: number,
    next: number,
    isTerminated: boolean,
  ): void {
    const kind = this.#kind(start, tagEnd);
    if (kind === 'interchange') {
      this.#beginAnew(start);
      return;
    }
    if (kind === 'interchangeEnd' && !isTerminated) this.#levels.unterminated(start, end);
    this.#levels.segment(kind, start, end, next, tagEnd);
    if (kind === 'interchangeEnd') this.#leave();
  }

  /** A header inside an interchange, perhaps a damaged one: the one before has no trailer. */
  #beginAnew(start: number): void {
    this.#levels.cutOff(start);
    this.#leave();
    this.#at = start;
  }

  #kind(start: number, tagEnd: number): SegmentKind | undefined {
    if (!this.#dialect.initials.includes(this.#text[start]!)) return undefined;
    return this.#dialect.kinds.get(this.#text.slice(start, tagEnd));
  }

  /**
   * The segment's end has not come. One that alone is larger than a message may be is dropped
   * while its end is awaited.
   */
  #await(separators: Separators): false {
    const { length } = this.#text;
    if (!this.#isDropping) {
      if (length - this.#at <= this.#limits.messageBytes) return false;
      this.#levels.oversizeSegment(this.#at, length);
      this.#isDropping = true;
    }
    // An open release at the end of what is dropped must stay: it belongs to the next byte.
    const held = separators.releasesBefore(this.#text, this.#at, length) % 2;
    this.#at = Math.min(this.#anewAt, length - held);
    return false;
  }
}
