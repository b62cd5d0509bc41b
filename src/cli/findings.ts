/** Findings as an integration engineer reads them on a terminal. */
import type { Finding } from '../model/finding.ts';
import type { Excerpt } from './excerpt.ts';

const MARK = { error: 'error  ', warning: 'warning', info: 'info   ' } as const;
const INDENT = ' '.repeat(8);

/**
 * `error   element-code  ST 0001 / PO1[3] / PO103  byte 412`, the sentence below it, and the bytes
 * with a mark under them where they can be shown.
 */
export function findingText(finding: Finding, excerpt?: Excerpt): string {
  const { severity, code, place, text } = finding;
  const message =
    place.message === undefined || place.path.includes(place.message) ? '' : `${place.message} / `;
  const bytes = place.start === undefined ? '' : `  byte ${place.start}`;
  const lines = [
    `${MARK[severity]} ${code}  ${message}${place.path}${bytes}`,
    `${INDENT}${text}`,
    ...excerptLines(finding, excerpt).map((line) => `${INDENT}| ${line}`),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function excerptLines({ place }: Finding, excerpt: Excerpt | undefined): readonly string[] {
  if (excerpt === undefined || place.start === undefined) return [];
  return excerpt({ start: place.start, end: place.end ?? place.start });
}

/** What a file holds may not steer the terminal that shows it. */
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');

/** `2 errors, 1 warning`. */
export function tally(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity'], word: string): string[] => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return found === 0 ? [] : [counted(found, word)];
  };
  const parts = [
    ...count('error', 'error'),
    ...count('warning', 'warning'),
    ...count('info', 'remark'),
  ];
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** `1 message`, `2 messages`. */
export const counted = (count: number, word: string): string =>
  `${count} ${word}${count === 1 ? '' : 's'}`;
