/** Segments to text: separators between values, trailing empties dropped, every value guarded. */
import type { MessageData, Syntax } from '../../model/envelope.ts';
import { HubError } from '../../model/errors.ts';
import type { ElementData, SegmentData } from '../../model/message.ts';

/** Makes a value safe to stand between separators, or throws `cannot-encode`. */
export type Guard = (value: string, place: string) => string;

/** `where` names the message in errors: `850 0001`. */
export function segmentText(
  segment: SegmentData,
  syntax: Syntax,
  guard: Guard,
  where: string,
): string {
  if (!/^[A-Z0-9]{2,3}$/.test(segment.tag)) {
    throw cannotEncode(`${JSON.stringify(segment.tag.slice(0, 20))} is no segment tag`, where);
  }
  const elements = segment.elements.map((element, index) => {
    const place = `${segment.tag}${String(index + 1).padStart(2, '0')}`;
    return elementText(element, syntax, (value) => guard(value, `${where} / ${place}`), place);
  });
  const body = joined([segment.tag, ...elements], syntax.element);
  return body + syntax.terminator + (syntax.lineBreak ?? '');
}

function elementText(
  element: ElementData,
  syntax: Syntax,
  guard: (value: string) => string,
  place: string,
): string {
  if (typeof element === 'string') return guard(element);
  const repeats = 'repeats' in element ? element.repeats : [element];
  if (repeats.length > 1 && syntax.repetition === undefined) {
    throw cannotEncode('repeats, but the syntax has no repetition separator', place);
  }
  const texts = repeats.map((repeat) => repeatText(repeat, syntax, guard, place));
  return joined(texts, syntax.repetition ?? '');
}

function repeatText(
  repeat: string | readonly string[],
  syntax: Syntax,
  guard: (value: string) => string,
  place: string,
): string {
  if (typeof repeat === 'string') return guard(repeat);
  const text = joined(repeat.map(guard), syntax.component);
  if (repeat.length > 1 && syntax.component === '' && text !== '') {
    throw cannotEncode('has components, but the syntax has no component separator', place);
  }
  return text;
}

/** What is empty at the end is not written, nor its separator (ISO 9735-1 §8.4, X12.5). */
function joined(texts: readonly string[], separator: string): string {
  let used = texts.length;
  while (used > 0 && texts[used - 1] === '') used--;
  return texts.slice(0, used).join(separator);
}

export function contentSegments(message: MessageData): readonly SegmentData[] {
  const { content, type, control } = message;
  if (content.form === 'segments') return content.segments;
  throw cannotEncode('The content is a tree, not segments', `${type.name} ${control}`);
}

export function cannotEncode(what: string, place: string): HubError {
  return new HubError('cannot-encode', `${place}: ${what}.`, { details: { place } });
}

/** Separators must be single, different, neither letters nor digits nor blanks. */
export function checkSeparators(syntax: Syntax): void {
  const { element, component, repetition, terminator, release } = syntax;
  const separators = [element, component, terminator, repetition, release].filter(
    (separator): separator is string => separator !== undefined && separator !== '',
  );
  const isGood = separators.every((separator) => /^[^A-Za-z0-9 \x80-\uffff]$/.test(separator));
  if (isGood && new Set(separators).size === separators.length && element && terminator) return;
  throw cannotEncode(`The separators ${JSON.stringify(separators)} cannot be used`, 'syntax');
}

/** `2026-03-01T14:05:00` as `20260301` and `1405`. */
export function dateAndTime(preparedAt: string): { readonly date: string; readonly time: string } {
  const [, year, month, day, hour, minute] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(preparedAt) ?? [];
  if (minute === undefined) {
    throw cannotEncode(`${JSON.stringify(preparedAt)} is no local date-time`, 'preparedAt');
  }
  return { date: `${year}${month}${day}`, time: `${hour}${minute}` };
}
