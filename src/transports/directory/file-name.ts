/**
 * Names of files that others chose. They are any bytes but `/` and NUL, so they are carried as
 * Latin-1 text, one character a byte: nothing is lost, and a name in another character set can
 * still be opened. They are shown to people and kept beside their file, never used as a path to
 * anything else.
 */
import { join, matchesGlob } from 'node:path';

export type RawName = string;

const temporaryEndings = ['.tmp', '.part', '.filepart', '.writing', '~'];

/** Hidden, or of a kind that programs give to what they have not finished. */
export function isTemporary(name: RawName): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith('.') || temporaryEndings.some((ending) => lower.endsWith(ending));
}

export const matches = (name: RawName, pattern: string | undefined): boolean =>
  pattern === undefined || matchesGlob(shownName(name), pattern);

/** As people read it. */
export function shownName(name: RawName): string {
  const bytes = Buffer.from(name, 'latin1');
  const text = bytes.toString('utf8');
  const shown = text.includes('\uFFFD') ? name : text;
  return shown.replace(/[\u0000-\u001f\u007f]/g, '?');
}

export const pathOf = (folder: string, name: RawName): Buffer =>
  Buffer.concat([Buffer.from(join(folder, '/')), Buffer.from(name, 'latin1')]);

/** `order.edi` with a mark: `order.<mark>.edi`; a name too long for that is the mark alone. */
export function markedName(name: RawName, mark: string): RawName {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const marked = `${stem}.${mark}${extension}`;
  return marked.length > 255 ? mark : marked;
}
