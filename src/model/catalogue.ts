/** Every code the hub can say, in one place. docs/reference/codes.md is compared with it by a test. */
import { codecFindings } from './catalogue/codec.ts';
import { envelopeFindings } from './catalogue/envelope.ts';
import { errors } from './catalogue/errors.ts';
import { hubFindings } from './catalogue/hub.ts';
import { mappingFindings } from './catalogue/mapping.ts';
import { standardsFindings } from './catalogue/standards.ts';
import type { Fault, Severity } from './finding.ts';

/** The usual severity and fault of a code (a policy may change them) and what it means. */
export interface FindingKind {
  readonly severity: Severity;
  readonly fault: Fault;
  /** What it means, and what to do, for the reference page. */
  readonly meaning: string;
}

export const findingCatalogue = {
  ...codecFindings,
  ...envelopeFindings,
  ...standardsFindings,
  ...mappingFindings,
  ...hubFindings,
} as const satisfies Record<string, FindingKind>;

export type FindingCode = keyof typeof findingCatalogue;

export const errorCatalogue = errors;
export type ErrorCode = keyof typeof errors;
