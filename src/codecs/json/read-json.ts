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

const literals = { t: ['true', 'boolean'], f: ['false', 'boolean'], n: ['null', 'null'] } as const;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
/** Longer digits than any amount: they would only cost time further on. */
const NUMBER_BYTES_MAX = 1000;
const TWICE_MAX = 100;

class Reader {
  readonly twice: JsonFault[] = [];
  readonly #bytes: Buffer;
  readonly #limits: DecodeLimits;
  readonly #start: number;
  readonly #path: (string | number)[] = [];
  #at = 0;
  #nodes = 0;

  constructor(bytes: Buffer, reading: JsonReading) {
    this.#bytes = bytes;
    this.#limits = reading.limits;
    this.#start = reading.start;
  }

  whole(): TreeNode {
    this.#checkUtf8();
    this.#skipBlanks();
    const [root] = this.#value('', 0);
    this.#skipBlanks();
    if (this.#at < this.#bytes.length) throw this.#wrong('something after the end of the value');
    return root ?? leaf('', 'null', '', this.#start, this.#start + this.#at);
  }

  /** None for what is absent, one for a value, several for the items of an array. */
  #value(name: string, depth: number): TreeNode[] {
    this.#count(depth);
    const letter = this.#peek();
    if (letter === '{') return [this.#object(name, depth)];
    if (letter === '[') return this.#array(name, depth);
    if (letter === '"') return [this.#string(name)];
    const node =
      letter === 't' || letter === 'f' || letter === 'n'
        ? this.#literal(name, letter)
        : this.#number(name);
    return node.json === 'null' ? [] : [node];
  }

  #object(name: string, depth: number): TreeNode {
    const start = this.#at;
    const children: TreeNode[] = [];
    const seen = new Set<string>();
    this.#at += 1;
    this.#skipBlanks();
    if (!this.#take('}')) {
      do this.#member(children, seen, depth);
      while (this.#take(','));
      if (!this.#take('}')) throw this.#wrong('no "," or "}" after a member');
    }
    const range = { start: this.#start + start, end: this.#start + this.#at };
    return { name, text: '', attributes: [], children, ...range, json: 'object' };
  }

  #member(children: TreeNode[], seen: Set<string>, depth: number): void {
    this.#skipBlanks();
    if (this.#peek() !== '"') throw this.#wrong('no member name in quotes');
    const at = this.#at;
    const name = this.#text();
    this.#path.push(name);
    this.#skipBlanks();
    if (!this.#take(':')) throw this.#wrong('no ":" after a member name');
    this.#skipBlanks();
    const nodes = this.#value(name, depth + 1);
    if (seen.has(name)) this.#tellTwice(at);
    else for (const node of nodes) children.push(node);
    seen.add(name);
    this.#path.pop();
    this.#skipBlanks();
  }

  #array(name: string, depth: number): TreeNode[] {
    const items: TreeNode[] = [];
    this.#at += 1;
    this.#skipBlanks();
    if (this.#take(']')) return items;
    do {
      this.#skipBlanks();
      this.#path.push(items.length);
      items.push(...this.#item(name, depth + 1));
      this.#path.pop();
      this.#skipBlanks();
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#wrong('no "," or "]" after an item');
    return items;
  }

  /** An array inside an array stays one node, with its items below it. */
  #item(name: string, depth: number): TreeNode[] {
    const start = this.#start + this.#at;
    const isArray = this.#peek() === '[';
    const nodes = this.#value(name, depth);
    if (!isArray) return nodes.map((node) => ({ ...node, inArray: true }));
    const range = { start, end: this.#start + this.#at };
    const attributes: [] = [];
    return [
      { name, text: '', attributes, children: nodes, ...range, json: 'array', inArray: true },
    ];
  }

  #string(name: string): TreeNode {
    const start = this.#at;
    const text = this.#text();
    return leaf(name, 'string', text, this.#start + start, this.#start + this.#at);
  }

  #text(): string {
    const found = readString(this.#bytes, this.#at);
    if ('wrong' in found) throw this.#wrong(found.wrong, found.at);
    this.#at = found.end;
    return found.text;
  }

  #literal(name: string, letter: keyof typeof literals): TreeNode {
    const [word, kind] = literals[letter];
    const start = this.#at;
    const end = start + word.length;
    if (this.#bytes.toString('latin1', start, end) !== word || isWordByte(this.#bytes[end] ?? 0)) {
      throw this.#wrong('an unknown word');
    }
    this.#at = end;
    const text = kind === 'null' ? '' : word;
    return leaf(name, kind, text, this.#start + start, this.#start + end);
  }

  #number(name: string): TreeNode {
    const start = this.#at;
    let end = start;
    while (isWordByte(this.#bytes[end] ?? 0)) end += 1;
    const text = this.#bytes.toString('latin1', start, Math.min(end, start + NUMBER_BYTES_MAX + 1));
    if (text === '') throw this.#wrong('no value where one is due');
    if (text.length > NUMBER_BYTES_MAX) throw this.#wrong('a number with too many digits');
    if (!number.test(text)) throw this.#wrong('a malformed number or unknown word');
    this.#at = end;
    return leaf(name, 'number', text, this.#start + start, this.#start + end);
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

  #peek(): string {
    return this.#at < this.#bytes.length ? String.fromCharCode(this.#bytes[this.#at] ?? 0) : '';
  }

  #take(letter: string): boolean {
    if (this.#peek() !== letter) return false;
    this.#at += 1;
    return true;
  }

  #skipBlanks(): void {
    for (; this.#at < this.#bytes.length; this.#at++) {
      const byte = this.#bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
    }
  }

  #checkUtf8(): void {
    if (isUtf8(this.#bytes)) return;
    const at = firstBadUtf8(this.#bytes);
    const text = `The byte at ${this.#start + at} is not UTF-8. Ask the sender for JSON in UTF-8.`;
    throw this.#stop('character-bad', text, at);
  }

  #tellTwice(at: number): void {
    const text = `The member ${this.#place()} is given twice in one object; only the first was read.`;
    if (this.twice.length < TWICE_MAX) this.twice.push(this.#stop('member-twice', text, at).fault);
  }

  #tooLarge(what: string): JsonStop {
    const text = `The JSON has ${what}: no business document needs that. It was not read.`;
    return this.#stop('tree-too-large', text, this.#at);
  }

  #wrong(what: string, at = this.#at): JsonStop {
    const before = this.#bytes.subarray(0, at);
    const line = 1 + before.reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 0);
    const where = `line ${line} of the message, byte ${this.#start + at}`;
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

function leaf(
  name: string,
  json: NonNullable<TreeNode['json']>,
  text: string,
  start: number,
  end: number,
): TreeNode {
  return { name, text, attributes: [], children: [], start, end, json };
}
