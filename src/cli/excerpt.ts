/** The bytes a finding is about, as they stand in the file, with a mark under them. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Range } from '../model/range.ts';

/** The line and its marks; nothing where the bytes cannot be read again. */
export type Excerpt = (range: Range) => readonly string[];

const BEFORE = 60;
const AFTER = 40;
const MARKS_MAX = 60;
/** An ISA is 106 bytes long, and its last is the segment terminator (X12.5). */
const HEAD = 106;

/** Of a file that can be read at any place. */
export function excerptOf(path: string): Excerpt {
  let breaks: ReadonlySet<number> | undefined;
  return ({ start, end }) => {
    const file = openSync(path, 'r');
    try {
      breaks ??= breaksOf(read(file, 0, HEAD));
      const first = Math.max(0, start - BEFORE);
      const window = read(file, first, Math.max(end - first, start - first) + AFTER);
      return marked(window, start - first, end - first, breaks, first > 0);
    } finally {
      closeSync(file);
    }
  };
}

function read(file: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(length, BEFORE + MARKS_MAX + AFTER));
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, position));
}

/** Where a line ends for people: at line breaks, and at the terminators of EDI segments. */
function breaksOf(head: Uint8Array): ReadonlySet<number> {
  const text = Buffer.from(head).toString('latin1');
  const terminator = text.startsWith('ISA') ? 105 : text.startsWith('UNA') ? 8 : undefined;
  const byte = terminator === undefined ? undefined : head[terminator];
  const found = text.startsWith('UNB') ? 0x27 : byte;
  return new Set([0x0a, 0x0d, ...(found === undefined ? [] : [found])]);
}

function marked(
  window: Uint8Array,
  start: number,
  end: number,
  breaks: ReadonlySet<number>,
  isCut: boolean,
): readonly string[] {
  if (start >= window.length) return [];
  const before = window.subarray(0, start).findLastIndex((byte) => breaks.has(byte));
  const after = window.findIndex((byte, at) => at >= Math.max(start, end) && breaks.has(byte));
  const isBreak = breaks.has(window[start] ?? 0);
  const stop = Math.min(end > start || isBreak ? end : start + 1, window.length);
  const text = (from: number, to: number): string =>
    Buffer.from(window.subarray(from, Math.max(from, to)))
      .toString('utf8')
      .replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');
  const lead = `${before < 0 && isCut ? '…' : ''}${text(before + 1, start)}`;
  const shown = text(start, stop);
  const rest = text(stop, after < 0 ? window.length : after);
  return [
    `${lead}${shown}${rest}`.trimEnd(),
    `${' '.repeat(lead.length)}${'^'.repeat(Math.max(1, shown.length))}`,
  ];
}
