/** Local time in a zone, from an instant: envelopes carry local times without a zone. */
import type { Instant } from './time.ts';

export interface LocalTime {
  /** `YYYY-MM-DDTHH:MM:SS` as clocks in the zone show it. */
  readonly text: string;
  /** `+01:00` at that instant. */
  readonly offset: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The last second told of each zone: of a busy hub's envelopes, many fall into one. */
const lastTold = new Map<string, { readonly second: number; readonly local: LocalTime }>();

/** What the clocks of an IANA zone show at an instant. Throws RangeError for an unknown zone. */
export function localTime(instant: Instant, zone: string): LocalTime {
  const second = Math.floor(Date.parse(instant) / 1000);
  const last = lastTold.get(zone);
  if (last?.second === second) return last.local;
  const local = toldBy(zone, second * 1000);
  lastTold.set(zone, { second, local });
  return local;
}

function toldBy(zone: string, millis: number): LocalTime {
  const parts = new Map(
    format(zone)
      .formatToParts(millis)
      .map((part) => [part.type, part.value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const text = `${date}T${part('hour')}:${part('minute')}:${part('second')}`;
  const offsetMinutes = Math.round((Date.parse(`${text}Z`) - millis) / 60000);
  return { text, offset: offsetText(offsetMinutes) };
}

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** An instant a number of milliseconds later. */
export const later = (instant: Instant, millis: number): Instant =>
  new Date(Date.parse(instant) + millis).toISOString();
