/** Findings as an integration engineer reads them on a terminal. */
import type { Finding } from '../model/finding.ts';

const MARK = { error: 'error  ', warning: 'warning', info: 'info   ' } as const;

/** `error   code-unknown  ST 0001 / PO1[3] / PO103  byte 412` and the sentence below. */
export function findingText(finding: Finding): string {
  const { severity, code, place, text } = finding;
  const message =
    place.message === undefined || place.path.includes(place.message) ? '' : `${place.message} / `;
  const bytes = place.start === undefined ? '' : `  byte ${place.start}`;
  return `${MARK[severity]} ${code}  ${message}${place.path}${bytes}\n        ${text}\n`;
}

/** `2 errors, 1 warning`. */
export function tally(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity'], word: string): string[] => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return found === 0 ? [] : [`${found} ${word}${found === 1 ? '' : 's'}`];
  };
  const parts = [
    ...count('error', 'error'),
    ...count('warning', 'warning'),
    ...count('info', 'remark'),
  ];
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}
