/** Checks the elements of one segment: presence, repeats, components, values, relational notes. */
import { checkComposite } from './composites.ts';
import type { ElementPlan, SegmentPlan } from './plan.ts';
import { reportRelation } from './relation-findings.ts';
import { addPosition, brokenRelation, isKept, type PositionBits } from './relations.ts';
import { elementName, elementText, type Run, reportValue, type Spot } from './run.ts';
import { checkValue } from './value-findings.ts';
import { judgeValue, verdicts } from './values.ts';

/** Which positions of the segment at hand have a value; used again for each segment. */
const there: PositionBits = { low: 0, high: 0 };

export function checkElements(run: Run, plan: SegmentPlan, segment: number): void {
  if (!plan.known) return;
  const { elements } = plan;
  const count = run.segments.elements(segment);
  const last = Math.max(Math.min(count, elements.length), plan.lastMandatory);
  there.low = 0;
  there.high = 0;
  for (let at = 1; at <= last; at += 1) {
    if (checkElement(run, elements[at - 1] as ElementPlan, segment, at)) addPosition(there, at);
  }
  if (count > elements.length) checkSurplus(run, plan, segment, count);
  if (plan.relations.length > 0) checkRelations(run, plan, segment);
}

/** True where the element has a value, right or wrong. */
function checkElement(run: Run, plan: ElementPlan, segment: number, element: number): boolean {
  if (plan.isAnyText) {
    const length = run.segments.simpleLength(segment, element);
    if (length > 0 && length >= plan.min && length <= plan.max) return true;
  }
  if (plan.components.length > 0 || plan.repeats > 1) {
    return isThere(run, segment, element)
      ? checkOccurrences(run, plan, segment, element)
      : isMissed(run, plan, segment, element);
  }
  const value = run.segments.value(segment, element);
  if (value === '') return isMissed(run, plan, segment, element);
  const verdict = judgeValue(value, plan);
  // A number, date or listed code that is good has no components; anything else may be cut.
  if (verdict !== verdicts.good || plan.mayHoldMarks || run.mayRepeat) {
    if (isCut(run, segment, element)) return checkOccurrences(run, plan, segment, element);
    if (verdict !== verdicts.good || plan.formatAt > 0) {
      checkValue(run, plan, segment, value, element, 0, 1, verdict);
    }
  }
  return true;
}

const isThere = ({ segments, mayRepeat }: Run, segment: number, element: number): boolean =>
  segments.components(segment, element) > 0 ||
  (mayRepeat && segments.repeats(segment, element) > 1);

/** False, for the element is not there. */
function isMissed(run: Run, plan: ElementPlan, segment: number, element: number): false {
  if (plan.mandatory) reportMissing(run, plan, segment, element);
  return false;
}

/** Has more than one repetition or component. */
const isCut = ({ segments, mayRepeat }: Run, segment: number, element: number): boolean =>
  segments.components(segment, element) > 1 ||
  (mayRepeat && segments.repeats(segment, element) > 1);

/** Each repetition of an element, and that there are not too many. */
function checkOccurrences(run: Run, plan: ElementPlan, segment: number, element: number): boolean {
  const repeats = run.mayRepeat ? run.segments.repeats(segment, element) : 1;
  if (repeats > plan.repeats) reportRepeats(run, plan, segment, element, repeats);
  let hasAny = false;
  for (let repeat = 1; repeat <= Math.min(repeats, plan.repeats); repeat += 1) {
    const has =
      plan.components.length > 0
        ? checkComposite(run, plan, segment, element, repeat)
        : checkRepetition(run, plan, segment, element, repeat);
    hasAny ||= has;
  }
  return hasAny;
}

function checkRepetition(
  run: Run,
  plan: ElementPlan,
  segment: number,
  element: number,
  repeat: number,
): boolean {
  const value = run.segments.value(segment, element, 0, repeat);
  if (run.segments.components(segment, element, repeat) > 1) {
    reportComponents(run, plan, segment, element, repeat);
  } else if (value !== '') {
    checkValue(run, plan, segment, value, element, 0, repeat, judgeValue(value, plan));
  }
  return value !== '';
}

function reportRepeats(
  run: Run,
  plan: ElementPlan,
  segment: number,
  element: number,
  repeats: number,
): void {
  const name = elementName(run.segments.tag(segment), { element, component: 0, repeat: 1 });
  const what = `${name} (${elementText(plan.definition)}) is repeated ${repeats} times`;
  const text = `${what}; ${run.version} allows ${plan.repeats}.`;
  const spot: Spot = { element, component: 0, repeat: plan.repeats + 1 };
  // The dictionaries do not say which elements of X12 005010 and later may repeat.
  reportValue(run, 'element-repeats', segment, spot, text, run.isX12 ? { atMost: 'warning' } : {});
}

function reportMissing(run: Run, plan: ElementPlan, segment: number, element: number): void {
  const spot: Spot = { element, component: 0, repeat: 1 };
  const name = elementName(run.segments.tag(segment), spot);
  const what = `${name} (${elementText(plan.definition)})`;
  const text = `${what} is mandatory in ${run.version}, and it is empty.`;
  reportValue(run, 'element-missing', segment, spot, text);
}

/** A simple element that was cut by a component separator. */
function reportComponents(
  run: Run,
  plan: ElementPlan,
  segment: number,
  element: number,
  repeat: number,
): void {
  const spot: Spot = { element, component: 0, repeat };
  const value = run.segments.value(segment, element);
  const name = elementName(run.segments.tag(segment), spot);
  const what = `${name} (${elementText(plan.definition)})`;
  const text = `${what} has no components, but a component separator stands in it.`;
  reportValue(run, 'component-too-many', segment, spot, text, { value });
}

/** Trailing separators without values are tolerated; values beyond the last element are not. */
function checkSurplus(run: Run, plan: SegmentPlan, segment: number, count: number): void {
  for (let at = plan.elements.length + 1; at <= count; at += 1) {
    const value = run.segments.value(segment, at);
    if (value === '') continue;
    const spot: Spot = { element: at, component: 0, repeat: 1 };
    const allowed = `${plan.tag} has ${plan.elements.length} elements in ${run.version}`;
    const text = `${allowed}; here it has ${count}.`;
    reportValue(run, 'element-too-many', segment, spot, text, { value });
    return;
  }
}

function checkRelations(run: Run, plan: SegmentPlan, segment: number): void {
  for (const note of plan.relations) {
    if (isKept(note, there)) continue;
    reportRelation(run, note.relation, brokenRelation(note.relation, there), segment, 0);
  }
}
