/** Checks one occurrence of a composite element. */
import type { ElementPlan } from './plan.ts';
import { reportRelation } from './relation-findings.ts';
import { brokenRelation, isKept } from './relations.ts';
import { elementName, elementText, type Run, reportValue, type Spot } from './run.ts';
import { checkValue } from './value-findings.ts';
import { judgeValue, verdicts } from './values.ts';

const present = new Uint8Array(256);

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
  for (let at = 1; at <= components.length; at += 1) {
    const component = components[at - 1] as ElementPlan;
    const value = at > count ? '' : run.segments.value(segment, element, at, repeat);
    present[at] = value === '' ? 0 : 1;
    if (value !== '') {
      isThere = true;
      const verdict = judgeValue(value, component);
      if (verdict !== verdicts.good || component.formatAt > 0) {
        checkValue(run, component, segment, value, element, at, repeat, verdict, plan);
      }
    } else if (component.mandatory && missing === 0) missing = at;
  }
  if (count > components.length) checkSurplus(run, plan, segment, element, repeat, count);
  if (!isThere && !plan.mandatory) return false;
  if (missing > 0) reportMissing(run, plan, segment, { element, component: missing, repeat });
  for (const relation of plan.relations) {
    if (isKept(relation, present)) continue;
    reportRelation(run, relation, brokenRelation(relation, present), segment, element);
  }
  return isThere;
}

function reportMissing(run: Run, plan: ElementPlan, segment: number, spot: Spot): void {
  const name = elementName(run.segments.tag(segment), spot);
  const component = plan.components[spot.component - 1] as ElementPlan;
  const text = `${name} (${elementText(component.definition)}) is mandatory in ${plan.definition.id} of ${run.version}, and it is empty.`;
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
    const text = `${plan.definition.id} has ${known} components in ${run.version}; here it has ${count}.`;
    reportValue(run, 'component-too-many', segment, { element, component: at, repeat }, text, {
      value,
    });
    return;
  }
}
