import { nearestWord } from './nearest-word.ts';

/** Whether it is an IANA time zone; an offset is none: it does not know summer time. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export function zoneFix(zone: string): string {
  const meant = nearestWord(zone, Intl.supportedValuesOf('timeZone'));
  return meant === undefined ? 'Write an IANA zone, as America/Chicago.' : `Did you mean ${meant}?`;
}
