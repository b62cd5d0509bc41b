/** Bytes outside of interchanges: a run of any length is one finding. */
import type { CodecEvent } from '../../model/codec.ts';
import type { Finding } from '../../model/finding.ts';
import type { Dialect } from './dialect.ts';
import { fault } from './faults.ts';

/** Blanks, control characters, and the three bytes of a UTF-8 byte order mark say nothing. */
const isSilent = (code: number): boolean =>
  code <= 0x20 || code === 0xef || code === 0xbb || code === 0xbf;

export class Junk {
  readonly #dialect: Dialect;
  readonly #on: (event: CodecEvent) => void;
  #start = -1;
  #end = -1;
  #damagedAt = -1;
  #damagedText = '';
  #damagedCount = 0;
  /** Whether an interchange was seen at all. */
  #sawInterchange = false;

  constructor(dialect: Dialect, on: (event: CodecEvent) => void) {
    this.#dialect = dialect;
    this.#on = on;
  }

  /** Nothing unread stands between the last interchange, or the beginning, and here. */
  get isClean(): boolean {
    return this.#start < 0 && this.#damagedCount === 0;
  }

  add(text: string, start: number, end: number, base: number): void {
    if (this.#start < 0) {
      let at = start;
      while (at < end && isSilent(text.charCodeAt(at))) at++;
      if (at === end) return;
      this.#start = base + at;
    }
    this.#end = base + end;
  }

  /** A header that cannot be read; only the first of a run is told in full. */
  damage(at: number, text: string): void {
    if (this.#damagedCount++ > 0) return;
    this.#damagedAt = at;
    this.#damagedText = text;
  }

  /** An interchange begins: the run before it ends. */
  flush(): void {
    this.#sawInterchange = true;
    this.#tell();
  }

  end(length: number): void {
    const isUnknown = !this.#sawInterchange && this.#damagedCount === 0;
    if (isUnknown) this.#on({ is: 'outside', findings: [this.#unknown(length)] });
    else this.#tell();
  }

  #unknown(length: number): Finding {
    if (this.#start < 0) {
      return fault('empty-file', { path: 'file', start: 0, end: length }, 'The file is empty.');
    }
    const place = { path: 'file', start: this.#start, end: length };
    return fault('format-unknown', place, `The file holds no ${this.#dialect.name} interchange.`);
  }

  #tell(): void {
    const isOne = this.#damagedCount > 0 && this.#start >= this.#damagedAt;
    const findings = [...this.#damaged(), ...(isOne ? [] : this.#outside())];
    this.#start = -1;
    this.#damagedCount = 0;
    if (findings.length > 0) this.#on({ is: 'outside', findings });
  }

  /** What cannot be read behind a damaged header is not told as well. */
  #damaged(): readonly Finding[] {
    if (this.#damagedCount === 0) return [];
    const more = this.#damagedCount - 1;
    const others = more > 0 ? ` The same goes for ${more} more behind it.` : '';
    const path = this.#dialect.tags.interchange;
    const place = { path, start: this.#damagedAt, end: Math.max(this.#end, this.#damagedAt) };
    return [fault('envelope-damaged', place, this.#damagedText + others)];
  }

  #outside(): readonly Finding[] {
    if (this.#start < 0) return [];
    const bytes = this.#end - this.#start;
    const place = { path: 'file', start: this.#start, end: this.#end };
    return [fault('bytes-outside', place, `${bytes} bytes belong to no interchange.`)];
  }
}
