/**
 * What each mutation of a valid message has to give: one finding, and one code in the
 * acknowledgement. docs/mutations.md shows this table.
 */
import type { FindingCode } from '../../../src/model/catalogue.ts';

export interface MutationRow {
  /** What is done to a valid message. */
  readonly says: string;
  readonly finding: FindingCode;
  /**
   * Where the acknowledgement tells it. segment: AK304, UCS 0085; element: AK403, UCD 0085;
   * message: AK502, UCM 0085; group: AK905, UCF 0085; interchange: TA105 with R, UCI 0085. A 999
   * has the same codes as the 997, in IK304, IK403, IK502.
   */
  readonly level: 'segment' | 'element' | 'message' | 'group' | 'interchange' | 'accepted';
  /** X12 code at that level; undefined: not done to X12. */
  readonly x12?: string;
  /** That from 004020 on, and of every 999. */
  readonly x12Later?: string;
  /** EDIFACT 0085; undefined: not done to EDIFACT. */
  readonly edifact?: string;
  /** What an EDIFACT interchange must be for it; otherwise it is of any form. */
  readonly needs?: 'groups' | 'syntax 4';
}

export const mutationTable = {
  'drop-segment': {
    says: 'a mandatory segment, or a mandatory loop whole, is left out',
    finding: 'segment-missing',
    level: 'segment',
    x12: '3',
    edifact: '13',
  },
  'drop-trigger': {
    says: 'the segment that begins a loop is left out, what it holds stays',
    finding: 'segment-missing',
    level: 'segment',
    x12: '3',
    edifact: '13',
  },
  'repeat-segment': {
    says: 'a segment is repeated once more than its maximum use',
    finding: 'segment-repeats',
    level: 'segment',
    x12: '5',
    edifact: '35',
  },
  'repeat-loop': {
    says: 'a loop is repeated once more than it may be',
    finding: 'loop-repeats',
    level: 'segment',
    x12: '4',
    edifact: '36',
  },
  'swap-segments': {
    says: 'two neighbours of one loop change places',
    finding: 'segment-misplaced',
    level: 'segment',
    x12: '7',
    edifact: '15',
  },
  'unknown-segment': {
    says: 'a segment that the version does not have is put in',
    finding: 'segment-unknown',
    level: 'segment',
    x12: '1',
    edifact: '15',
  },
  'foreign-segment': {
    says: 'a segment of the version that the message has no place for is put in',
    finding: 'segment-not-in-message',
    level: 'segment',
    x12: '6',
    edifact: '15',
  },
  'drop-element': {
    says: 'a mandatory element or component is emptied',
    finding: 'element-missing',
    level: 'element',
    x12: '1',
    edifact: '13',
  },
  'break-note': {
    says: 'an element is emptied that a relational note (P, R, C, L) asks for',
    finding: 'element-required-by-another',
    level: 'element',
    x12: '2',
    edifact: '13',
  },
  'break-exclusion': {
    says: 'a second element of an exclusion (E) is filled',
    finding: 'element-excluded',
    level: 'element',
    x12: '10',
  },
  'add-element': {
    says: 'a value stands after the last element of the segment',
    finding: 'element-too-many',
    level: 'element',
    x12: '3',
    edifact: '16',
  },
  'add-component': {
    says: 'a value stands after the last component of a composite',
    finding: 'component-too-many',
    level: 'element',
    x12: '3',
    x12Later: '13',
    edifact: '16',
  },
  'split-element': {
    says: 'a component separator stands in a simple element',
    finding: 'component-too-many',
    level: 'element',
    x12: '3',
    x12Later: '13',
    edifact: '16',
  },
  'repeat-element': {
    says: 'an element is repeated once more than it may be (EDIFACT syntax 4)',
    finding: 'element-repeats',
    level: 'element',
    edifact: '35',
    needs: 'syntax 4',
  },
  lengthen: {
    says: 'a value is one character longer than it may be',
    finding: 'element-too-long',
    level: 'element',
    x12: '5',
    edifact: '39',
  },
  shorten: {
    says: 'a value is one character shorter than it may be',
    finding: 'element-too-short',
    level: 'element',
    x12: '4',
    edifact: '40',
  },
  'wrong-code': {
    says: 'a code of the right length is not in the list',
    finding: 'element-code',
    level: 'element',
    x12: '7',
  },
  'later-code': {
    says: 'an EDIFACT code is not in the list of the directory: a warning only',
    finding: 'element-code',
    level: 'accepted',
    edifact: '',
  },
  'letter-in-number': {
    says: 'a letter stands in a number',
    finding: 'element-number',
    level: 'element',
    x12: '6',
    edifact: '37',
  },
  'two-marks': {
    says: 'a number has two decimal marks',
    finding: 'element-decimal-mark',
    level: 'element',
    x12: '6',
    edifact: '19',
  },
  'bad-date': {
    says: 'a date is not in the calendar',
    finding: 'element-date',
    level: 'element',
    x12: '8',
    edifact: '12',
  },
  'bad-time': {
    says: 'a time is not in the day',
    finding: 'element-time',
    level: 'element',
    x12: '9',
  },
  'unknown-parent': {
    says: 'HL02 names a level that is not there',
    finding: 'hl-parent-unknown',
    level: 'element',
    x12: '7',
  },
  'wrong-segment-count': {
    says: 'SE01 or UNT 0074 counts one more',
    finding: 'count-wrong',
    level: 'message',
    x12: '4',
    edifact: '29',
  },
  'wrong-message-control': {
    says: 'SE02 or UNT 0062 is not the number of its header',
    finding: 'control-differs',
    level: 'message',
    x12: '3',
    edifact: '28',
  },
  'drop-message-trailer': {
    says: 'SE or UNT is left out',
    finding: 'trailer-missing',
    level: 'message',
    x12: '2',
    edifact: '13',
  },
  'wrong-message-count': {
    says: 'GE01 or UNE 0060 counts one more',
    finding: 'count-wrong',
    level: 'group',
    x12: '5',
    edifact: '29',
    needs: 'groups',
  },
  'wrong-group-control': {
    says: 'GE02 or UNE 0048 is not the number of its header',
    finding: 'control-differs',
    level: 'group',
    x12: '4',
    edifact: '28',
    needs: 'groups',
  },
  'drop-group-trailer': {
    says: 'GE or UNE is left out',
    finding: 'trailer-missing',
    level: 'group',
    x12: '3',
    edifact: '13',
    needs: 'groups',
  },
  'wrong-interchange-count': {
    says: 'IEA01 or UNZ 0036 counts one more',
    finding: 'count-wrong',
    level: 'interchange',
    x12: '021',
    edifact: '29',
  },
  'wrong-interchange-control': {
    says: 'IEA02 or UNZ 0020 is not the number of its header',
    finding: 'control-differs',
    level: 'interchange',
    x12: '001',
    edifact: '28',
  },
  'drop-interchange-trailer': {
    says: 'IEA or UNZ is left out',
    finding: 'truncated',
    level: 'interchange',
    x12: '023',
    edifact: '13',
  },
  'unknown-authorization': {
    says: 'ISA01 is none of the list',
    finding: 'envelope-code',
    level: 'interchange',
    x12: '010',
  },
  'unknown-security': {
    says: 'ISA03 is none of the list',
    finding: 'envelope-code',
    level: 'interchange',
    x12: '012',
  },
  'unknown-sender-qualifier': {
    says: 'ISA05 is none of the list',
    finding: 'envelope-code',
    level: 'interchange',
    x12: '005',
  },
  'blank-sender': {
    says: 'ISA06 is blank',
    finding: 'envelope-id',
    level: 'interchange',
    x12: '006',
  },
  'unknown-receiver-qualifier': {
    says: 'ISA07 is none of the list',
    finding: 'envelope-code',
    level: 'interchange',
    x12: '007',
  },
  'blank-receiver': {
    says: 'ISA08 is blank',
    finding: 'envelope-id',
    level: 'interchange',
    x12: '008',
  },
  'bad-interchange-date': {
    says: 'ISA09 is not in the calendar',
    finding: 'envelope-date',
    level: 'interchange',
    x12: '014',
  },
  'bad-interchange-time': {
    says: 'ISA10 is not in the day',
    finding: 'envelope-time',
    level: 'interchange',
    x12: '015',
  },
  'unknown-interchange-version': {
    says: 'ISA12 is no version',
    finding: 'envelope-code',
    level: 'interchange',
    x12: '017',
  },
  'bad-interchange-number': {
    says: 'ISA13 is no number',
    finding: 'envelope-control',
    level: 'interchange',
    x12: '018',
  },
  'bad-acknowledgement-request': {
    says: 'ISA14 is neither 0 nor 1',
    finding: 'envelope-code',
    level: 'interchange',
    x12: '019',
  },
  'bad-usage': {
    says: 'ISA15 is neither P nor T',
    finding: 'envelope-usage',
    level: 'interchange',
    x12: '020',
  },
} as const satisfies Record<string, MutationRow>;

export type MutationName = keyof typeof mutationTable;
