/** Reads an X12 997 or 999: which sets and which group it accepts. */

import type { AnswerDetail } from '../../model/answer.ts';
import type { Message, Segments } from '../../model/message.ts';
import { type AnswerRow, detailsMax, joined } from './answer.ts';
import { ak3Words, ak4Words, ak5Words, ak9Words, words } from './words.ts';

/**
 * The rows of the sets come first, then the row of the group. Good sets may be left out (there is
 * no AK2 for them): then the group's row decides. It accepts what it says was partly accepted (P),
 * because the sets that were refused have rows of their own; where none has, it refuses.
 */
export function read997(message: Message): readonly AnswerRow[] {
  if (message.content.form !== 'segments') return [];
  const { segments } = message.content;
  const reader: Reader = { segments, rows: [], group: '', set: undefined, notes: [], details: [] };
  for (let at = 0; at < segments.count; at += 1) readSegment(reader, at);
  return reader.rows;
}

interface Reader {
  readonly segments: Segments;
  readonly rows: AnswerRow[];
  group: string;
  /** AK202 of the set at hand. */
  set: string | undefined;
  notes: string[];
  details: AnswerDetail[];
}

/** 999 writes IK3, IK4 and IK5 for AK3, AK4 and AK5. */
function readSegment(reader: Reader, at: number): void {
  switch (reader.segments.tag(at)) {
    case 'AK1':
      reader.group = reader.segments.value(at, 2);
      break;
    case 'AK2':
      reader.set = reader.segments.value(at, 2);
      reader.notes = [];
      reader.details = [];
      break;
    case 'AK3':
    case 'IK3':
      note(reader, segmentNote(reader.segments, at));
      addSegment(reader, at);
      break;
    case 'AK4':
    case 'IK4':
      note(reader, elementNote(reader.segments, at));
      addElement(reader, at);
      break;
    case 'AK5':
    case 'IK5':
      endSet(reader, at);
      break;
    case 'AK9':
      endGroup(reader, at);
      break;
  }
}

const notesMax = 20;

function note(reader: Reader, text: string): void {
  if (reader.notes.length < notesMax) reader.notes.push(text);
}

function segmentNote(segments: Segments, at: number): string {
  const error = segments.value(at, 4);
  const where = `${segments.value(at, 1)} (segment ${segments.value(at, 2)})`;
  return error === '8' ? where : `${where}: ${words(ak3Words, error)}`;
}

function elementNote(segments: Segments, at: number): string {
  const copy = segments.value(at, 4);
  const value = copy === '' ? '' : ` '${copy}'`;
  return `element ${segments.value(at, 1)}${value}: ${words(ak4Words, segments.value(at, 3))}`;
}

function addSegment({ segments, details }: Reader, at: number): void {
  const segment = Number(segments.value(at, 2));
  if (details.length >= detailsMax || !Number.isInteger(segment) || segment < 1) return;
  const error = segments.value(at, 4);
  const detail = { segment, tag: segments.value(at, 1), text: words(ak3Words, error) };
  details.push(missingCodes.has(error) ? { ...detail, missing: 'before' } : detail);
}

/** Element 720: mandatory, dependent, a loop below its minimum, a segment below it. */
const missingCodes: ReadonlySet<string> = new Set(['3', 'I6', 'I7', 'I8']);

/** The elements of a segment say more than that it has some in error. */
function addElement({ segments, details }: Reader, at: number): void {
  const last = details.at(-1);
  const element = Number(segments.value(at, 1, 1));
  if (last === undefined || !Number.isInteger(element) || element < 1) return;
  const isFirst = last.element === undefined;
  if (!isFirst && details.length >= detailsMax) return;
  if (isFirst) details.pop();
  const { segment, tag } = last;
  const [component, repeat] = [2, 3].map((part) => Number(segments.value(at, 1, part)) || 0);
  details.push({
    ...{ segment, tag, element, text: words(ak4Words, segments.value(at, 3)) },
    ...(component ? { component } : {}),
    ...(repeat ? { repeat } : {}),
  });
}

function endSet(reader: Reader, at: number): void {
  const { segments, rows, group, set, notes, details } = reader;
  reader.set = undefined;
  reader.notes = [];
  reader.details = [];
  if (set === undefined) return;
  const code = segments.value(at, 1);
  const errors = codes(segments, at, 2).map((it) => words(ak5Words, it));
  const said = joined([verdictWords(code), ...errors, ...notes]);
  const verdict = verdictOf(code);
  const row = { standard: 'x12', group, message: set, verdict, code, text: said };
  rows.push(details.length === 0 ? row : { ...row, details });
}

function endGroup(reader: Reader, at: number): void {
  const { segments, rows, group } = reader;
  const code = segments.value(at, 1);
  const errors = codes(segments, at, 5).map((it) => words(ak9Words, it));
  const counts = `${segments.value(at, 4)} of ${segments.value(at, 3)} sets accepted`;
  const refusedOnes = rows.some((it) => it.group === group && it.verdict === 'rejected');
  const verdict = code === 'P' && refusedOnes ? 'accepted' : verdictOf(code);
  const text = joined([verdictWords(code), counts, ...errors]);
  rows.push({ standard: 'x12', group, verdict, code, text });
  reader.group = '';
}

/** The values from an element to the end of the segment. */
function codes(segments: Segments, at: number, from: number): readonly string[] {
  const found: string[] = [];
  for (let element = from; element < from + 5; element += 1) {
    const code = segments.value(at, element);
    if (code !== '') found.push(code);
  }
  return found;
}

/** A and E accept; P, R and the security codes M, W, X do not. */
const verdictOf = (code: string): AnswerRow['verdict'] =>
  code === 'A' || code === 'E' ? 'accepted' : 'rejected';

function verdictWords(code: string): string {
  if (code === 'A') return 'accepted';
  if (code === 'E') return 'accepted, errors noted';
  return code === 'P' ? 'partly accepted' : 'rejected';
}
