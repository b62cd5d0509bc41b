/** Checks one occurrence of a composite element. */
import type { ElementPlan } from './plan.ts';
import { reportRelation } from './relation-findings.ts';
import { addPosition, brokenRelation, isKept, type PositionBits } from './relations.ts';
import { elementName, elementText, type Run, reportValue, type Spot } from './run.ts';
import { checkValue } from './value-findings.ts';
import { judgeValue, verdicts } from './values.ts';

/** Components of the composite at hand that have a value; used again for each. */
const there: PositionBits = { low: 0, high: 0 };

/** True where any component has a value. */
export function checkComposite(
  run: Run,
  plan: ElementPlan,
  segment: number,
  element: number,
  repeat: number,
): boolean {
  const { components } = plan;
  const count = run.segments.components(segment, element, repeat);
  let missing = 0;
  let isThere = false;
  there.low = 0;
  there.high = 0;
  const last = Math.max(Math.min(count, components.length), plan.lastMandatory);
  for (let at = 1; at <= last; at += 1) {
    const component = components[at - 1] as ElementPlan;
    if (component.isAnyText && at <= count && isGoodText(run, component, segment, element, at)) {
      isThere = true;
      addPosition(there, at);
      continue;
    }
    const value = at > count ? '' : run.segments.value(segment, element, at, repeat);
    if (value !== '') {
      isThere = true;
      addPosition(there, at);
      const verdict = judgeValue(value, component);
      if (verdict !== verdicts.good || component.formatAt > 0) {
        checkValue(run, component, segment, value, element, at, repeat, verdict, plan);
      }
    } else if (component.mandatory && missing === 0) missing = at;
  }
  if (count > components.length) checkSurplus(run, plan, segment, element, repeat, count);
  if (!isThere && !plan.mandatory) return false;
  if (missing > 0) reportMissing(run, plan, segment, { element, component: missing, repeat });
  for (const note of plan.relations) {
    if (isKept(note, there)) continue;
    reportRelation(run, note.relation, brokenRelation(note.relation, there), segment, element);
  }
  return isThere;
}

/** Only its length says whether a text is good, and that needs no value to be made. */
function isGoodText(
  { segments }: Run,
  { min, max }: ElementPlan,
  segment: number,
  element: number,
  component: number,
): boolean {
  const length = segments.simpleLength(segment, element, component);
  return length > 0 && length >= min && length <= max;
}

function reportMissing(run: Run, plan: ElementPlan, segment: number, spot: Spot): void {
  const name = elementName(run.segments.tag(segment), spot);
  const component = plan.components[spot.component - 1] as ElementPlan;
  const what = `${name} (${elementText(component.definition)})`;
  const within = `${plan.definition.id} of ${run.version}`;
  const text = `${what} is mandatory in ${within}, and it is empty.`;
  reportValue(run, 'element-missing', segment, spot, text);
}

function checkSurplus(
  run: Run,
  plan: ElementPlan,
  segment: number,
  element: number,
  repeat: number,
  count: number,
): void {
  const known = plan.components.length;
  for (let at = known + 1; at <= count; at += 1) {
    const value = run.segments.value(segment, element, at, repeat);
    if (value === '') continue;
    const allowed = `${plan.definition.id} has ${known} components in ${run.version}`;
    const text = `${allowed}; here it has ${count}.`;
    reportValue(run, 'component-too-many', segment, { element, component: at, repeat }, text, {
      value,
    });
    return;
  }
}
