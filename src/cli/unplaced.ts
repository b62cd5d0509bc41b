/**
 * Values that a mapping leaves behind (`lost`, `unmapped`), folded into one sentence: most are left
 * behind on purpose, and a line each would bury what is wrong.
 */
import type { Finding } from '../model/finding.ts';
import { counted } from './findings.ts';

/** So many places are named; of more, only their number is told. */
const NAMED_MAX = 8;
/** So many different places are remembered. */
const PLACES_MAX = 1000;

const WORDS = {
  lost: 'no place in what is written',
  unmapped: 'no rule that reads them',
} as const;
type Code = keyof typeof WORDS;

export interface Unplaced {
  /** True when the finding is of this kind: it is counted, and need not be told. */
  take(finding: Finding): boolean;
  /** A line for each kind that occurred. */
  lines(): readonly string[];
}

export function unplaced(): Unplaced {
  const kinds = new Map<Code, { values: number; readonly places: Set<string> }>();
  return {
    take({ code, severity, place }) {
      if (severity === 'error' || (code !== 'lost' && code !== 'unmapped')) return false;
      const kind = kinds.get(code) ?? { values: 0, places: new Set() };
      kinds.set(code, kind);
      kind.values += 1;
      if (kind.places.size < PLACES_MAX) kind.places.add(anyRow(place.path));
      return true;
    },
    lines: () => [...kinds].map(([code, { values, places }]) => line(code, values, [...places])),
  };
}

/** `lines[3].price` and `lines[4].price` are one place. */
const anyRow = (path: string): string => path.replace(/\[\d{1,9}\]/g, '[]');

function line(code: Code, values: number, places: readonly string[]): string {
  const rest = places.length - NAMED_MAX;
  const more =
    rest > 0 ? ` and ${rest}${places.length === PLACES_MAX ? ' or more' : ''} others` : '';
  const named = places.slice(0, NAMED_MAX).join(', ') + more;
  const have = values === 1 ? 'has' : 'have';
  return `${code}: ${counted(values, 'value')} ${have} ${WORDS[code]}: ${named} (--verbose lists all)\n`;
}
