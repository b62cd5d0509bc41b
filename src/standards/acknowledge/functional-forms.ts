/** What differs between a 997, which speaks of the standard, and a 999, which knows the guide too. */
import type { FindingCode } from '../../model/catalogue.ts';
import type { Finding } from '../../model/finding.ts';
import { acknowledgedAs } from './error-codes.ts';

export interface FunctionalForm {
  readonly tags: { readonly segment: string; readonly element: string; readonly set: string };
  /** AK103 and AK203 tell the version and the guide of what is answered. */
  readonly namesGuides: boolean;
  /** CTX tells what made it a fault. */
  readonly hasContext: boolean;
  /** Element 720 or 620; undefined for a fault of elements. */
  readonly segmentCode: (finding: Finding) => string | undefined;
  /** Element 723 or 621, for a message of a version. */
  readonly elementCode: (finding: Finding, version: string) => string | undefined;
  /** Element 718 or 618. */
  readonly setCode: (finding: Finding) => string | undefined;
}

export const form997: FunctionalForm = {
  tags: { segment: 'AK3', element: 'AK4', set: 'AK5' },
  namesGuides: false,
  hasContext: false,
  segmentCode: ({ code }) => acknowledgedAs[code]?.ak3,
  elementCode: standardElementCode,
  setCode: ({ code }) => acknowledgedAs[code]?.ak5,
};

export const form999: FunctionalForm = {
  tags: { segment: 'IK3', element: 'IK4', set: 'IK5' },
  namesGuides: true,
  hasContext: true,
  segmentCode: ({ code }) => ofRules[code]?.ik3 ?? acknowledgedAs[code]?.ak3,
  elementCode: (finding) => ofRules[finding.code]?.ik4 ?? standardElementCode(finding, '005010'),
  setCode: ({ code }) => (code.startsWith('rule-') ? inGuide : acknowledgedAs[code]?.ak5),
};

/** Implementation: one or more segments in error. */
const inGuide = 'I5';

/** Too many repetitions and too many components have had codes of their own since then. */
const repeatsSince = '004020';

function standardElementCode({ code }: Finding, version: string): string | undefined {
  if (version >= repeatsSince && code === 'element-repeats') return '12';
  if (version >= repeatsSince && code === 'component-too-many') return '13';
  return acknowledgedAs[code]?.ak4;
}

/** 005010X231, IK304 and IK403: what the guide forbids, and what it asks for in a situation. */
const ofRules: Readonly<
  Partial<Record<FindingCode, { readonly ik3?: string; readonly ik4?: string }>>
> = {
  'rule-segment-required-by-another': { ik3: 'I6' },
  'rule-segment-not-used': { ik3: 'I4' },
  'rule-segment-excluded': { ik3: 'I9' },
  'rule-segment-too-few': { ik3: 'I8' },
  'rule-element-required-by-another': { ik4: 'I9' },
  'rule-element-not-used': { ik4: 'I10' },
  'rule-element-excluded': { ik4: 'I13' },
  'rule-element-code': { ik4: 'I6' },
};
