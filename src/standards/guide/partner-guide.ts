/** A whole guide: who, how, and each message with its rows and an example. */
import type { GuideSegment } from './guide.ts';
import type { GuideRule } from './rule-uses.ts';
import type { PathUse } from './use.ts';

export interface PartnerGuide {
  readonly partner: string;
  readonly us: string;
  /** Facts that hold for every message, in order: ids, zone, separators. */
  readonly facts: readonly (readonly [what: string, value: string])[];
  readonly messages: readonly MessageGuide[];
}

export interface MessageGuide {
  readonly key: string;
  /** `850 Purchase Order`. */
  readonly title: string;
  /** `Acme Retail sends it`. */
  readonly direction: string;
  readonly facts: readonly (readonly [what: string, value: string])[];
  /** X12 and EDIFACT. */
  readonly segments: readonly GuideSegment[];
  /** What the partner asks beyond the standard, in the order of its file. */
  readonly rules: readonly GuideRule[];
  /** cXML and JSON. */
  readonly paths: readonly PathUse[];
  /** A made-up message, one segment a line; empty: none. */
  readonly example: string;
}

export const useWords = {
  M: 'mandatory by the standard',
  R: 'required by this agreement',
  O: 'optional',
  X: 'not to be sent',
} as const;

/** The tables of a guide, the same for every format: a heading and rows of cells. */
export interface GuideTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const factTable = (facts: PartnerGuide['facts']): GuideTable => ({
  heads: ['', ''],
  rows: facts,
});

/** The message at a glance. */
export const segmentTable = (segments: readonly GuideSegment[]): GuideTable => ({
  heads: ['Pos', 'Segment', 'Name', 'Use', 'Max', 'Loop', 'Notes'],
  rows: segments.map((it) => [
    it.position,
    `${'. '.repeat(it.depth)}${it.tag}`,
    it.name,
    it.use,
    it.max,
    it.loop,
    it.notes.join('; '),
  ]),
});

/** Every rule once, conditions included. */
export const ruleTable = (rules: readonly GuideRule[]): GuideTable => ({
  heads: ['When', 'Asked', 'Why'],
  rows: rules.map(({ when, asks, say, severity }) => [
    when === '' ? 'always' : when,
    asks.join('; ') + (severity === 'error' ? '' : ` (${severity} only)`),
    say,
  ]),
});

export const elementTable = ({ elements }: GuideSegment): GuideTable => ({
  heads: ['Element', 'Id', 'Name', 'Use', 'Type', 'Length', 'Codes', 'Goes to'],
  rows: elements.map((it) => [
    it.reference,
    it.id,
    it.name,
    it.use,
    it.type,
    it.length,
    codesText(it.codes, it.isClosed),
    it.notes.join('; '),
  ]),
});

export const pathTable = (paths: readonly PathUse[]): GuideTable => ({
  heads: ['Path', 'Use', 'Codes', 'Goes to'],
  rows: paths.map((it) => [
    it.path,
    it.require ? 'R' : it.forbid ? 'X' : 'O',
    codesText(it.codes, false),
    it.field,
  ]),
});

const codesShown = 40;

function codesText(codes: MessageGuideCodes, isClosed: boolean): string {
  const texts = codes
    .slice(0, codesShown)
    .map(({ code, meaning }) => (meaning === '' || meaning === code ? code : `${code} ${meaning}`));
  const more = codes.length > codesShown ? [`and ${codes.length - codesShown} more`] : [];
  const only = isClosed && codes.length > 0 ? 'only: ' : '';
  return only + [...texts, ...more].join(', ');
}

type MessageGuideCodes = GuideSegment['elements'][number]['codes'];
