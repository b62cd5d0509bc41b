/** What ISA and GS say (X12.5, X12.6), judged beyond what is needed to read them. */
import type { InterchangeEnvelope } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { Segments } from '../../model/message.ts';
import { isTime } from '../calendar.ts';
import { dateFault } from './dates.ts';
import { type EnvelopePolicy, type HeaderRule, judgeHeader, nameOf } from './header-findings.ts';

/** I05, the same in all versions: 01 DUNS, 08 UCC, 12 telephone, 14 DUNS with suffix, ZZ agreed. */
const qualifiers = new Set(
  (
    '01 02 03 04 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 ' +
    '33 34 35 36 37 38 AM NR SA SN ZZ'
  ).split(' '),
);
const authorizations = new Set('00 01 02 03 04 05 06 07 08'.split(' '));
const securities = new Set(['00', '01']);

export function checkIsa(
  header: Segments,
  { control, syntax }: InterchangeEnvelope,
  policy: EnvelopePolicy,
): readonly Finding[] {
  return judgeHeader(header, control, isaRules(syntax.version, policy), policy);
}

export const checkGs = (
  header: Segments,
  control: string,
  policy: EnvelopePolicy,
): readonly Finding[] => judgeHeader(header, control, gsRules(policy), policy);

function isaRules(version: string, { now }: EnvelopePolicy): readonly HeaderRule[] {
  return [
    ofList(1, authorizations, 'Most write 00, without authorization.'),
    ofList(3, securities, 'Most write 00, without a password.'),
    ofList(5, qualifiers, 'ZZ is for ids that both sides agreed on.'),
    id('ISA', 6),
    ofList(7, qualifiers, 'ZZ is for ids that both sides agreed on.'),
    id('ISA', 8),
    { element: 9, code: 'envelope-date', fault: date('ISA09', 'YYMMDD', now) },
    { element: 10, code: 'envelope-time', fault: time('ISA10', 'HHMM') },
    { element: 11, code: 'envelope-code', fault: (value) => standardFault(value, version) },
    { element: 12, code: 'envelope-code', fault: versionFault },
    { element: 13, code: 'envelope-control', fault: interchangeNumberFault },
    ofList(14, new Set(['0', '1']), 'It says whether a TA1 is asked for; it was read as 0.'),
    { element: 15, code: 'envelope-usage', fault: usageFault },
  ];
}

function gsRules({ now }: EnvelopePolicy): readonly HeaderRule[] {
  const kind = (value: string): string | undefined =>
    /^[A-Z]{2}$/.test(value) ? undefined : `GS01 is ${quoted(value)}, no functional group.`;
  return [
    { element: 1, code: 'envelope-code', fault: kind },
    id('GS', 2),
    id('GS', 3),
    { element: 4, code: 'envelope-date', fault: date('GS04', 'CCYYMMDD', now) },
    { element: 5, code: 'envelope-time', fault: time('GS05', 'HHMM') },
    { element: 6, code: 'envelope-control', fault: groupNumberFault },
    ofList(7, new Set(['X', 'T']), 'X is for the versions of X12.', 'GS'),
    { element: 8, code: 'envelope-code', fault: releaseFault },
  ];
}

const quoted = (value: string): string => JSON.stringify(value.slice(0, 60));

function ofList(
  element: number,
  codes: ReadonlySet<string>,
  hint: string,
  tag = 'ISA',
): HeaderRule {
  const fault = (value: string): string | undefined =>
    codes.has(value.trim())
      ? undefined
      : `${nameOf(tag, element)} is ${quoted(value)}, which is not in its list. ${hint}`;
  return { element, code: 'envelope-code', fault };
}

/** Blanks stand behind an id only: they fill ISA06 and ISA08 up to fifteen. */
function id(tag: string, element: number): HeaderRule {
  const fault = (value: string): string | undefined => {
    const name = nameOf(tag, element);
    if (value.trim() === '') return `${name} is blank: it must hold an id.`;
    if (/^ /.test(value)) return `${name} is ${quoted(value)}: ids begin at the left.`;
    if (tag === 'GS' && / $/.test(value))
      return `${name} is ${quoted(value)}: blanks only fill ISA.`;
    return undefined;
  };
  return { element, code: 'envelope-id', fault };
}

const date =
  (name: string, form: string, now: EnvelopePolicy['now']) =>
  (value: string): string | undefined => {
    const fault = dateFault(value, now);
    return fault === undefined ? undefined : `${name}, ${quoted(value)}, ${fault} (${form}).`;
  };

const time =
  (name: string, form: string) =>
  (value: string): string | undefined =>
    isTime(value, 0, value.length)
      ? undefined
      : `${name}, ${quoted(value)}, is no time of the day (${form}).`;

/** Before 00402 the standards identifier U; then a separator, and a letter is none. */
function standardFault(value: string, version: string): string | undefined {
  if (value === 'U') return undefined;
  const hasIdentifier = /^\d{5}$/.test(version) && version < '00402';
  if (!hasIdentifier && !/^[A-Za-z0-9]$/.test(value)) return undefined;
  const wanted = hasIdentifier ? 'must be U' : 'must be the repetition separator, or U for none';
  return `ISA11 is ${quoted(value)}; in version ${version.slice(0, 5)} it ${wanted}.`;
}

const versionFault = (value: string): string | undefined =>
  /^00[2-9]0\d$/.test(value)
    ? undefined
    : `ISA12 is ${quoted(value)}, no version of the interchange (00401, 00501).`;

/** An ISA of wrong width is told as such: the number's width is not told again. */
function interchangeNumberFault(value: string): string | undefined {
  const number = value.trim();
  if (!/^\d{1,9}$/.test(number)) return `ISA13 is ${quoted(value)}; it must be nine digits.`;
  return /^0+$/.test(number) ? 'ISA13 is zero; interchanges are counted from 1.' : undefined;
}

function groupNumberFault(value: string): string | undefined {
  if (!/^\d{1,9}$/.test(value)) return `GS06 is ${quoted(value)}; it must be one to nine digits.`;
  return /^0+$/.test(value) ? 'GS06 is zero; groups are counted from 1.' : undefined;
}

const usageFault = (value: string): string | undefined =>
  /^[PTI]$/.test(value)
    ? undefined
    : `ISA15 is ${quoted(value)}; it must be P (production), T (test) or I (information).`;

/** What no version can be read from is told of each set in the group. */
const releaseFault = (value: string): string | undefined =>
  !/^0\d{4}/.test(value) || /^\d{6}[A-Z0-9]{0,6}$/.test(value)
    ? undefined
    : `GS08 is ${quoted(value)}; it must be version and release, as 004010 or 005010X222A1.`;
