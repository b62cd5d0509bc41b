/** Says what is wrong with a value. */
import { isDateOfFormat } from './dates-by-format.ts';
import { quoted } from './findings.ts';
import { type ElementPlan, kinds } from './plan.ts';
import type { StandardsCode } from './policy.ts';
import { elementName, elementText, type Run, reportValue } from './run.ts';
import { type ValueVerdict, verdicts } from './values.ts';

/**
 * Goes on where `judgeValue` ends: a date by the format beside it, a code by the list it names. The
 * numbers come one by one, because an object for each value would be garbage to collect.
 */
export function checkValue(
  run: Run,
  plan: ElementPlan,
  segment: number,
  value: string,
  element: number,
  component: number,
  repeat: number,
  judged: ValueVerdict,
  composite?: ElementPlan,
): void {
  let verdict = judged;
  if (plan.formatAt > 0 && verdict === verdicts.good) {
    verdict = judgeByFormat(run, plan, segment, value, element, component, repeat);
  }
  if (verdict === verdicts.good) return;
  if (verdict === verdicts.code && !isListChecked(run, segment, element, repeat, composite)) return;
  report(run, plan, segment, value, { element, component, repeat }, verdict);
}

function judgeByFormat(
  run: Run,
  plan: ElementPlan,
  segment: number,
  value: string,
  element: number,
  component: number,
  repeat: number,
): ValueVerdict {
  const format =
    component === 0
      ? run.segments.value(segment, plan.formatAt)
      : run.segments.value(segment, element, plan.formatAt, repeat);
  return isDateOfFormat(value, format) ? verdicts.good : verdicts.date;
}

/** Element 3055 or 1131 may say that the code is from a list of somebody else's. */
function isListChecked(
  run: Run,
  segment: number,
  element: number,
  repeat: number,
  composite: ElementPlan | undefined,
): boolean {
  if (run.isX12) return true;
  if (!run.checksCodes) return false;
  if (composite === undefined) return true;
  const other = (at: number): string =>
    at === 0 ? '' : run.segments.value(segment, element, at, repeat);
  const agency = other(composite.agencyAt);
  return other(composite.listAt) === '' && (agency === '' || agency === unEce);
}

/** 3055 of the United Nations, whose lists the directories hold. */
const unEce = '6';

const codeOfVerdict: Readonly<Record<ValueVerdict, StandardsCode>> = {
  [verdicts.good]: 'element-character',
  [verdicts.tooShort]: 'element-too-short',
  [verdicts.tooLong]: 'element-too-long',
  [verdicts.character]: 'element-character',
  [verdicts.code]: 'element-code',
  [verdicts.date]: 'element-date',
  [verdicts.time]: 'element-time',
  [verdicts.number]: 'element-number',
  [verdicts.decimalMark]: 'element-decimal-mark',
};

function report(
  run: Run,
  plan: ElementPlan,
  segment: number,
  value: string,
  spot: { readonly element: number; readonly component: number; readonly repeat: number },
  verdict: ValueVerdict,
): void {
  const code = codeOfVerdict[verdict];
  const name = elementName(run.segments.tag(segment), spot);
  const text = `${name} is ${quoted(visible(value))}, ${expectation(run, plan, verdict, value)}.`;
  const isMild = verdict === verdicts.code && !run.isX12;
  reportValue(run, code, segment, spot, text, isMild ? { value, atMost: 'warning' } : { value });
}

function expectation(run: Run, plan: ElementPlan, verdict: ValueVerdict, value: string): string {
  const what = elementText(plan.definition);
  switch (verdict) {
    case verdicts.tooShort:
      return `shorter than the ${plan.min} characters of ${what}`;
    case verdicts.tooLong:
      return `longer than the ${plan.max} characters of ${what}`;
    case verdicts.code:
      return `not in the ${run.version} list of ${what}${someCodes(plan, value)}`;
    case verdicts.date:
      return `no date in the form asked for (${what})`;
    case verdicts.time:
      return `no time of the day (${what})`;
    case verdicts.number:
      return `not a number (${what})`;
    case verdicts.decimalMark:
      return `not a number with one decimal mark between digits (${what})`;
    default:
      return `which has a character that ${typeInWords(plan)} cannot have (${what})`;
  }
}

/** All codes of a short list; of a long one those that begin alike, because typing errors do. */
function someCodes(plan: ElementPlan, value: string): string {
  const codes = [...(plan.codes ?? [])];
  if (codes.length <= 24) return `; use one of ${codes.join(' ')}`;
  const near = codes.filter((it) => it.charAt(0) === value.charAt(0)).slice(0, 12);
  return near.length === 0
    ? ` (${codes.length} codes)`
    : `; of its ${codes.length} codes these begin alike: ${near.join(' ')}`;
}

function typeInWords(plan: ElementPlan): string {
  if (plan.kind === kinds.date) return 'a date';
  if (plan.kind === kinds.time) return 'a time';
  return plan.kind === kinds.letters ? 'letters' : 'text';
}

/** Control characters as people see them. */
const visible = (value: string): string =>
  value
    .slice(0, 80)
    .replace(/[\x00-\x1f\x7f]/g, (it) => `\\x${it.charCodeAt(0).toString(16).padStart(2, '0')}`);
