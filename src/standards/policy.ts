/** How strictly messages are judged: the catalogue's severities, and what an agreement changes. */

import type { TolerableCode } from '../model/catalogue/codec.ts';
import type { envelopeFindings } from '../model/catalogue/envelope.ts';
import type { standardsFindings } from '../model/catalogue/standards.ts';
import type { Severity } from '../model/finding.ts';

export type StandardsCode = keyof typeof standardsFindings;

export type EnvelopeCode = keyof typeof envelopeFindings;

export type Severities = Readonly<
  Partial<Record<StandardsCode | EnvelopeCode | TolerableCode, Severity | 'ignore'>>
>;

export interface CheckPolicy {
  /** Severities that differ from the catalogue's; `ignore` makes no finding at all. */
  readonly severities?: Severities;
  /** So many findings are told of one message; the rest are counted. */
  readonly findingsMax: number;
}

/**
 * An X12 code outside its list is a warning: partners use later lists and agreed codes all the
 * time, and the mapping refuses what nobody understands. EDIFACT codes are always warnings.
 */
export const defaultPolicy: CheckPolicy = { findingsMax: 100 };

/**
 * Refuses unlisted X12 codes, misplaced segments and every fault of an envelope, as translators
 * that validate fully do.
 */
export const strictPolicy: CheckPolicy = {
  findingsMax: 100,
  severities: {
    'element-code': 'error',
    'segment-misplaced': 'error',
    'envelope-date': 'error',
    'envelope-time': 'error',
    'envelope-code': 'error',
    'envelope-id': 'error',
    'group-kind': 'error',
    'levels-mixed': 'error',
    'character-not-allowed': 'error',
  },
};

/** Takes what can be understood: faults of form in single values are told as warnings. */
export const lenientPolicy: CheckPolicy = {
  findingsMax: 100,
  severities: {
    'element-too-long': 'warning',
    'element-too-short': 'warning',
    'segment-repeats': 'warning',
    'element-required-by-another': 'warning',
    'element-excluded': 'warning',
    'loop-repeats': 'warning',
    'envelope-control': 'warning',
    'envelope-usage': 'warning',
    'group-number-twice': 'warning',
    'message-number-twice': 'warning',
  },
};

/**
 * Versions differ in which segments, elements and lengths they have, hardly in what is mandatory
 * or what a date is. Where another version stands in, these are warnings.
 */
export const changesWithVersion: ReadonlySet<StandardsCode> = new Set<StandardsCode>([
  'segment-unknown',
  'segment-not-in-message',
  'segment-unexpected',
  'segment-repeats',
  'loop-repeats',
  'element-too-many',
  'component-too-many',
  'element-repeats',
  'element-too-short',
  'element-too-long',
  'element-required-by-another',
  'element-excluded',
]);
