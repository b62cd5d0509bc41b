/**
 * Byte offsets for a parser that counts UTF-16 units. Holds only the text from the last place that
 * was asked for on; places must be asked for in the order of the text.
 */
export class Offsets {
  #text = '';
  /** Unit at which `#text` begins. */
  #base = 0;
  #unit = 0;
  #byte: number;
  readonly #unitBytes: 1 | 2 | undefined;
  #isAscii = true;

  /** `unitBytes`: bytes of each unit where the encoding has a fixed width; undefined for UTF-8. */
  constructor(start: number, unitBytes: 1 | 2 | undefined) {
    this.#byte = start;
    this.#unitBytes = unitBytes;
  }

  /** `bytes`: how many bytes the text was decoded from. */
  append(text: string, bytes: number): void {
    const rest = this.#text.slice(this.#unit - this.#base);
    this.#isAscii = (this.#isAscii || rest === '') && bytes === text.length;
    this.#text = rest + text;
    this.#base = this.#unit;
  }

  /** The last offset given. */
  get last(): number {
    return this.#byte;
  }

  /** Byte offset of a unit that is not before the last one asked for; at most the text's end. */
  byteAt(wanted: number): number {
    const unit = Math.min(wanted, this.#base + this.#text.length);
    if (this.#unitBytes !== undefined) this.#byte += (unit - this.#unit) * this.#unitBytes;
    else if (this.#isAscii) this.#byte += unit - this.#unit;
    else this.#byte += utf8Length(this.#text, this.#unit - this.#base, unit - this.#base);
    this.#unit = unit;
    return this.#byte;
  }

  /** The unit of the last `character` before `unit`. */
  before(character: string, unit: number): number {
    return this.#base + this.#text.lastIndexOf(character, unit - 1 - this.#base);
  }

  /** Where the reference begins that is still open at `unit`: the first `&` behind the last `;`. */
  openReference(unit: number): number | undefined {
    const before = this.#text.slice(this.#unit - this.#base, unit - this.#base);
    const found = before.indexOf('&', before.lastIndexOf(';') + 1);
    return found < 0 ? undefined : this.#unit + found;
  }

  /** The text from `unit` on, as far as it has come. */
  from(unit: number): string {
    return this.#text.slice(unit - this.#base);
  }

  charAt(unit: number): string {
    return this.#text.charAt(unit - this.#base);
  }
}

function utf8Length(text: string, from: number, to: number): number {
  let bytes = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes;
}
