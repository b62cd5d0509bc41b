/** Findings about an envelope's header: what is said of its elements, and how strictly. */
import { envelopeFindings } from '../../model/catalogue/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { Segments } from '../../model/message.ts';
import type { Instant } from '../../model/time.ts';
import type { Standards } from '../definition.ts';
import { cut } from '../findings.ts';
import type { EnvelopeCode, Severities } from '../policy.ts';

export interface EnvelopePolicy {
  readonly severities?: Severities | undefined;
  /** When it came: dates years away from it are told. Undefined: none are. */
  readonly now?: Instant | undefined;
  /** The service segments of EDIFACT; undefined: their elements are not judged. */
  readonly service?: Standards['service'] | undefined;
}

/** What is wrong with the value of one element; undefined: nothing. */
export interface HeaderRule {
  readonly element: number;
  readonly code: EnvelopeCode;
  readonly fault: (value: string) => string | undefined;
}

/** Judges the elements of a header, the only segment of `header`, in their order. */
export function judgeHeader(
  header: Segments,
  control: string,
  rules: readonly HeaderRule[],
  { severities }: EnvelopePolicy,
): readonly Finding[] {
  return rules.flatMap(({ element, code, fault }) => {
    const value = header.value(0, element);
    const text = fault(value);
    if (text === undefined) return [];
    return headerFinding(header, { control, element, code, text }, severities);
  });
}

/** One finding at an element of a header; none where the policy ignores its code. */
export function headerFinding(
  header: Segments,
  told: {
    readonly control: string;
    readonly element: number;
    readonly code: EnvelopeCode;
    readonly text: string;
    /** The message's control number, where the header is that of a message. */
    readonly message?: string;
  },
  severities: Severities | undefined,
): readonly Finding[] {
  const { control, element, code, text, message } = told;
  const { severity: usual, fault } = envelopeFindings[code];
  const severity = severities?.[code] ?? usual;
  if (severity === 'ignore') return [];
  const tag = header.tag(0);
  const level = `${tag} ${cut(control.slice(0, 40))}`.trimEnd();
  const place = {
    path: `${level} / ${nameOf(tag, element)}`,
    ...(message === undefined ? {} : { message, segment: 1 }),
    tag: cut(tag),
    element,
    ...header.range(0, element),
  };
  const value = cut(header.value(0, element));
  return [{ code, severity, fault, place, text, value }];
}

/** `ISA09`. */
export const nameOf = (tag: string, element: number): string =>
  `${tag}${String(element).padStart(2, '0')}`;
