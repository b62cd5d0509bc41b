/**
 * What is done to the envelopes of a good X12 interchange, line by line, and the one finding that
 * has to come of it. docs/mutations.md shows this table.
 */
import type { FindingCode } from '../../../src/model/catalogue.ts';
import { order850 } from '../order-850.ts';

export interface DamageRow {
  /** What is done, as the page says it. */
  readonly says: string;
  readonly edit: (lines: readonly string[]) => readonly string[];
  readonly finding: FindingCode;
  readonly severity?: 'warning';
  /** How its place ends: `/ GE`, `ISA 000000007`. */
  readonly at: RegExp;
}

const isOf =
  (tag: string) =>
  (line: string): boolean =>
    line.startsWith(`${tag}*`);
const drop = (tag: string) => (lines: readonly string[]) => lines.toSpliced(first(lines, tag), 1);
const double = (tag: string) => (lines: readonly string[]) =>
  lines.toSpliced(first(lines, tag), 0, lines[first(lines, tag)] ?? '');
const replace = (tag: string, find: string | RegExp, put: string) => (lines: readonly string[]) =>
  lines.with(first(lines, tag), (lines[first(lines, tag)] ?? '').replace(find, put));
const insert =
  (tag: string, line: string, fix: DamageRow['edit'] = (lines) => lines) =>
  (lines: readonly string[]) =>
    fix(lines.toSpliced(first(lines, tag), 0, line));
const first = (lines: readonly string[], tag: string): number => lines.findIndex(isOf(tag));

const ta1 = 'TA1*000000005*260301*1200*A*000~';
const wrap = (width: number) => (lines: readonly string[]) =>
  lines.join('').match(new RegExp(`.{1,${width}}`, 'g')) ?? [];

export const damageTable: Readonly<Record<string, DamageRow>> = {
  'drop-isa': {
    says: 'ISA is left out',
    edit: drop('ISA'),
    finding: 'envelope-damaged',
    at: /^ISA$/,
  },
  'drop-gs': {
    says: 'GS is left out',
    edit: drop('GS'),
    finding: 'envelope-damaged',
    at: /^ISA \d+ \/ GS$/,
  },
  'drop-st': {
    says: 'ST is left out',
    edit: drop('ST'),
    finding: 'header-missing',
    at: /^GS 7 \/ ST$/,
  },
  'drop-se': {
    says: 'SE is left out',
    edit: drop('SE'),
    finding: 'trailer-missing',
    at: / \/ SE$/,
  },
  'drop-ge': {
    says: 'GE is left out',
    edit: drop('GE'),
    finding: 'trailer-missing',
    at: / \/ GE$/,
  },
  'drop-iea': { says: 'IEA is left out', edit: drop('IEA'), finding: 'truncated', at: / \/ IEA$/ },
  'double-isa': {
    says: 'ISA stands twice',
    edit: double('ISA'),
    finding: 'trailer-missing',
    at: / \/ IEA$/,
  },
  'double-gs': {
    says: 'GS stands twice',
    edit: double('GS'),
    finding: 'trailer-missing',
    at: / \/ GE$/,
  },
  'double-st': {
    says: 'ST stands twice: the first holds nothing',
    edit: double('ST'),
    finding: 'bytes-outside',
    severity: 'warning',
    at: /^GS 7$/,
  },
  'double-se': {
    says: 'SE stands twice',
    edit: double('SE'),
    finding: 'bytes-outside',
    severity: 'warning',
    at: /^GS 7$/,
  },
  'double-ge': {
    says: 'GE stands twice',
    edit: double('GE'),
    finding: 'bytes-outside',
    severity: 'warning',
    at: /^ISA \d+$/,
  },
  'double-iea': {
    says: 'IEA stands twice',
    edit: double('IEA'),
    finding: 'bytes-outside',
    severity: 'warning',
    at: /^file$/,
  },
  'count-of-letters': {
    says: 'IEA01 is no number',
    edit: replace('IEA', /^IEA\*\d/, 'IEA*X'),
    finding: 'count-wrong',
    at: / \/ IEA01$/,
  },
  'group-count-of-letters': {
    says: 'GE01 is no number',
    edit: replace('GE', /^GE\*\d/, 'GE*X'),
    finding: 'count-wrong',
    at: / \/ GE01$/,
  },
  'broken-pair': {
    says: 'IEA02 is left out',
    edit: replace('IEA', /\*\d{9}~/, '~'),
    finding: 'control-differs',
    at: / \/ IEA02$/,
  },
  'broken-group-pair': {
    says: 'GE02 is left out',
    edit: replace('GE', /\*7~/, '~'),
    finding: 'control-differs',
    at: / \/ GE02$/,
  },
  'other-terminator': {
    says: 'ISA ends with another character than all that follows',
    edit: replace('ISA', '>~', '>|'),
    finding: 'envelope-damaged',
    at: /^ISA \d+$/,
  },
  'no-terminator': {
    says: 'ISA has no terminator',
    edit: (lines) => [`${lines[0]?.slice(0, -1)}${lines[1]}`, ...lines.slice(2)],
    finding: 'envelope-damaged',
    at: /^ISA \d+$/,
  },
  'other-separator': {
    says: 'ISA separates elements otherwise than all that follows',
    edit: ([isa = '', ...lines]) => [isa, ...lines.map((line) => line.replaceAll('*', '|'))],
    finding: 'envelope-damaged',
    at: /^ISA$/,
  },
  'short-isa': {
    says: 'ISA06 is not padded',
    edit: replace('ISA', 'ACMERETAIL     *', 'ACMERETAIL*'),
    finding: 'envelope-damaged',
    at: /^ISA \d+$/,
  },
  'long-isa': {
    says: 'ISA06 is padded beyond its width',
    edit: replace('ISA', 'ACMERETAIL ', 'ACMERETAIL  '),
    finding: 'envelope-damaged',
    at: /^ISA \d+$/,
  },
  'isa-lacks-an-element': {
    says: 'ISA11 is left out',
    edit: replace('ISA', '*U*', '*'),
    finding: 'envelope-damaged',
    at: /^ISA$/,
  },
  'wrapped-at-80': {
    says: 'lines are broken at 80 characters',
    edit: wrap(80),
    finding: 'envelope-damaged',
    at: /^ISA$/,
  },
  'wrapped-at-72': {
    says: 'lines are broken at 72 characters',
    edit: wrap(72),
    finding: 'envelope-damaged',
    at: /^ISA$/,
  },
  'ta1-in-a-group': {
    says: 'TA1 stands in a group',
    edit: insert('ST', ta1),
    finding: 'bytes-outside',
    severity: 'warning',
    at: /^GS 7$/,
  },
  'ta1-in-a-set': {
    says: 'TA1 stands in a set, which counts it',
    edit: insert('BEG', ta1, (lines) =>
      replace(
        'SE',
        /^SE\*(\d+)/,
        `SE*${1 + Number(/\d+/.exec(lines.find(isOf('SE')) ?? '')?.[0])}`,
      )(lines),
    ),
    finding: 'segment-not-in-message',
    at: / \/ TA1$/,
  },
};

/** A good interchange of one set, and one of two groups with two sets each. */
export function goodInterchanges(): readonly (readonly string[])[] {
  const one = order850({ control: 7, number: 'PO-7' }).trimEnd().split('\n');
  const set = one.slice(first(one, 'ST'), first(one, 'GE'));
  const second = set.map((line) => line.replace('*0001~', '*0002~'));
  const groups = ['7', '8'].flatMap((control) => [
    (one[1] ?? '').replace('*1200*7*', `*1200*${control}*`),
    ...set,
    ...second,
    `GE*2*${control}~`,
  ]);
  return [one, [one[0] ?? '', ...groups, (one.at(-1) ?? '').replace('IEA*1', 'IEA*2')]];
}

export const damageMarkdown = (): string =>
  [
    '| Mutation | What is done | Finding | Severity |',
    '|---|---|---|---|',
    ...Object.entries(damageTable).map(
      ([name, { says, finding, severity = 'error' }]) =>
        `| ${name} | ${says} | \`${finding}\` | ${severity} |`,
    ),
  ].join('\n');
