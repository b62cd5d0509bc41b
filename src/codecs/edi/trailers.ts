/** Trailers: what they count and repeat is compared with what was there; and what stands in none. */
import type { Place } from '../../model/finding.ts';
import type { Segments } from '../../model/message.ts';
import type { Dialect } from './dialect.ts';
import { cut, fault } from './faults.ts';
import {
  type Ending,
  inMessage,
  type OpenInterchange,
  type OpenLevel,
  type OpenMessage,
} from './open-levels.ts';

/** The place is that of the trailer that should be there: of a message, the segment after its last. */
export function tellMissing(
  level: OpenLevel | OpenMessage,
  ending: Ending,
  tag: string,
  at: number,
): void {
  if (ending === 'trailer') return;
  const why = ending === 'truncated' ? 'the bytes end' : 'something else begins';
  const inside = 'segments' in level ? { ...inMessage(level), segment: level.segments + 1 } : {};
  const place = { ...inside, path: `${level.name} / ${tag}`, tag, start: at };
  level.faults.add(fault(ending, place, `${level.name} has no ${tag} before ${why}.`));
}

export function tellUnterminated(level: OpenLevel, start: number, end: number): void {
  const text = 'The last segment has no terminator; it was read to the end of the bytes.';
  const place = { path: level.name, start, end };
  level.faults.add(fault('truncated', place, text, { severity: 'warning' }));
}

/** Where the trailer counts what has lost its header, that is the fault; else they are in the way. */
export function tellStrays(level: OpenLevel, tag: string): void {
  if (level.strays === 0) return;
  const { name, strays, strayStart: start, strayEnd: end } = level;
  if (level.isLossCounted) {
    const text = `${strays} segments of ${name} belong to no message: ${tag} is missing before them.`;
    level.faults.add(fault('header-missing', { path: `${name} / ${tag}`, tag, start, end }, text));
    return;
  }
  const text = `Segments that stand between the messages and belong to none: ${strays}.`;
  level.faults.add(fault('bytes-outside', { path: name, start, end }, text));
}

const counted = {
  messageEnd: 'segments',
  groupEnd: 'messages',
  interchangeEnd: 'groups or messages',
} as const;
type TrailerKind = keyof typeof counted;

/**
 * The one shape of all trailers: element 1 counts, element 2 repeats the control number. A count
 * that a missing header or trailer explains is no other fault, nor is a number without its header.
 */
export function checkTrailer(
  dialect: Dialect,
  kind: TrailerKind,
  level: OpenLevel,
  there: number,
  trailer: Segments,
): number | undefined {
  const tag = dialect.tags[kind];
  const place = (element: number): Place => ({
    path: `${level.name} / ${tag} / ${tag}0${element}`,
    ...(kind === 'messageEnd' ? { message: level.control, segment: there } : {}),
    tag,
    element,
    ...trailer.range(0, element),
  });
  const count = trailer.value(0, 1);
  const number = /^\d{1,15}$/.test(count) ? Number(count) : undefined;
  level.isLossCounted = level.lost > 0 && number === there + level.lost;
  const isExplained = level.isLossCounted || (level.cut > 0 && number === there - level.cut);
  if (number !== there && !isExplained) {
    const text = `${tag}01 counts ${quoted(count)} ${counted[kind]}; there are ${there}.`;
    level.faults.add(fault('count-wrong', place(1), text, { value: count }));
  }
  const control = trailer.value(0, 2);
  if (control !== level.control && isNumbered(level)) {
    const isSame = isSameControl(dialect, kind, control, level.control);
    const text = `${tag}02 is ${quoted(control)}, but its header has ${quoted(level.control)}`;
    level.faults.add(
      isSame
        ? fault('control-differs', place(2), `${text}: the same number, written differently.`, {
            value: control,
            severity: 'warning',
          })
        : fault('control-differs', place(2), `${text}.`, { value: control }),
    );
  }
  return number;
}

const isNumbered = (level: OpenLevel | OpenInterchange): boolean =>
  !('hasHeader' in level) || level.hasHeader;

const quoted = (text: string): string => JSON.stringify(cut(text));

/** Control numbers of X12 groups and interchanges are numbers (N0), all others are text. */
function isSameControl(
  dialect: Dialect,
  kind: TrailerKind,
  trailer: string,
  header: string,
): boolean {
  if (kind === 'messageEnd' || !dialect.hasNumericControls) return false;
  const isNumber = /^\d{1,15}$/;
  return isNumber.test(trailer) && isNumber.test(header) && Number(trailer) === Number(header);
}
