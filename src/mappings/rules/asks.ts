/** What a rule asks of a place, in words: `required, only SA|DS, length 1-10`. */
import { nearestWord } from '../fault.ts';
import { PlaceError } from '../place.ts';
import { splitWords } from './place.ts';

export type ParsedAsk =
  | { readonly is: 'required' }
  | { readonly is: 'unused' }
  | { readonly is: 'only'; readonly codes: readonly string[] }
  | { readonly is: 'length'; readonly min: number; readonly max: number }
  | { readonly is: 'times'; readonly min: number; readonly max: number };

const forms = ['required', 'not used', 'only SA|DS', 'length 1-10', 'at most 5', 'at least 1'];

/** Throws PlaceError with what may be asked. */
export function parseAsks(text: string): readonly ParsedAsk[] {
  const pieces = splitWords(text.replaceAll(',', ' and '), 'and').filter((it) => it !== '');
  if (pieces.length === 0) throw new PlaceError(`nothing is asked: write ${forms.join(', ')}`);
  return pieces.map(parseAsk);
}

function parseAsk(text: string): ParsedAsk {
  if (text === 'required') return { is: 'required' };
  if (text === 'not used') return { is: 'unused' };
  const codes = /^only +(\S.*)$/.exec(text)?.[1];
  if (codes !== undefined) {
    return { is: 'only', codes: codes.split('|').map((code) => code.trim()) };
  }
  const length = /^length +(\d{1,6})(?: *[-/] *(\d{1,6}))?$/.exec(text);
  if (length !== null) return lengthAsk(Number(length[1]), Number(length[2] ?? length[1]), text);
  const times = /^at (most|least) +(\d{1,6})$/.exec(text);
  if (times === null) throw new PlaceError(unknownText(text));
  const count = Number(times[2]);
  return times[1] === 'most'
    ? { is: 'times', min: 0, max: count }
    : { is: 'times', min: count, max: Number.POSITIVE_INFINITY };
}

function lengthAsk(min: number, max: number, text: string): ParsedAsk {
  if (max < min) throw new PlaceError(`"${text}": the smaller number comes first`);
  return { is: 'length', min, max };
}

const wordsOnly = ['required', 'not used', 'only', 'length', 'at most', 'at least'];

/** As guides say it. */
const saidElsewhere: Readonly<Record<string, string>> = {
  unused: 'not used',
  forbidden: 'not used',
  mandatory: 'required',
  'must use': 'required',
};

function unknownText(text: string): string {
  const near = saidElsewhere[text.toLowerCase()] ?? nearestWord(text, wordsOnly);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `"${text}" asks for nothing known${hint}: write ${forms.join(', ')}`;
}
