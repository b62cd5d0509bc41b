/** Findings in the words of an application response: for the partner, who knows his own message only. */
import type { ResponseFinding } from '../documents/application-response.ts';
import type { Document } from '../documents/document.ts';
import type { FindingCode } from '../model/catalogue.ts';
import type { Finding, Place } from '../model/finding.ts';

const FINDINGS_MAX = 50;
/** What an 824 (TED02, NTE02) and an APERAK (FTX C108) have room for. */
const TEXT_MAX = 60;
const LINE_MAX = 70;
const LINES_MAX = 5;
const VALUE_MAX = 99;

/**
 * At most 50; one more says how many are left out. `isBrief`: an APERAK has no place for summary,
 * segment and value; its sentences name them.
 */
export function responseFindings(
  findings: readonly Finding[],
  document: Document,
  isBrief: boolean,
): readonly [ResponseFinding, ...ResponseFinding[]] {
  const told = findings
    .slice(0, FINDINGS_MAX)
    .map((finding) => responseFinding(finding, document, isBrief));
  const left = findings.length - told.length;
  const rest: ResponseCode = 'other';
  if (left > 0) told.push({ code: rest, lines: [`${left} more faults are not told.`] });
  return told as [ResponseFinding, ...ResponseFinding[]];
}

function responseFinding(finding: Finding, document: Document, isBrief: boolean): ResponseFinding {
  const code = codeOf(finding);
  const line = lineOf(finding.place, document);
  const value = finding.value === undefined ? undefined : plain(finding.value).slice(0, VALUE_MAX);
  const summary = [
    titles[code],
    line === undefined ? '' : ` in line ${line}`,
    value && `: ${value}`,
  ];
  return {
    code,
    lines: wrap(plain(sentenceOf(finding, value))),
    ...(line === undefined ? {} : { line }),
    ...(isBrief ? {} : { text: plain(summary.join('')).slice(0, TEXT_MAX).trimEnd() }),
    ...(isBrief ? {} : positionOf(finding.place)),
    ...(isBrief || value === undefined || value === '' ? {} : { value }),
  };
}

const titles = {
  missing: 'Value missing',
  incorrect: 'Value not correct',
  unknown: 'Not known',
  outOfBalance: 'Total does not agree',
  notMatching: 'Values do not agree',
  duplicate: 'Given twice',
  other: 'Refused',
} as const;
type ResponseCode = keyof typeof titles;

/** What is wrong, as 824 and APERAK tell it; the rest is `incorrect`, or `other` of the application. */
const codes: Partial<Record<FindingCode, ResponseCode>> = {
  'required-missing': 'missing',
  'lookup-missing': 'unknown',
  'lookup-ambiguous': 'unknown',
  'code-unknown': 'unknown',
  'count-differs': 'outOfBalance',
  'sum-differs': 'outOfBalance',
  'copy-differs': 'notMatching',
  'key-duplicate': 'duplicate',
  'send-refused': 'other',
};

const codeOf = ({ code, text }: Finding): ResponseCode =>
  code === 'document-invalid' && text.endsWith(' is missing.')
    ? 'missing'
    : (codes[code] ?? 'incorrect');

/** Where a finding is worded for us: our files, tables and fields are not the partner's business. */
const wordings: Partial<Record<FindingCode, (value: string) => string>> = {
  'lookup-missing': (value) => `${value} is not known here.`,
  'lookup-ambiguous': (value) => `${value} stands for several things here.`,
  'code-unknown': (value) => `Code ${value} is not known here.`,
  'value-bad': (value) => `${value} is not what can stand here.`,
  'key-duplicate': (value) => `There are several of ${value}.`,
};

function sentenceOf({ code, place, text }: Finding, value: string | undefined): string {
  const sentence = wordings[code]?.(value || 'A value') ?? text;
  return place.segment === undefined ? sentence : `${place.path}: ${sentence}`;
}

/** The number that the partner gave the line which a path of the document speaks of. */
function lineOf({ path }: Place, document: Document): string | undefined {
  const at = /^lines\[(\d+)\]/.exec(path)?.[1];
  if (at === undefined) return undefined;
  const lines = 'lines' in document ? document.lines : undefined;
  return lines?.[Number(at)]?.number ?? String(Number(at) + 1);
}

function positionOf({ tag, segment, element }: Place): Partial<ResponseFinding> {
  if (tag === undefined || segment === undefined) return {};
  const at = element === undefined ? {} : { element: String(element) };
  return { segment: tag, position: String(segment), ...at };
}

const plain = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();

/** Between words where that can be; what no longer fits is cut off. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < LINES_MAX) {
    const room = rest.slice(0, LINE_MAX + 1);
    const space = rest.length <= LINE_MAX ? rest.length : room.lastIndexOf(' ');
    const end = Math.min(space > 0 ? space : LINE_MAX, LINE_MAX);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return lines;
}
