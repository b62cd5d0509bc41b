/**
 * What UNB and UNG say, judged by the service segments of their syntax (ISO 9735, service segment
 * directory): what must be there, lengths, digits, dates. S001 is judged where it is read.
 */
import { envelopeFindings } from '../../model/catalogue/envelope.ts';
import { standardsFindings } from '../../model/catalogue/standards.ts';
import { parseSyntaxVersion, type Syntax } from '../../model/envelope.ts';
import type { Finding } from '../../model/finding.ts';
import type { Segments } from '../../model/message.ts';
import { isTime } from '../calendar.ts';
import type { ElementDefinition } from '../definition.ts';
import { cut } from '../findings.ts';
import type { EnvelopeCode, StandardsCode } from '../policy.ts';
import { dateFault } from './dates.ts';
import { type EnvelopePolicy, nameOf } from './header-findings.ts';

/** One header under judgement. */
interface Judging {
  readonly header: Segments;
  readonly control: string;
  readonly syntax: Syntax;
  readonly policy: EnvelopePolicy;
  readonly findings: Finding[];
}

interface Told {
  readonly code: StandardsCode | EnvelopeCode;
  readonly element: number;
  readonly component?: number;
  /** What comes after its name: `is empty`. */
  readonly text: string;
  /** The hub can do without it. */
  readonly isMinor?: boolean;
}
type Spot = Pick<Told, 'element' | 'component'>;

/** `toldDate`: what was said of this date already, that of the interchange, is not said again. */
export function checkServiceHeader(
  header: Segments,
  control: string,
  syntax: Syntax,
  policy: EnvelopePolicy,
  toldDate?: string,
): readonly Finding[] {
  const definition = policy.service?.(syntax.version, header.tag(0));
  if (definition === undefined) return [];
  const judging: Judging = { header, control, syntax, policy, findings: [] };
  definition.elements.forEach((element, at) => {
    if (element.id === 'S004') judgePreparation(judging, at + 1, toldDate);
    else judgeElement(judging, element, at + 1);
  });
  judgeSurplus(judging, definition.elements.length);
  return judging.findings;
}

/** Without these it cannot be said who sent what to whom; all else is at most a warning. */
const needed: ReadonlySet<string> = new Set(['0001', '0002', '0004', '0010', '0020', '0048']);
const isNeeded = ({ id, components }: ElementDefinition): boolean =>
  needed.has(id) || components.some((it) => it.mandatory && needed.has(it.id));

function judgeElement(judging: Judging, definition: ElementDefinition, element: number): void {
  const { header } = judging;
  const { components } = definition;
  if (header.value(0, element) === '') {
    judgeAbsence(judging, definition, { element });
    return;
  }
  if (components.length === 0) {
    judgeValue(judging, definition, { element });
    return;
  }
  components.forEach((it, at) => {
    const spot = { element, component: at + 1 };
    if (header.value(0, element, at + 1) === '') judgeAbsence(judging, it, spot);
    else judgeValue(judging, it, spot);
  });
  judgeSurplusComponents(judging, definition, element);
}

function judgeAbsence(judging: Judging, definition: ElementDefinition, spot: Spot): void {
  const { id, mandatory } = definition;
  if (!mandatory) return;
  const text = `(element ${id}) is empty, and it is mandatory`;
  tell(judging, { ...spot, code: 'element-missing', text, isMinor: !isNeeded(definition) });
}

function judgeValue(judging: Judging, definition: ElementDefinition, spot: Spot): void {
  const value = judging.header.value(0, spot.element, spot.component);
  const found = valueFault(value, definition);
  if (found === undefined) return;
  const text = `(element ${definition.id}) is ${quoted(value)}, ${found.text}`;
  tell(judging, { ...spot, code: found.code, text, isMinor: !isNeeded(definition) });
}

function valueFault(
  value: string,
  { type, min, max }: ElementDefinition,
): Pick<Told, 'code' | 'text'> | undefined {
  if (/[\x00-\x1f\x7f]/.test(value)) {
    return { code: 'element-character', text: 'which holds a control character' };
  }
  if (type === 'n' && !/^\d+$/.test(value)) {
    return { code: 'element-number', text: 'which is no number' };
  }
  const text = `and must have ${min === max ? max : `${min} to ${max}`} characters`;
  if (value.length > max) return { code: 'element-too-long', text };
  return value.length < min ? { code: 'element-too-short', text } : undefined;
}

function judgeSurplusComponents(
  judging: Judging,
  { components, id }: ElementDefinition,
  element: number,
): void {
  const count = judging.header.components(0, element);
  if (count <= components.length) return;
  const text = `has ${count} components; ${id} has ${components.length}`;
  const component = components.length + 1;
  tell(judging, { code: 'component-too-many', element, component, text, isMinor: true });
}

/** Trailing separators are tolerated; values beyond the last element are not. */
function judgeSurplus(judging: Judging, last: number): void {
  const { header } = judging;
  for (let element = last + 1; element <= header.elements(0); element += 1) {
    if (header.value(0, element) === '') continue;
    const text = `stands after the last element: ${header.tag(0)} has ${last}`;
    tell(judging, { code: 'element-too-many', element, text, isMinor: true });
    return;
  }
}

/** S004. Syntax 4 writes the year with four digits, the earlier ones with two. */
function judgePreparation(judging: Judging, element: number, toldDate: string | undefined): void {
  const { header, syntax, policy } = judging;
  const [date, time] = [header.value(0, element, 1), header.value(0, element, 2)];
  const form = parseSyntaxVersion(syntax.version) >= 4 ? 'CCYYMMDD' : 'YYMMDD';
  const isForm = date.length === form.length;
  const fault = dateFault(date, policy.now) ?? (isForm ? undefined : 'has not the right form');
  if (fault !== undefined && date !== toldDate) {
    const text = `is ${quoted(date)}, which ${fault} (${form} in syntax ${cut(syntax.version)})`;
    tell(judging, { code: 'envelope-date', element, component: 1, text });
  }
  if (time.length === 4 && isTime(time, 0, 4)) return;
  const text = `is ${quoted(time)}, which is no time of the day (HHMM)`;
  tell(judging, { code: 'envelope-time', element, component: 2, text });
}

const quoted = (value: string): string => JSON.stringify(cut(value.slice(0, 60)));
const kinds = { ...standardsFindings, ...envelopeFindings };

function tell({ header, control, policy, findings }: Judging, told: Told): void {
  const { code, element, component, text, isMinor = false } = told;
  const asked = policy.severities?.[code] ?? kinds[code].severity;
  if (asked === 'ignore') return;
  const severity = isMinor && asked === 'error' ? 'warning' : asked;
  const tag = header.tag(0);
  const name = nameOf(tag, element) + (component === undefined ? '' : `-${component}`);
  const place = {
    path: `${`${tag} ${cut(control.slice(0, 40))}`.trimEnd()} / ${name}`,
    ...{ tag: cut(tag), element, ...(component === undefined ? {} : { component }) },
    ...header.range(0, element, component),
  };
  const value = cut(header.value(0, element, component));
  const { fault } = kinds[code];
  findings.push({ code, severity, fault, place, text: `${name} ${text}.`, value });
}
