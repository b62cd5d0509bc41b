/** Reads an EDIFACT CONTRL: what it says of our interchange, its groups and its messages. */

import type { AnswerDetail } from '../../model/answer.ts';
import type { Message, Segments } from '../../model/message.ts';
import { type AnswerRow, detailsMax, joined } from './answer.ts';
import { syntaxWords, words } from './words.ts';

/**
 * Messages and groups come before the interchange, whose row decides for all that is not named.
 * Action 8 only says that the interchange arrived: it makes no row.
 */
export function readContrl(message: Message): readonly AnswerRow[] {
  if (message.content.form !== 'segments') return [];
  const { segments } = message.content;
  const reader: Reader = { segments, rows: [], interchange: '', group: undefined, levels: [] };
  for (let at = 0; at < segments.count; at += 1) readSegment(reader, at);
  end(reader, 0);
  return reader.rows;
}

interface Reader {
  readonly segments: Segments;
  readonly rows: AnswerRow[];
  interchange: string;
  group: string | undefined;
  /** UCI, UCF, UCM while what is below them still comes. */
  readonly levels: Level[];
}

interface Level {
  readonly depth: number;
  readonly row: Omit<AnswerRow, 'verdict' | 'text'>;
  readonly notes: string[];
  readonly details: AnswerDetail[];
}

function readSegment(reader: Reader, at: number): void {
  const { segments } = reader;
  switch (segments.tag(at)) {
    case 'UCI':
      reader.interchange = segments.value(at, 1, 1);
      begin(reader, 0, at, 4, {});
      break;
    case 'UCF':
      reader.group = segments.value(at, 1, 1);
      begin(reader, 1, at, 4, { group: reader.group });
      break;
    case 'UCM':
      begin(reader, 2, at, 3, messageRow(reader, segments.value(at, 1, 1)));
      break;
    case 'UCS':
      note(reader, noteOf(`segment ${segments.value(at, 1)}`, segments.value(at, 2)));
      addSegment(reader, at);
      break;
    case 'UCD':
      note(reader, noteOf(elementPosition(segments, at, 2), segments.value(at, 1)));
      addElement(reader, at);
      break;
  }
}

const messageRow = (reader: Reader, message: string): Partial<AnswerRow> =>
  reader.group === undefined ? { message } : { group: reader.group, message };

/** `actionAt` is the element of 0083; 0085 follows it. */
function begin(
  reader: Reader,
  depth: number,
  at: number,
  actionAt: number,
  names: Partial<AnswerRow>,
): void {
  end(reader, depth);
  const { segments, interchange } = reader;
  const code = segments.value(at, actionAt);
  const error = segments.value(at, actionAt + 1);
  const notes =
    error === '' ? [] : [words(syntaxWords, error), servicePlace(segments, at, actionAt)];
  reader.levels.push({
    depth,
    row: { standard: 'edifact', interchange, ...names, code },
    notes,
    details: [],
  });
}

/** 0013 and S011: which service segment is wrong, and which element of it. */
function servicePlace(segments: Segments, at: number, actionAt: number): string {
  const tag = segments.value(at, actionAt + 2);
  const hasPlace = segments.value(at, actionAt + 3, 1) !== '';
  return hasPlace ? `${tag} ${elementPosition(segments, at, actionAt + 3)}` : tag;
}

/** Ends levels from the innermost to a depth, each with its row. */
function end(reader: Reader, depth: number): void {
  for (let level = reader.levels.at(-1); level !== undefined; level = reader.levels.at(-1)) {
    if (level.depth < depth) return;
    reader.levels.pop();
    const { row, notes, details } = level;
    if (row.code === '8') continue;
    const verdict = row.code === '7' ? 'accepted' : 'rejected';
    const said = { ...row, verdict, text: joined([verdict, ...notes]) } as const;
    reader.rows.push(details.length === 0 ? said : { ...said, details });
  }
}

const notesMax = 20;

function note(reader: Reader, text: string): void {
  const level = reader.levels.at(-1);
  if (level !== undefined && level.notes.length < notesMax) level.notes.push(text);
}

function addSegment({ segments, levels }: Reader, at: number): void {
  const details = levels.at(-1)?.details;
  const segment = Number(segments.value(at, 1));
  if (details === undefined || details.length >= detailsMax || !(segment >= 1)) return;
  const error = segments.value(at, 2);
  const detail = { segment, tag: '', text: words(syntaxWords, error) };
  // 0096 of a missing segment is the one before its place.
  details.push(error === '13' ? { ...detail, missing: 'after' } : detail);
}

/** 0098 counts the tag as 1. The elements of a segment say more than the segment alone. */
function addElement({ segments, levels }: Reader, at: number): void {
  const details = levels.at(-1)?.details ?? [];
  const last = details.at(-1);
  const element = Number(segments.value(at, 2, 1)) - 1;
  if (last === undefined || !(element >= 1)) return;
  const isFirst = last.element === undefined;
  if (!isFirst && details.length >= detailsMax) return;
  if (isFirst) details.pop();
  const component = Number(segments.value(at, 2, 2)) || 0;
  const text = words(syntaxWords, segments.value(at, 1));
  const detail = { segment: last.segment, tag: '', element, text };
  details.push(component === 0 ? detail : { ...detail, component });
}

const noteOf = (where: string, code: string): string =>
  code === '' ? where : `${where}: ${words(syntaxWords, code)}`;

/** S011 counts the tag as 1; people count elements without it. Syntax 4 adds the repetition. */
function elementPosition(segments: Segments, at: number, placeAt: number): string {
  const [position, component, occurrence] = [1, 2, 3].map((it) => segments.value(at, placeAt, it));
  const element = `element ${Number(position) - 1}${component === '' ? '' : `.${component}`}`;
  return occurrence === '' ? element : `${element}, occurrence ${occurrence}`;
}
