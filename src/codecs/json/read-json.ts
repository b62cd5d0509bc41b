/**
 * One JSON value to a tree, strictly by RFC 8259, with byte offsets and within limits. Numbers keep
 * their digits. A member whose value is an array becomes one child for each item, all with the
 * member's name; `null` and empty arrays are absent.
 */
import { isUtf8 } from 'node:buffer';
import type { FindingCode } from '../../model/catalogue.ts';
import type { DecodeLimits } from '../../model/codec.ts';
import type { TreeNode } from '../../model/message.ts';
import { firstBadUtf8 } from '../utf8.ts';
import { JsonCursor } from './cursor.ts';
import { type JsonFault, JsonStop } from './fault.ts';
import { readString } from './read-string.ts';

export interface JsonReading {
  readonly limits: DecodeLimits;
  /** Offset of the first byte in its part. */
  readonly start: number;
}

export type JsonOutcome =
  | { readonly root: TreeNode; readonly twice: readonly JsonFault[] }
  | { readonly fault: JsonFault };

/** The root has the name ''. `twice` tells of members given twice; the first one is in the tree. */
export function readJson(bytes: Buffer, reading: JsonReading): JsonOutcome {
  const reader = new Reader(bytes, reading);
  try {
    return { root: reader.whole(), twice: reader.twice };
  } catch (error) {
    if (error instanceof JsonStop) return { fault: error.fault };
    throw error;
  }
}

const words: Readonly<Record<string, TreeNode['json']>> = {
  true: 'boolean',
  false: 'boolean',
  null: 'null',
};
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
/** More digits than any amount has: they would only cost time further on. */
const NUMBER_BYTES_MAX = 1000;
const TWICE_MAX = 100;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

interface Grown extends TreeNode {
  readonly children: TreeNode[];
  end: number;
}

class Reader {
  readonly twice: JsonFault[] = [];
  readonly #cursor: JsonCursor;
  readonly #limits: DecodeLimits;
  readonly #start: number;
  readonly #path: (string | number)[] = [];
  #nodes = 0;

  constructor(bytes: Buffer, reading: JsonReading) {
    this.#cursor = new JsonCursor(bytes);
    this.#limits = reading.limits;
    this.#start = reading.start;
  }

  whole(): TreeNode {
    const cursor = this.#cursor;
    const nodes: TreeNode[] = [];
    this.#checkUtf8();
    cursor.skipBlanks();
    this.#value('', nodes, 0);
    cursor.skipBlanks();
    if (!cursor.isAtEnd) throw this.#wrong('something after the end of the value');
    return nodes[0] ?? this.#node('', 'null', 0);
  }

  /** Adds none for what is absent, one for a value, several for the items of an array. */
  #value(name: string, into: TreeNode[], depth: number): void {
    this.#count(depth);
    const byte = this.#cursor.peek();
    if (byte === OPEN_OBJECT) into.push(this.#object(name, depth));
    else if (byte === OPEN_ARRAY) this.#array(name, into, depth);
    else if (byte === QUOTE) into.push(this.#string(name));
    else this.#word(name, into);
  }

  #object(name: string, depth: number): TreeNode {
    const cursor = this.#cursor;
    const node = this.#node(name, 'object', cursor.at);
    const seen = new Set<string>();
    cursor.at += 1;
    cursor.skipBlanks();
    if (!cursor.take(CLOSE_OBJECT)) {
      do this.#member(node.children, seen, depth);
      while (cursor.take(COMMA));
      if (!cursor.take(CLOSE_OBJECT)) throw this.#wrong('no "," or "}" after a member');
    }
    node.end = this.#start + cursor.at;
    return node;
  }

  #member(children: TreeNode[], seen: Set<string>, depth: number): void {
    const cursor = this.#cursor;
    cursor.skipBlanks();
    if (cursor.peek() !== QUOTE) throw this.#wrong('no member name in quotes');
    const at = cursor.at;
    const name = this.#text();
    this.#path.push(name);
    cursor.skipBlanks();
    if (!cursor.take(COLON)) throw this.#wrong('no ":" after a member name');
    cursor.skipBlanks();
    const isTwice = seen.has(name);
    if (isTwice) this.#tellTwice(at);
    this.#value(name, isTwice ? [] : children, depth + 1);
    seen.add(name);
    this.#path.pop();
    cursor.skipBlanks();
  }

  #array(name: string, into: TreeNode[], depth: number): void {
    const cursor = this.#cursor;
    cursor.at += 1;
    cursor.skipBlanks();
    if (cursor.take(CLOSE_ARRAY)) return;
    let index = 0;
    do {
      cursor.skipBlanks();
      this.#path.push(index);
      this.#item(name, into, depth + 1);
      this.#path.pop();
      cursor.skipBlanks();
      index += 1;
    } while (cursor.take(COMMA));
    if (!cursor.take(CLOSE_ARRAY)) throw this.#wrong('no "," or "]" after an item');
  }

  /** An array inside an array stays one node, with its items below it. */
  #item(name: string, into: TreeNode[], depth: number): void {
    const cursor = this.#cursor;
    const from = into.length;
    if (cursor.peek() === OPEN_ARRAY) {
      const node = this.#node(name, 'array', cursor.at);
      this.#value(name, node.children, depth);
      node.end = this.#start + cursor.at;
      into.push(node);
    } else this.#value(name, into, depth);
    const item = into[from];
    if (item !== undefined) into[from] = { ...item, inArray: true };
  }

  #string(name: string): TreeNode {
    const start = this.#cursor.at;
    const text = this.#text();
    return this.#node(name, 'string', start, text);
  }

  #text(): string {
    const found = readString(this.#cursor);
    if (typeof found === 'string') return found;
    throw this.#wrong(found.wrong, found.at);
  }

  /** A number, true, false or null. */
  #word(name: string, into: TreeNode[]): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    let end = start;
    while (isWordByte(cursor.bytes[end] ?? 0)) end += 1;
    if (end === start) throw this.#wrong('no value where one is due');
    if (end - start > NUMBER_BYTES_MAX) throw this.#wrong('a number with too many digits');
    const text = cursor.text(start, end);
    const kind = number.test(text)
      ? 'number'
      : Object.hasOwn(words, text)
        ? words[text]
        : undefined;
    if (kind === undefined) throw this.#wrong('a malformed number or an unknown word');
    cursor.at = end;
    if (kind !== 'null') into.push(this.#node(name, kind, start, text));
  }

  /** A node from `from` to where the cursor stands. */
  #node(name: string, json: NonNullable<TreeNode['json']>, from: number, text = ''): Grown {
    const start = this.#start + from;
    const end = this.#start + this.#cursor.at;
    return { name, text, attributes: [], children: [], start, end, json };
  }

  #count(depth: number): void {
    this.#nodes += 1;
    if (depth >= this.#limits.treeDepth) {
      throw this.#tooLarge(`values nested deeper than ${this.#limits.treeDepth}`);
    }
    if (this.#nodes > this.#limits.treeNodes) {
      throw this.#tooLarge(`more than ${this.#limits.treeNodes} values`);
    }
  }

  #checkUtf8(): void {
    const { bytes } = this.#cursor;
    if (isUtf8(bytes)) return;
    const at = firstBadUtf8(bytes);
    const text = `The byte at ${this.#start + at} is not UTF-8. Ask the sender for JSON in UTF-8.`;
    throw this.#stop('character-bad', text, at);
  }

  #tellTwice(at: number): void {
    const text = `The member ${this.#place()} is given twice in one object; only the first was read.`;
    if (this.twice.length < TWICE_MAX) this.twice.push(this.#stop('member-twice', text, at).fault);
  }

  #tooLarge(what: string): JsonStop {
    const text = `The JSON has ${what}: no business document needs that. It was not read.`;
    return this.#stop('tree-too-large', text, this.#cursor.at);
  }

  #wrong(what: string, at = this.#cursor.at): JsonStop {
    const where = `line ${this.#cursor.line(at)} of the message, byte ${this.#start + at}`;
    const text = `The JSON is wrong at ${where}: ${what}. Ask the sender for correct JSON.`;
    return this.#stop('not-well-formed', text, at);
  }

  #stop(code: FindingCode, text: string, at: number): JsonStop {
    return new JsonStop({ code, text, at: this.#start + at, path: this.#place() });
  }

  #place(): string {
    return this.#path.join('/').slice(0, 500);
  }
}

/** Letters, digits, `+`, `-` and `.`: what a number or a word could be made of. */
const isWordByte = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x2b ||
  byte === 0x2d ||
  byte === 0x2e ||
  ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
