/**
 * Finds the messages of a JSON file: one object, an array of objects, or an object a line. Only the
 * message at hand is kept, so that memory does not grow with the file.
 */
import { GrowingBuffer } from './growing-buffer.ts';
import { ObjectScanner } from './object-scanner.ts';

export type SplitFault = 'notObject' | 'separator' | 'afterEnd' | 'truncated' | 'empty' | 'utf16';

export interface SplitHandler {
  /** One whole object. Its bytes are only valid during the call. False stops all reading. */
  object(bytes: Buffer, start: number): boolean;
  /** An object larger than the limit, which was passed over. */
  tooLarge(start: number, end: number): void;
  /** The first fault; nothing more is read after it. */
  fault(what: SplitFault, at: number): void;
}

/** What is expected next, outside an object. */
type Expected = 'anything' | 'item' | 'itemOrEnd' | 'separator' | 'line' | 'object' | 'blanks';

const isBlank = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export class JsonSplitter {
  #expected: Expected = 'anything';
  #isArray = false;
  #isStopped = false;
  #object: ObjectScanner | undefined;
  #start = 0;
  /** Bytes of all chunks before this one. */
  #before = 0;
  #mark = '';
  readonly #held: GrowingBuffer;
  readonly #handler: SplitHandler;

  constructor(messageBytes: number, handler: SplitHandler) {
    this.#held = new GrowingBuffer(messageBytes);
    this.#handler = handler;
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.#isStopped; ) {
      at = this.#object === undefined ? this.#between(chunk, at) : this.#within(chunk, at);
    }
    this.#before += chunk.length;
  }

  /** Returns how many bytes were given. */
  end(): number {
    const open = this.#object !== undefined || (this.#isArray && this.#expected !== 'blanks');
    if (open) this.#stop('truncated', this.#before);
    else if (this.#expected === 'anything') this.#stop('empty', 0);
    return this.#before;
  }

  #between(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    if (byte === 0x0a && this.#expected === 'line') this.#expected = 'object';
    if (!isBlank(byte) && !this.#isMark(byte, this.#before + at)) {
      if (byte === 0x7b && this.#mayBegin()) return this.#begin(at);
      this.#separator(String.fromCharCode(byte), this.#before + at);
    }
    return at + 1;
  }

  /** A UTF-8 byte order mark is passed over; the ones of UTF-16 stop the reading. */
  #isMark(byte: number, at: number): boolean {
    if (at === 0 && (byte === 0xfe || byte === 0xff)) this.#stop('utf16', 0);
    if (at > 2 || this.#mark.length !== at || '\xEF\xBB\xBF'.charCodeAt(at) !== byte) return false;
    this.#mark += '\xEF\xBB\xBF'.charAt(at);
    return true;
  }

  #mayBegin(): boolean {
    return (
      this.#expected !== 'separator' && this.#expected !== 'line' && this.#expected !== 'blanks'
    );
  }

  #begin(at: number): number {
    this.#object = new ObjectScanner();
    this.#start = this.#before + at;
    this.#held.clear();
    return at;
  }

  #separator(letter: string, at: number): void {
    const next = steps[this.#expected][letter];
    if (next === undefined) this.#stop(faults[this.#expected], at);
    else {
      this.#isArray = true;
      this.#expected = next;
    }
  }

  #within(chunk: Uint8Array, at: number): number {
    const end = this.#object?.scan(chunk, at) ?? -1;
    const piece = chunk.subarray(at, end < 0 ? chunk.length : end);
    this.#held.append(piece);
    if (end < 0) return chunk.length;
    this.#object = undefined;
    this.#expected = this.#isArray ? 'separator' : 'line';
    if (this.#held.isTooLarge) this.#handler.tooLarge(this.#start, this.#before + end);
    else if (!this.#handler.object(this.#held.bytes, this.#start)) this.#isStopped = true;
    return end;
  }

  #stop(what: SplitFault, at: number): void {
    if (!this.#isStopped) this.#handler.fault(what, at);
    this.#isStopped = true;
  }
}

const steps: Readonly<Record<Expected, Readonly<Record<string, Expected>>>> = {
  anything: { '[': 'itemOrEnd' },
  itemOrEnd: { ']': 'blanks' },
  item: {},
  separator: { ',': 'item', ']': 'blanks' },
  line: {},
  object: {},
  blanks: {},
};

const faults: Readonly<Record<Expected, SplitFault>> = {
  anything: 'notObject',
  itemOrEnd: 'notObject',
  item: 'notObject',
  separator: 'separator',
  line: 'afterEnd',
  object: 'afterEnd',
  blanks: 'afterEnd',
};
