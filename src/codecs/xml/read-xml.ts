/** Bytes of an XML file, in chunks of any size, to a tree. Memory is bounded by the limits. */
import type { DecodeLimits } from '../../model/codec.ts';
import type { TreeNode } from '../../model/message.ts';
import { type DecodedText, decodeText } from './decode-text.ts';
import type { Doctype } from './doctype.ts';
import { findEncoding, type XmlEncoding } from './encoding.ts';
import { type XmlFault, XmlStop } from './fault.ts';
import { Offsets } from './offsets.ts';
import { TreeBuilder } from './tree-builder.ts';

export interface XmlOutcome {
  /** The root element; with a fault, as far as it was read. */
  readonly root: TreeNode | undefined;
  readonly doctype: Doctype | undefined;
  readonly encoding: XmlEncoding;
  /** How many bytes were given in all, read or not. */
  readonly bytes: number;
  /** Set: the file could not be read to its end. */
  readonly fault: XmlFault | undefined;
}

export interface XmlReading {
  readonly limits: DecodeLimits;
  /** Offset of the first byte in its part; 0 by default. */
  readonly start?: number;
  /** Bytes parsed at once, however the chunks are cut: same bytes, same outcome. */
  readonly blockBytes?: number;
}

export class XmlReader {
  readonly #reading: XmlReading;
  readonly #start: number;
  #block: Buffer<ArrayBuffer>;
  #filled = 0;
  #bytes = 0;
  #parsed = 0;
  #encoding: XmlEncoding | undefined;
  #offsets: Offsets | undefined;
  #builder: TreeBuilder | undefined;
  #fault: XmlFault | undefined;

  constructor(reading: XmlReading) {
    this.#reading = reading;
    this.#start = reading.start ?? 0;
    // The first block is long enough to hold the XML declaration.
    this.#block = Buffer.allocUnsafe(Math.max(reading.blockBytes ?? 65_536, 1024));
  }

  /** After a fault, bytes are only counted. */
  write(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    for (let at = 0; at < chunk.length && this.#fault === undefined; ) {
      const taken = Math.min(chunk.length - at, this.#block.length - this.#filled);
      this.#block.set(chunk.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === this.#block.length) this.#guard(() => this.#parse(false));
    }
  }

  end(): XmlOutcome {
    if (this.#fault === undefined) {
      this.#guard(() => {
        this.#parse(true);
        this.#builder?.end();
      });
    }
    return {
      root: this.#builder?.root,
      doctype: this.#builder?.doctype,
      encoding: this.#encoding ?? 'utf8',
      bytes: this.#bytes,
      fault: this.#fault,
    };
  }

  #guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof XmlStop)) throw error;
      this.#fault = error.fault;
      this.#builder?.abandon(error.fault.at);
      this.#block = Buffer.alloc(0);
    }
  }

  #parse(isLast: boolean): void {
    const bytes = this.#block.subarray(0, this.#filled);
    const skipped = this.#builder === undefined ? this.#begin(bytes) : 0;
    this.#parsed += skipped;
    const decoded = decodeText(bytes.subarray(skipped), this.#encoding ?? 'utf8', isLast);
    this.#feed(decoded);
    this.#keep(skipped + decoded.used);
  }

  /** Finds the encoding and makes the parser; returns how many bytes the byte order mark has. */
  #begin(head: Buffer): number {
    const found = findEncoding(head);
    const isRefused = 'refused' in found;
    const markBytes = isRefused ? 0 : found.markBytes;
    this.#encoding = isRefused ? 'utf8' : found.encoding;
    this.#offsets = new Offsets(this.#start + markBytes, unitBytes[this.#encoding]);
    this.#builder = new TreeBuilder(this.#reading.limits, this.#offsets);
    if (!isRefused) return markBytes;
    throw this.#builder.fault(
      'encoding-unknown',
      `The file is in ${found.refused}, which the hub does not read. Ask the sender for UTF-8.`,
      this.#start,
    );
  }

  #feed(decoded: DecodedText): void {
    const { builder, offsets } = { builder: this.#builder, offsets: this.#offsets };
    if (builder === undefined || offsets === undefined) return;
    this.#parsed += decoded.used;
    offsets.append(decoded.text, decoded.used);
    builder.write(decoded.text);
    if (this.#parsed > this.#reading.limits.messageBytes) throw this.#tooLong(builder);
    if (decoded.isDamaged) throw this.#badCharacter(builder);
  }

  /** What is left of a block goes before the next one. */
  #keep(used: number): void {
    const rest = Buffer.from(this.#block.subarray(used, this.#filled));
    const size = this.#reading.blockBytes ?? 65_536;
    this.#block = Buffer.allocUnsafe(Math.max(size, rest.length + 1));
    this.#block.set(rest);
    this.#filled = rest.length;
  }

  #tooLong(builder: TreeBuilder): XmlStop {
    const limit = this.#reading.limits.messageBytes;
    return builder.fault(
      'message-too-large',
      `The file is larger than ${limit} bytes (limits.messageBytes); it was not read further.`,
      this.#start + limit,
    );
  }

  #badCharacter(builder: TreeBuilder): XmlStop {
    const at = this.#start + this.#parsed;
    return builder.fault(
      'character-bad',
      `The byte at offset ${at} (line ${builder.line}) is not ${this.#encoding}, ` +
        'the character set of the file. Ask the sender to declare the one it uses.',
      at,
    );
  }
}

const unitBytes = { utf8: undefined, latin1: 1, ascii: 1, utf16le: 2, utf16be: 2 } as const;

/** Reads a whole XML file at once. */
export function readXml(bytes: Uint8Array, reading: XmlReading): XmlOutcome {
  const reader = new XmlReader(reading);
  reader.write(bytes);
  return reader.end();
}
