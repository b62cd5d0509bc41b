/** What a TA1 says of an interchange: X12 I17 (accepted, with errors, rejected) and I18 (why). */
import type { FindingCode } from '../../model/catalogue.ts';
import { type Finding, isError } from '../../model/finding.ts';

export interface InterchangeVerdict {
  /** I17: A accepted, E accepted with errors noted (not to be sent again), R rejected. */
  readonly code: 'A' | 'E' | 'R';
  /** I18. */
  readonly note: string;
}

/**
 * Speaks of ISA and IEA alone, whatever became of the content. The first error decides; where there
 * is none, the first fault that was tolerated.
 */
export function interchangeVerdict(findings: readonly Finding[]): InterchangeVerdict {
  for (const finding of findings.filter(isError)) {
    const note = noteOf(finding);
    if (note !== undefined) return { code: 'R', note };
  }
  for (const finding of findings.filter(({ severity }) => severity === 'warning')) {
    const note = noteOf(finding);
    if (note !== undefined) return { code: 'E', note };
  }
  return { code: 'A', note: '000' };
}

/** What is no matter of the envelope has none. */
function noteOf({ code, place }: Finding): string | undefined {
  if (code === 'receiver-unknown' && place.element !== 7) return '009';
  if (place.tag === 'GS') return '024';
  return ofElement[`${place.tag} ${place.element}`] ?? ofCode[code];
}

const ofCode: Readonly<Partial<Record<FindingCode, string>>> = {
  'sender-unknown': '006',
  'sender-not-allowed': '006',
  'control-differs': '001',
  'count-wrong': '021',
  'envelope-damaged': '022',
  'trailer-missing': '022',
  'header-missing': '022',
  'bytes-outside': '022',
  'character-bad': '022',
  truncated: '023',
  'interchange-empty': '024',
  duplicate: '025',
};

/** A value of the envelope that cannot be. ISA11 is a separator from 00402 on. */
const ofElement: Readonly<Record<string, string>> = {
  'ISA 1': '010',
  'ISA 2': '011',
  'ISA 3': '012',
  'ISA 4': '013',
  'ISA 5': '005',
  'ISA 6': '006',
  'ISA 7': '007',
  'ISA 8': '008',
  'ISA 9': '014',
  'ISA 10': '015',
  'ISA 11': '016',
  'ISA 12': '017',
  'ISA 13': '018',
  'ISA 14': '019',
  'ISA 15': '020',
  'ISA 16': '027',
  'IEA 1': '021',
};
