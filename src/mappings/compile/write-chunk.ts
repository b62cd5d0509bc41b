/** Writes entries to the chunks of a run: each goes to the first free one. */
import type { Body, ChunkRule } from '../model.ts';
import { entriesOf } from './entries.ts';
import type { Entry } from './fields.ts';
import { type BodyWriter, putCondition } from './write-body.ts';
import {
  type Built,
  cellValue,
  documentPath,
  isEmptyCell,
  newBuilt,
  putCell,
  tell,
  type Writing,
} from './writing.ts';

export function compileWriteChunk(
  rule: ChunkRule,
  stronger: readonly ChunkRule[],
  outer: Body,
  write: BodyWriter,
  isRepeated: boolean,
): BodyWriter {
  const each = entriesOf(rule, outer) ?? ((_writing, scope, call) => call(scope, 0));
  const bases = basesOf(rule);
  const capacity = bases.length;
  const pins = stronger.filter((pin) => pin.conditions.length > 0);
  return (writing, scope, built) => {
    let count = 0;
    const skipped = writing.round * capacity;
    const outerBase = writing.base;
    each(writing, scope, (entry) => {
      if (rule.as === undefined && writing.round > 0) return;
      // A run in a node without a scope goes on in the next occurrence of the node.
      const place = count++ - skipped;
      if (place < 0 || (isRepeated && place >= capacity)) return;
      writeEntry(entry, writing, built);
    });
    writing.base = outerBase;
  };

  function writeEntry(entry: Entry, writing: Writing, built: Built): void {
    const before = writing.values;
    const base = bases.find((at) => isFree(built, rule, at));
    if (base !== undefined && pins.length === 0) {
      writing.base = base;
      write(writing, entry, built);
      if (writing.values === before) clearChunk(rule, built, base);
      else for (const condition of rule.conditions) putCondition(built, condition, base);
      return;
    }
    const chunk = newBuilt(undefined);
    writing.base = base ?? bases[0]!;
    for (const condition of rule.conditions) putCondition(chunk, condition, writing.base);
    write(writing, entry, chunk);
    if (writing.values === before) return;
    const place = base === undefined ? undefined : freeFor(chunk, built, writing.base);
    if (place !== undefined) {
      moveChunk(rule, chunk, writing.base, built, place);
      return;
    }
    const text = `${documentPath(writing, '')} has no room: ${rule.address} holds ${capacity}.`;
    tell(writing, 'no-room', '', text);
  }

  /** A free chunk that no pinned rule would read instead. */
  function freeFor(chunk: Built, built: Built, written: number): number | undefined {
    return bases.find(
      (at) =>
        isFree(built, rule, at) && !pins.some((pin) => isPinned(pin, rule, chunk, written, at)),
    );
  }
}

function basesOf({ element, component, last, by }: ChunkRule): readonly number[] {
  const first = component === 0 ? element : component;
  const bases: number[] = [];
  for (let at = first; at + by - 1 <= last; at += by) bases.push(at - 1);
  return bases;
}

const cellOf = ({ elements }: Built, rule: ChunkRule, position: number): string =>
  rule.component === 0
    ? cellValue(elements, position, 1)
    : cellValue(elements, rule.element, position);

function isFree(built: Built, rule: ChunkRule, base: number): boolean {
  for (let at = 1; at <= rule.by; at++) if (!isEmpty(built, rule, base + at)) return false;
  return true;
}

/** A position of a run of elements may be a composite: it is empty when all of it is. */
function isEmpty(built: Built, rule: ChunkRule, position: number): boolean {
  if (rule.component > 0) return cellOf(built, rule, position) === '';
  return isEmptyCell(built.elements[position - 1]);
}

/** Whether a pinned rule would read the chunk if it stood at `at`. */
function isPinned(
  pin: ChunkRule,
  rule: ChunkRule,
  chunk: Built,
  written: number,
  at: number,
): boolean {
  if (!basesOf(pin).includes(at)) return false;
  return pin.conditions.every(({ place, values }) => {
    const position = rule.component === 0 ? place.element : place.component;
    return values.includes(cellOf(chunk, rule, written + position));
  });
}

/** Takes constants back that stand beside no value. */
function clearChunk(rule: ChunkRule, built: Built, base: number): void {
  for (let at = 1; at <= rule.by; at++) {
    if (rule.component === 0) built.elements[base + at - 1] = undefined;
    else if (cellOf(built, rule, base + at) !== '') {
      putCell(built.elements, rule.element, base + at, 1, '');
    }
  }
}

function moveChunk(rule: ChunkRule, chunk: Built, from: number, built: Built, to: number): void {
  for (let at = 1; at <= rule.by; at++) {
    if (rule.component === 0) {
      const cell = chunk.elements[from + at - 1];
      if (cell !== undefined) built.elements[to + at - 1] = cell;
      continue;
    }
    const value = cellOf(chunk, rule, from + at);
    if (value === '') continue;
    putCell(built.elements, rule.element, to + at, 1, value);
  }
}
