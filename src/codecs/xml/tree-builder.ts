/** Text of an XML file to a tree with byte offsets, within limits, on saxes. */
import { SaxesParser } from 'saxes';
import type { FindingCode } from '../../model/catalogue.ts';
import type { DecodeLimits } from '../../model/codec.ts';
import { type Doctype, readDoctype } from './doctype.ts';
import { XmlStop } from './fault.ts';
import { finishNode, type GrownNode, grownNode } from './grown-node.ts';
import type { Offsets } from './offsets.ts';

/**
 * Namespaces are off: resolving them is quadratic in the depth, and names stay as written. XML 1.1
 * is read by the rules of 1.0, as XML 1.0 (fifth edition) 2.8 says.
 */
const parserOptions = { xmlns: false, forceXMLVersion: true, defaultXMLVersion: '1.0' } as const;

export class TreeBuilder {
  root: GrownNode | undefined;
  doctype: Doctype | undefined;
  readonly #parser = new SaxesParser<typeof parserOptions>(parserOptions);
  readonly #open: GrownNode[] = [];
  readonly #limits: DecodeLimits;
  readonly #offsets: Offsets;
  #nodes = 0;
  #isEnding = false;

  constructor(limits: DecodeLimits, offsets: Offsets) {
    this.#limits = limits;
    this.#offsets = offsets;
    this.#listen();
  }

  /** Takes text that the offsets have been told of. Throws XmlStop at the first fault. */
  write(text: string): void {
    this.#parser.write(text);
  }

  end(): void {
    this.#isEnding = true;
    this.#parser.close();
  }

  /** Ends all elements that are still open, so that what was read can be looked at. */
  abandon(end: number): void {
    for (const node of this.#open) finishNode(node, end);
  }

  fault(code: FindingCode, text: string, at: number): XmlStop {
    return new XmlStop({ code, text, at, path: this.#path() });
  }

  get line(): number {
    return this.#parser.line;
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('error', (error) => this.#refuse(error.message));
    parser.on('doctype', (text) => this.#readDoctype(text));
    parser.on('opentagstart', (tag) => this.#openElement(tag.name));
    parser.on('attribute', (attribute) => this.#addAttribute(attribute.name, attribute.value));
    parser.on('closetag', () => this.#closeElement());
    parser.on('text', (text) => this.#addText(text));
    parser.on('cdata', (text) => this.#addText(text));
  }

  #openElement(name: string): void {
    const start = this.#offsets.byteAt(this.#offsets.before('<', this.#parser.position));
    const node = grownNode(name, start);
    const parent = this.#open.at(-1);
    this.#nodes += 1;
    if (this.#open.length >= this.#limits.treeDepth) {
      throw this.#tooLarge(`elements nested deeper than ${this.#limits.treeDepth}`, start);
    }
    if (this.#nodes > this.#limits.treeNodes) {
      throw this.#tooLarge(`more than ${this.#limits.treeNodes} elements`, start);
    }
    if (parent !== undefined) parent.children.push(node);
    else this.root ??= node;
    this.#open.push(node);
  }

  /** The parser stands after the closing quote; a value cannot hold its own quote. */
  #addAttribute(name: string, value: string): void {
    const after = this.#parser.position;
    const quote = this.#offsets.charAt(after - 1);
    const first = this.#offsets.before(quote, after - 1) + 1;
    const start = this.#offsets.byteAt(first);
    const attributes = this.#open.at(-1)?.attributes ?? [];
    if (attributes.length >= this.#limits.attributes) {
      throw this.#tooLarge(
        `an element with more than ${this.#limits.attributes} attributes`,
        start,
      );
    }
    attributes.push({ name, value, start, end: this.#offsets.byteAt(after - 1) });
  }

  #closeElement(): void {
    const node = this.#open.pop();
    if (node !== undefined) finishNode(node, this.#offsets.byteAt(this.#parser.position));
  }

  #addText(text: string): void {
    const node = this.#open.at(-1);
    if (node !== undefined) node.text += text;
  }

  #readDoctype(text: string): void {
    const found = readDoctype(text);
    const at = this.#offsets.byteAt(this.#parser.position);
    if (!('refused' in found)) this.doctype = found;
    else if (found.refused === 'syntax')
      throw this.#notWellFormed('the DOCTYPE cannot be read', at);
    else {
      throw this.fault(
        'doctype-refused',
        'The DOCTYPE declares things of its own in [ ], which can hide or multiply content. ' +
          'Ask the sender for a file without an internal subset.',
        at,
      );
    }
  }

  #tooLarge(what: string, at: number): XmlStop {
    return this.fault(
      'tree-too-large',
      `The file has ${what}: no business document needs that. Nothing after it was read.`,
      at,
    );
  }

  /** saxes says `line:column: words: name`; names may be data of a broken file and are left out. */
  #refuse(message: string): never {
    const words = message.replace(/^\d+:\d+: /, '').replace(/[.:].*$/s, '');
    if (words.startsWith('text data outside')) {
      // Such text is told of when it ends; it begins after the last thing read.
      const at = this.#offsets.last;
      throw this.fault('not-well-formed', outsideText(at), at);
    }
    if (this.#isEnding && this.root !== undefined) throw this.#unended();
    const at = this.#offsets.byteAt(this.#referenceAt(words) ?? this.#parser.position);
    if (words.startsWith('disallowed character in entity')) {
      throw this.fault('not-well-formed', ampersandText(at), at);
    }
    throw this.#notWellFormed(words, at);
  }

  /** A wrong reference is told of at its `;`, which may be far from its `&`. */
  #referenceAt(words: string): number | undefined {
    if (!words.includes('entity')) return undefined;
    return this.#offsets.openReference(this.#parser.position - 1);
  }

  /** A bare `&` swallows the rest of the file, which then seems to be cut off. */
  #unended(): XmlStop {
    const end = this.#parser.position;
    const ampersand = this.#offsets.openReference(end);
    const isBare = ampersand !== undefined && !/^&[#\w]{0,12}$/.test(this.#offsets.from(ampersand));
    const at = this.#offsets.byteAt(isBare ? ampersand : end);
    return isBare
      ? this.fault('not-well-formed', ampersandText(at), at)
      : this.fault('truncated', cutText(at), at);
  }

  #notWellFormed(words: string, at: number): XmlStop {
    return this.fault(
      'not-well-formed',
      `The XML is not well-formed at line ${this.line}, byte ${at}: ${words}. ` +
        'Ask the sender for a correct file.',
      at,
    );
  }

  #path(): string {
    return this.#open
      .map((node) => node.name.slice(0, 100))
      .join('/')
      .slice(0, 500);
  }
}

const outsideText = (at: number): string =>
  `The XML is not well-formed: from byte ${at} on, text stands outside the root element. ` +
  'Ask the sender for a correct file.';

const cutText = (at: number): string =>
  `The XML ends at byte ${at} with elements still open. Ask the sender for the whole file.`;

const ampersandText = (at: number): string =>
  `The XML is not well-formed: at byte ${at} stands an "&" that begins no reference. ` +
  'Ask the sender to write it as &amp;.';
