/**
 * Judges one value by its type, without regular expressions and without allocating: this runs for
 * every element of every message. Lengths are judged with it, because sign and decimal mark do not
 * count (X12.6 §3.5.1, ISO 9735 §10).
 */
import { isDate, isTime } from './calendar.ts';
import { type ElementPlan, kinds } from './plan.ts';

/** What is wrong with a value; 0: nothing. */
export const verdicts = {
  good: 0,
  tooShort: 1,
  tooLong: 2,
  character: 3,
  code: 4,
  date: 5,
  time: 6,
  number: 7,
  decimalMark: 8,
} as const;
export type ValueVerdict = (typeof verdicts)[keyof typeof verdicts];

export function judgeValue(value: string, plan: ElementPlan): ValueVerdict {
  switch (plan.kind) {
    case kinds.code:
      return judgeCode(value, plan);
    case kinds.integer:
      return judgeNumber(value, plan, false, false);
    case kinds.decimal:
      return judgeNumber(value, plan, true, false);
    case kinds.edifactNumber:
      return judgeNumber(value, plan, true, true);
    case kinds.date:
      return judgeDate(value, plan);
    case kinds.time:
      return judgeTime(value, plan);
    case kinds.binary:
      return judgeLength(value.length, plan);
    case kinds.letters:
      return judgeLetters(value, plan);
    default:
      return judgeText(value, plan);
  }
}

function judgeLength(length: number, plan: ElementPlan): ValueVerdict {
  if (length < plan.min) return verdicts.tooShort;
  return length > plan.max ? verdicts.tooLong : verdicts.good;
}

/** A listed code is good as it is; length and characters matter only for what is not listed. */
function judgeCode(value: string, plan: ElementPlan): ValueVerdict {
  if (isListed(value, plan)) return verdicts.good;
  const verdict = judgeText(value, plan);
  return verdict === verdicts.good && plan.codes !== undefined ? verdicts.code : verdict;
}

/** Control characters are never data, in no character set of either standard. */
function judgeText(value: string, plan: ElementPlan): ValueVerdict {
  if (value === plan.lastCode) return verdicts.good;
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charCodeAt(at);
    if (character < 32 || character === 127) return verdicts.character;
  }
  const verdict = judgeLength(value.length, plan);
  if (verdict !== verdicts.good || plan.codes === undefined) return verdict;
  return isListed(value, plan) ? verdicts.good : verdicts.code;
}

function isListed(value: string, plan: ElementPlan): boolean {
  if (value === plan.lastCode) return true;
  if (plan.codes?.has(value) !== true) return false;
  plan.lastCode = value;
  return true;
}

/** EDIFACT `a`: anything but digits and control characters. */
function judgeLetters(value: string, plan: ElementPlan): ValueVerdict {
  for (let at = 0; at < value.length; at += 1) {
    if (isDigit(value.charCodeAt(at))) return verdicts.character;
  }
  return judgeText(value, plan);
}

const isDigit = (character: number): boolean => character >= 48 && character <= 57;

const minus = 45;
const point = 46;
const comma = 44;

/** Digits, a leading minus, and at most one decimal mark where the type has one. */
function judgeNumber(
  value: string,
  plan: ElementPlan,
  allowsMark: boolean,
  isEdifact: boolean,
): ValueVerdict {
  let digits = 0;
  let marks = 0;
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charCodeAt(at);
    if (isDigit(character)) digits += 1;
    else if (character === minus && at === 0) continue;
    else if (allowsMark && (character === point || (isEdifact && character === comma))) {
      // ISO 9735 §10.1: a digit stands on both sides of the mark. X12 allows `.5`.
      if (isEdifact && digits === 0) return verdicts.decimalMark;
      marks += 1;
    } else return verdicts.number;
  }
  if (digits === 0) return verdicts.number;
  if (marks > 1) return verdicts.decimalMark;
  return judgeLength(digits, plan);
}

function judgeDate(value: string, plan: ElementPlan): ValueVerdict {
  const verdict = judgeDigits(value, plan);
  if (verdict !== verdicts.good) return verdict;
  return isDate(value, 0, value.length) ? verdicts.good : verdicts.date;
}

function judgeTime(value: string, plan: ElementPlan): ValueVerdict {
  const verdict = judgeDigits(value, plan);
  if (verdict !== verdicts.good) return verdict;
  return isTime(value, 0, value.length) ? verdicts.good : verdicts.time;
}

function judgeDigits(value: string, plan: ElementPlan): ValueVerdict {
  for (let at = 0; at < value.length; at += 1) {
    if (!isDigit(value.charCodeAt(at))) return verdicts.character;
  }
  return judgeLength(value.length, plan);
}
