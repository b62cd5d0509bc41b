/** Checks the elements of one segment: presence, repeats, components, values, relational notes. */
import { checkComposite } from './composites.ts';
import type { ElementPlan, SegmentPlan } from './plan.ts';
import { reportRelation } from './relation-findings.ts';
import { brokenRelation } from './relations.ts';
import { elementName, type Run, reportValue, type Spot } from './run.ts';
import { checkValue } from './value-findings.ts';

/** Which positions of the segment at hand have a value; used again for each segment. */
const present = new Uint8Array(256);

export function checkElements(run: Run, plan: SegmentPlan, segment: number): void {
  if (!plan.known) return;
  const { elements } = plan;
  const count = run.segments.elements(segment);
  const last = Math.max(Math.min(count, elements.length), plan.lastMandatory);
  for (let at = 1; at <= last; at += 1) {
    present[at] = checkElement(run, elements[at - 1] as ElementPlan, segment, at) ? 1 : 0;
  }
  if (count > elements.length) checkSurplus(run, plan, segment, count);
  if (plan.relations.length > 0) {
    present.fill(0, last + 1, elements.length + 1);
    checkRelations(run, plan, segment);
  }
}

/** True where the element has a value, right or wrong. */
function checkElement(run: Run, plan: ElementPlan, segment: number, element: number): boolean {
  const { segments } = run;
  const value = segments.value(segment, element);
  if (value === '') {
    if (plan.mandatory) reportMissing(run, plan, segment, element);
    return false;
  }
  const repeats = segments.repeats(segment, element);
  if (repeats > 1) return checkRepeats(run, plan, segment, element, repeats);
  if (plan.components.length > 0) return checkComposite(run, plan, segment, element, 1);
  if (segments.components(segment, element) > 1) reportComponents(run, plan, segment, element, 1);
  else checkValue(run, plan, segment, value, element, 0, 1);
  return true;
}

function checkRepeats(
  run: Run,
  plan: ElementPlan,
  segment: number,
  element: number,
  repeats: number,
): boolean {
  if (repeats > plan.repeats) {
    const { id } = plan.definition;
    const spot: Spot = { element, component: 0, repeat: plan.repeats + 1 };
    const name = elementName(run.segments.tag(segment), { ...spot, repeat: 1 });
    const text = `${name} (element ${id}) is repeated ${repeats} times; ${run.version} allows ${plan.repeats}.`;
    reportValue(run, 'element-repeats', segment, spot, text);
  }
  for (let repeat = 1; repeat <= Math.min(repeats, plan.repeats); repeat += 1) {
    if (plan.components.length > 0) checkComposite(run, plan, segment, element, repeat);
    else {
      const value = run.segments.value(segment, element, 0, repeat);
      if (value !== '') checkValue(run, plan, segment, value, element, 0, repeat);
    }
  }
  return true;
}

function reportMissing(run: Run, plan: ElementPlan, segment: number, element: number): void {
  const spot: Spot = { element, component: 0, repeat: 1 };
  const name = elementName(run.segments.tag(segment), spot);
  const text = `${name} (element ${plan.definition.id}) is mandatory in ${run.version}, and it is empty.`;
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
  const text = `${name} (element ${plan.definition.id}) has no components, but a component separator stands in it.`;
  reportValue(run, 'component-too-many', segment, spot, text, { value });
}

/** Trailing separators without values are tolerated; values beyond the last element are not. */
function checkSurplus(run: Run, plan: SegmentPlan, segment: number, count: number): void {
  for (let at = plan.elements.length + 1; at <= count; at += 1) {
    const value = run.segments.value(segment, at);
    if (value === '') continue;
    const spot: Spot = { element: at, component: 0, repeat: 1 };
    const text = `${plan.tag} has ${plan.elements.length} elements in ${run.version}; here it has ${count}.`;
    reportValue(run, 'element-too-many', segment, spot, text, { value });
    return;
  }
}

function checkRelations(run: Run, plan: SegmentPlan, segment: number): void {
  for (const relation of plan.relations) {
    const broken = brokenRelation(relation, present);
    if (broken !== undefined) reportRelation(run, relation, broken, segment, 0);
  }
}
