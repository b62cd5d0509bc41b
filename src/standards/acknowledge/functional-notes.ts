/** What is wrong inside a set: AK3 or IK3 for each segment, AK4 or IK4 for its elements, with CTX. */
import type { Finding, Place } from '../../model/finding.ts';
import type { MessageType, SegmentData } from '../../model/message.ts';
import type { Standards } from '../definition.ts';
import { elementNumber } from './element-number.ts';
import type { FunctionalForm } from './functional-forms.ts';
import { segment } from './segment-data.ts';

/** AK4 may stand 99 times below one AK3; a 999 would let more. */
const elementNotesMax = 99;
/** CTX may stand ten times. */
const contextsMax = 10;
/** AK302 has six digits. */
const positionMax = 999_999;

/** AK401 is a composite from then on, and tells which repetition is meant from then on. */
const componentsSince = '003050';
const repetitionsSince = '004060';

interface Noting {
  readonly type: MessageType;
  readonly form: FunctionalForm;
  readonly standards: Standards | undefined;
}

export function segmentNotes(
  type: MessageType,
  errors: readonly Finding[],
  form: FunctionalForm,
  standards: Standards | undefined,
): readonly SegmentData[] {
  const noting: Noting = { type, form, standards };
  return [...bySegment(errors, noting)].flatMap((its) => notesOf(its, noting));
}

/** Findings that have a segment, in runs of the same segment and the same kind of note. */
function bySegment(errors: readonly Finding[], noting: Noting): Iterable<readonly Finding[]> {
  const runs = new Map<string, Finding[]>();
  for (const finding of errors) {
    const { segment: position = 0 } = finding.place;
    const ofSegment = noting.form.segmentCode(finding);
    const isTold = ofSegment !== undefined || elementCode(finding, noting) !== undefined;
    if (position < 1 || position > positionMax || !isTold) continue;
    const key = `${position} ${ofSegment ?? ''}`;
    const run = runs.get(key) ?? [];
    run.push(finding);
    runs.set(key, run);
  }
  return runs.values();
}

const elementCode = (finding: Finding, { form, type }: Noting): string | undefined =>
  form.elementCode(finding, type.version);

/** AK3, and the AK4 of a segment whose elements are wrong. */
function notesOf(findings: readonly Finding[], noting: Noting): readonly SegmentData[] {
  const { form } = noting;
  const [first] = findings as [Finding];
  const { tag = '', segment: position = 0 } = first.place;
  const code = form.segmentCode(first);
  const note = segment(form.tags.segment, segmentId(tag), `${position}`, '', code ?? '8');
  if (code !== undefined) return [note, ...contexts(findings, form)];
  const details = findings.filter((it) => it.place.element !== undefined).slice(0, elementNotesMax);
  return [note, ...details.flatMap((it) => [elementNote(it, noting), ...contexts([it], form)])];
}

/** AK301 has two or three characters, whatever was received. */
function segmentId(tag: string): string {
  const letters = tag.replace(/[^0-9A-Z]/g, '').slice(0, 3);
  return letters.length < 2 ? 'ZZZ' : letters;
}

function elementNote(finding: Finding, noting: Noting): SegmentData {
  const { type, form, standards } = noting;
  const code = elementCode(finding, noting) ?? '';
  const number = elementNumber(type, finding.place, standards);
  const copy = code === '6' ? '' : copyOf(finding.value);
  return segment(form.tags.element, position(finding.place, type.version), number, code, copy);
}

/** C030: element, component, repetition. */
function position({ element = 0, component, repeat }: Place, version: string): readonly string[] {
  if (version < componentsSince) return [`${element}`];
  const part = component === undefined ? '' : `${component}`;
  const again = repeat === undefined || version < repetitionsSince ? '' : `${repeat}`;
  return [`${element}`, part, again];
}

/** AK404: 99 characters, and nothing that could be a separator of ours. */
function copyOf(value: string | undefined): string {
  const copy = (value ?? '').slice(0, 99);
  return /^[A-Za-z0-9 .,;!?@#$%&()_+=/'"-]+$/.test(copy) ? copy : '';
}

/** Where the condition held that made them faults. */
function contexts(findings: readonly Finding[], form: FunctionalForm): readonly SegmentData[] {
  if (!form.hasContext) return [];
  const told = findings.flatMap(({ because }) => (because === undefined ? [] : [context(because)]));
  return told.slice(0, contextsMax);
}

function context({ tag = '', segment: at = 1, element, component }: Place): SegmentData {
  const place = element === undefined ? [] : [`${element}`, component ? `${component}` : ''];
  return segment('CTX', 'SITUATIONAL TRIGGER', segmentId(tag), `${at}`, '', place);
}
