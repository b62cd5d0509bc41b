/**
 * Trace: a partner's acknowledgement names segments and elements of our message by number. Our
 * payload is stored, and a mapping file serves both directions, so reading the payload back tells
 * for each value the field it came from and the mapping line that wrote it. Nothing is kept for
 * the messages that nobody rejects.
 */
import { placesOf } from '../mappings/compile/segment-places.ts';
import type { LineageRow } from '../mappings/mapping.ts';
import { type Writer, writerOf, writerOfTag } from '../mappings/writer-of.ts';
import type { Answer, AnswerDetail, AnsweredMessage } from '../model/answer.ts';
import type { Connector } from '../model/connector.ts';
import type { Finding, Place } from '../model/finding.ts';
import { type Message, messageKey, type Segments } from '../model/message.ts';
import { checkMessage } from '../standards/check.ts';
import type { PlacedNode } from '../standards/definition.ts';
import { contextConnector } from './context.ts';
import { decodePart } from './decode-part.ts';
import { agreementFor } from './identity.ts';
import type { Parts, Setup } from './parts.ts';

/** Of one transfer, so many answers are traced: a mapping that is wrong is wrong in all of them. */
const TRACED_MAX = 50;

/** Gives each answer with details the findings that say what of ours they mean. */
export async function traceAnswers(
  parts: Parts,
  answers: readonly Answer[],
  isTest: boolean,
): Promise<readonly Answer[]> {
  const traced: Answer[] = [];
  let count = 0;
  for (const answer of answers) {
    const isTraced = answer.details !== undefined && count < TRACED_MAX;
    if (isTraced) count += 1;
    traced.push(isTraced ? await traceAnswer(parts, answer, isTest) : answer);
  }
  return traced;
}

async function traceAnswer(parts: Parts, answer: Answer, isTest: boolean): Promise<Answer> {
  const [ours] = await parts.store.answered(answer, isTest, 1);
  const partner = ours && parts.setup().connector(ours.partner);
  if (ours === undefined || partner === undefined) return answer;
  let findings: readonly Finding[] = [];
  await decodePart({
    codecs: parts.codecs,
    limits: parts.limits,
    bytes: parts.store.bytes(ours.digest),
    messageType: undefined,
    take: (event) => {
      if (event.is !== 'message' || !isAnswered(event.message, ours)) return;
      findings = traceMessage(parts.setup(), event.message, { partner, ours, answer });
    },
  });
  return { ...answer, findings };
}

const isAnswered = ({ type, control }: Message, ours: AnsweredMessage): boolean =>
  messageKey(type) === ours.message && control === ours.control;

interface Answered {
  readonly partner: Connector;
  readonly ours: AnsweredMessage;
  readonly answer: Answer;
}

function traceMessage(setup: Setup, message: Message, it: Answered): readonly Finding[] {
  const definition = setup.standards.find(message.type)?.definition;
  if (definition === undefined || message.content.form !== 'segments') return [];
  const { root } = checkMessage(message, definition);
  const { segments } = message.content;
  const traced = { message, segments, root, ...it, ...readBack(setup, message, root, it.partner) };
  return (it.answer.details ?? []).map((detail) => findingOf(setup, traced, detail));
}

interface Traced extends Answered {
  readonly message: Message;
  readonly segments: Segments;
  readonly root: PlacedNode;
  /** The mapping as it is now, and what it makes of our message. */
  readonly mapping: string | undefined;
  readonly rows: readonly LineageRow[];
}

/** A mapping that has become faulty since leaves the place, without its line. */
function readBack(
  setup: Setup,
  message: Message,
  root: PlacedNode,
  partner: Connector,
): Pick<Traced, 'mapping' | 'rows'> {
  const agreement = agreementFor(partner.outbound, message.type);
  if (agreement === undefined) return { mapping: undefined, rows: [] };
  const lineage: LineageRow[] = [];
  try {
    const mapping = setup.mappings.get(agreement.mapping);
    const context = contextConnector(setup, partner);
    const { values } = agreement;
    const known = { connector: context, partner: context, agreement: values, zone: partner.zone };
    mapping.read(message, root, { ...known, lineage });
    return { mapping: agreement.mapping, rows: lineage };
  } catch {
    return { mapping: undefined, rows: [] };
  }
}

function findingOf(setup: Setup, traced: Traced, detail: AnswerDetail): Finding {
  const { message, partner, answer, segments } = traced;
  const place = placeOf(traced, detail);
  const isRejected = answer.verdict === 'rejected';
  const value = detail.element === undefined ? '' : valueAt(segments, detail);
  const where = `${place.path.replace(/^(?:ST|UNH) \S+ \/ /, '')} of ${message.type.name}`;
  const said = value === '' ? '' : ` '${value.slice(0, 60)}'`;
  const text =
    `${partner.name} ${whatOf(detail, isRejected)} ${where} ${message.control}${said}: ` +
    `${printable(detail.text)}; ${origin(setup, traced, detail, place)}.`;
  const finding: Finding = {
    code: isRejected ? 'answer-rejects' : 'answer-notes',
    severity: isRejected ? 'error' : 'warning',
    fault: 'mapping',
    place,
    text,
  };
  return value === '' ? finding : { ...finding, value: value.slice(0, 200) };
}

function whatOf({ missing, tag }: AnswerDetail, isRejected: boolean): string {
  if (missing !== undefined) return `misses ${printable(tag) || 'a segment'} ${missing}`;
  return isRejected ? 'rejects' : 'notes a fault in';
}

/** Their codes are shown as they came. */
const printable = (text: string): string =>
  text.slice(0, 100).replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');

const valueAt = (segments: Segments, { segment, element = 0, component, repeat }: AnswerDetail) =>
  segment > segments.count ? '' : segments.value(segment - 1, element, component, repeat);

function placeOf({ message, segments, root }: Traced, detail: AnswerDetail): Place {
  const { segment, element, component = 0, repeat = 1 } = detail;
  const at = Math.min(segment, segments.count) - 1;
  const places = placesOf(message, segments, root);
  return element === undefined ? places.segment(at) : places.value(at, element, component, repeat);
}

/** `written from lines[1].price by mappings/x12/004010/810.yaml:34`. */
function origin(setup: Setup, traced: Traced, detail: AnswerDetail, place: Place): string {
  const isThere = detail.missing === undefined;
  const row = isThere ? rowAt(traced.rows, place, detail.element !== undefined) : undefined;
  if (row !== undefined) {
    const code = row.codeRow === undefined ? '' : ` (${row.codeRow})`;
    return row.how === 'constant'
      ? `a constant of ${row.rule}`
      : `written from ${row.path} by ${row.rule}${code}`;
  }
  const { mapping } = traced;
  if (!isThere && detail.tag === '') return 'which one a CONTRL does not say';
  if (mapping === undefined) return 'no mapping of this agreement can be read to trace it';
  const writer = isThere
    ? ruleAt(setup, traced, detail, mapping)
    : writerOfTag(setup.mappings.rules(mapping), detail.tag);
  if (writer === undefined) return `no rule of mappings/${mapping}.yaml writes it`;
  const { file, line } = writer.origin;
  const from = writer.fields.length === 0 ? '' : ` from ${writer.fields.join(' and ')}`;
  return `to be written${from} by ${file}:${line} (${writer.address})`;
}

/** The value's own row; for a whole segment the first of those that came from it. */
function rowAt(
  rows: readonly LineageRow[],
  { start = 0, end = 0 }: Place,
  isValue: boolean,
): LineageRow | undefined {
  const inside = rows.filter((row) => (row.start ?? -1) >= start && (row.end ?? -1) <= end);
  const exact = inside.find((row) => row.start === start && row.end === end);
  return exact ?? (isValue && start === end ? undefined : inside[0]);
}

function ruleAt(
  setup: Setup,
  { root, segments }: Traced,
  { segment, element = 0, component = 0 }: AnswerDetail,
  mapping: string,
): Writer | undefined {
  const path = pathTo(root, segment - 1);
  if (path === undefined) return undefined;
  return writerOf(setup.mappings.rules(mapping), path, segments, { element, component });
}

/** From below the message down to the segment. */
function pathTo(node: PlacedNode, segment: number): readonly PlacedNode[] | undefined {
  for (const child of node.children) {
    if (child.segment === segment) return [child];
    const inner = pathTo(child, segment);
    if (inner !== undefined) return [child, ...inner];
  }
  return undefined;
}
