/**
 * What a mapping left behind is stored as one finding a message, not a row a value: a usual order
 * leaves a dozen. It says how many there are and where; `tradelane read --verbose` lists each.
 */
import type { Finding } from '../model/finding.ts';

const FOLDED: ReadonlySet<string> = new Set(['lost', 'unmapped']);
const PATHS_MAX = 20;

/** Findings with all `lost` as one, and all `unmapped` as one; `of` says what was read or written. */
export function foldLeftBehind(findings: readonly Finding[], of: string): readonly Finding[] {
  const kept = findings.filter((finding) => !FOLDED.has(finding.code));
  if (kept.length === findings.length) return findings;
  const folded = [...FOLDED].flatMap((code) => {
    const those = findings.filter((finding) => finding.code === code);
    return those.length < 2 ? those : [foldOne(those, of)];
  });
  return [...kept, ...folded];
}

function foldOne(those: readonly Finding[], of: string): Finding {
  const [first] = those as readonly [Finding, ...Finding[]];
  const paths = [...new Set(those.map(({ place }) => place.path.replace(/\[\d+\]/g, '[]')))];
  const shown = paths.slice(0, PATHS_MAX).join(', ');
  const more = paths.length > PATHS_MAX ? ` and ${paths.length - PATHS_MAX} more places` : '';
  const what = first.code === 'lost' ? 'have no place in' : 'are read by no rule of';
  const { message } = first.place;
  return {
    code: first.code,
    severity: first.severity,
    fault: first.fault,
    place: { path: of, ...(message === undefined ? {} : { message }) },
    text: `${those.length} values ${what} ${of}: ${shown}${more}.`,
  };
}
