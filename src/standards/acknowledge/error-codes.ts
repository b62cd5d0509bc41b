/**
 * Our finding codes in the words of the acknowledgements: one row a code. What has no row is not
 * the sender's syntax and is not told there.
 */
import type { FindingCode } from '../../model/catalogue.ts';

export interface AcknowledgedAs {
  /** X12 element 720, segment errors. */
  readonly ak3?: string;
  /** X12 element 723, element errors; the segment then has the error 8. */
  readonly ak4?: string;
  /** X12 element 718, errors of a transaction set. */
  readonly ak5?: string;
  /** X12 element 716, errors of a functional group. */
  readonly ak9?: string;
  /** EDIFACT 0085, at the level that the finding's place names. */
  readonly syntax?: string;
  /** EDIFACT tells it of the segment (UCS), though its place is an element. */
  readonly ofSegment?: true;
  /** The segment is not there: the finding's place is that of the one that stands where it should. */
  readonly isAbsent?: true;
}

const structure = { ak5: '5' } as const;

export const acknowledgedAs: Readonly<Partial<Record<FindingCode, AcknowledgedAs>>> = {
  'segment-unknown': { ...structure, ak3: '1', syntax: '15' },
  'segment-bad': { ...structure, ak3: '1', syntax: '15' },
  'segment-unexpected': { ...structure, ak3: '2', syntax: '15' },
  'segment-missing': { ...structure, ak3: '3', syntax: '13', isAbsent: true },
  'loop-repeats': { ...structure, ak3: '4', syntax: '36' },
  'segment-repeats': { ...structure, ak3: '5', syntax: '35' },
  'segment-not-in-message': { ...structure, ak3: '6', syntax: '15' },
  'segment-misplaced': { ...structure, ak3: '7', syntax: '15' },
  'hl-parent-unknown': { ...structure, ak4: '7' },
  'hl-number-twice': { ...structure, ak4: '7' },
  'hl-too-deep': { ...structure, ak4: '7' },
  'element-missing': { ...structure, ak4: '1', syntax: '13' },
  'element-required-by-another': { ...structure, ak4: '2', syntax: '13' },
  'element-too-many': { ...structure, ak4: '3', syntax: '16', ofSegment: true },
  'component-too-many': { ...structure, ak4: '3', syntax: '16' },
  'element-repeats': { ...structure, ak4: '3', syntax: '35' },
  'element-too-short': { ...structure, ak4: '4', syntax: '40' },
  'element-too-long': { ...structure, ak4: '5', syntax: '39' },
  'element-character': { ...structure, ak4: '6', syntax: '21' },
  'character-bad': { ...structure, ak4: '6', syntax: '21' },
  'character-not-allowed': { ...structure, ak4: '6', syntax: '21' },
  'charset-unknown': { syntax: '46' },
  'syntax-unknown': { syntax: '2' },
  'element-number': { ...structure, ak4: '6', syntax: '37' },
  'element-decimal-mark': { ...structure, ak4: '6', syntax: '19' },
  'element-code': { ...structure, ak4: '7', syntax: '12' },
  'element-date': { ...structure, ak4: '8', syntax: '12' },
  'element-time': { ...structure, ak4: '9', syntax: '12' },
  'element-excluded': { ...structure, ak4: '10', syntax: '15' },
  'rule-segment-missing': { ...structure, ak3: '3', syntax: '13', isAbsent: true },
  'rule-segment-required-by-another': { ...structure, ak3: '3', syntax: '13', isAbsent: true },
  'rule-segment-not-used': { ...structure, ak3: '2', syntax: '15' },
  'rule-segment-excluded': { ...structure, ak3: '2', syntax: '15' },
  'rule-segment-repeats': { ...structure, ak3: '5', syntax: '35' },
  'rule-segment-too-few': { ...structure, ak3: '3', syntax: '13', isAbsent: true },
  'rule-element-missing': { ...structure, ak4: '1', syntax: '13' },
  'rule-element-required-by-another': { ...structure, ak4: '2', syntax: '13' },
  'rule-element-not-used': { ...structure, ak4: '10', syntax: '15' },
  'rule-element-excluded': { ...structure, ak4: '10', syntax: '15' },
  'rule-element-code': { ...structure, ak4: '7', syntax: '14' },
  'rule-element-too-short': { ...structure, ak4: '4', syntax: '40' },
  'rule-element-too-long': { ...structure, ak4: '5', syntax: '39' },
  'findings-cut': { ...structure, syntax: '18' },
  'version-unknown': { ak5: '1', syntax: '14' },
  'not-agreed': { ak5: '1', syntax: '17' },
  'message-too-large': { ak5: '5', syntax: '18' },
  'trailer-missing': { ak5: '2', ak9: '3', syntax: '13' },
  truncated: { ak5: '2', ak9: '3', syntax: '13' },
  'header-missing': { ak9: '3', syntax: '13' },
  'control-differs': { ak5: '3', ak9: '4', syntax: '28' },
  'count-wrong': { ak5: '4', ak9: '5', syntax: '29' },
  'message-number-twice': { ak5: '23', syntax: '26' },
  'group-number-twice': { ak9: '19', syntax: '26' },
  'duplicate-message': { ak5: '23', syntax: '26' },
  'duplicate-group': { ak9: '19', syntax: '26' },
  'interchange-empty': { syntax: '32' },
  'group-kind': { ak9: '1', syntax: '31' },
  'levels-mixed': { syntax: '30' },
  'envelope-date': { syntax: '12' },
  'envelope-time': { syntax: '12' },
  'envelope-control': { ak9: '6', syntax: '12' },
  duplicate: { ak5: '7', ak9: '6', syntax: '26' },
  'envelope-damaged': { ak9: '6', syntax: '18' },
  'sender-unknown': { syntax: '23' },
  'sender-not-allowed': { syntax: '23' },
  'receiver-unknown': { syntax: '7' },
};
