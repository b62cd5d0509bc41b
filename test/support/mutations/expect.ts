/** What has to come of a mutant: its one finding and its line of the acknowledgement. */
import type { Finding, Place } from '../../../src/model/finding.ts';
import type { SegmentData } from '../../../src/model/message.ts';
import type { ElementDefinition, MessageDefinition } from '../../../src/standards/definition.ts';
import { type Judged, judge } from './judge.ts';
import type { EnvelopeForm, Mutant, Spot } from './sample.ts';
import type { MutationRow } from './table.ts';

/** What is wrong with what the mutant gave; empty where all is right. */
export function faultsOfCase(
  row: MutationRow,
  mutant: Mutant,
  definition: MessageDefinition,
  form: EnvelopeForm,
): readonly string[] {
  const judged = judge(mutant, definition, form);
  const { otherSpot } = mutant;
  const told = judged.findings[0]?.place.segment;
  const meant =
    otherSpot !== undefined && told === otherSpot.segment ? { ...mutant, spot: otherSpot } : mutant;
  const faults = findingFaults(row, meant, judged.findings);
  if (faults.length > 0) return faults;
  return [
    ...acknowledgementFaults(row, meant, definition, form, judged),
    ...ownFaults(row, judged),
  ];
}

function findingFaults(
  row: MutationRow,
  { spot }: Mutant,
  findings: readonly Finding[],
): readonly string[] {
  const [first, ...others] = findings;
  if (first === undefined) return ['no finding'];
  if (others.length > 0)
    return [`findings: ${findings.map(({ code, text }) => `${code} "${text}"`).join(' ')}`];
  if (first.code !== row.finding) return [`finding ${first.code} "${first.text}"`];
  if (row.level !== 'segment' && row.level !== 'element' && row.level !== 'accepted') return [];
  const said = ({ segment, tag, element, component, repeat }: Place | Spot): string =>
    JSON.stringify([segment, tag, element, component, repeat]);
  const [told, wanted] = [said(first.place), said(spot)];
  return told === wanted ? [] : [`place ${told} for ${wanted} "${first.text}"`];
}

/** A TA1 repeats the date and time of ISA as they are, the bad ones too: they name what it answers. */
const ownFaults = (row: MutationRow, { faultsOfThem }: Judged): readonly string[] =>
  faultsOfThem
    .filter(({ code }) => `envelope-${code.slice('element-'.length)}` !== row.finding)
    .map(({ text }) => `acknowledgement: ${text}`);

function acknowledgementFaults(
  row: MutationRow,
  mutant: Mutant,
  definition: MessageDefinition,
  form: EnvelopeForm,
  { acknowledgements }: Judged,
): readonly string[] {
  const isX12 = definition.type.standard === 'x12';
  const wanted = isX12
    ? linesOfX12(row, mutant, definition)
    : [linesContrl(row, mutant, definition, form)];
  const told = acknowledgements.map((segments) =>
    segments.map(lineText).filter((it) => !it.startsWith('AK1*')),
  );
  const [one, other] = [wanted, told].map((it) => it.map((lines) => lines.join('~')).join(' '));
  return one === other ? [] : [`acknowledged ${other} for ${one}`];
}

const lineText = ({ tag, elements }: SegmentData): string =>
  [tag, ...elements.map((it) => (Array.isArray(it) ? it.join(':') : it))].join('*');

/** A TA1 alone, or a 997 and a 999, which say the same in segments of their own. */
function linesOfX12(
  row: MutationRow,
  mutant: Mutant,
  definition: MessageDefinition,
): readonly (readonly string[])[] {
  if (row.level === 'interchange') return [[lineTa1(row, mutant)]];
  const isLater = definition.type.version >= '004020';
  const code = (late: boolean): string => (late ? row.x12Later : undefined) ?? row.x12 ?? '';
  const later = lines997({ ...row, x12: code(true) }, mutant, definition);
  return [
    lines997({ ...row, x12: code(isLater) }, mutant, definition),
    later.map((it) => it.replace(/^AK([345])/, 'IK$1')),
  ];
}

/** What is no number in ISA stands as zeros. */
function lineTa1({ x12 }: MutationRow, { spot }: Mutant): string {
  const control = spot.tag === 'ISA' && spot.element === 13 ? '000000000' : '000000001';
  const date = spot.tag === 'ISA' && spot.element === 9 ? '260231' : '260115';
  const time = spot.tag === 'ISA' && spot.element === 10 ? '2560' : '1030';
  return `TA1*${control}*${date}*${time}*R*${x12}`;
}

function lines997(
  { level, x12 = '' }: MutationRow,
  { spot, value = '' }: Mutant,
  definition: MessageDefinition,
): readonly string[] {
  const set = `AK2*${definition.type.name}*0001`;
  const refused = ['AK5*R*5', 'AK9*R*1*1*0'];
  const at = `AK3*${spot.tag}*${spot.segment}*`;
  switch (level) {
    case 'segment':
      return [set, `${at}*${x12}`, ...refused];
    case 'element': {
      const isOld = definition.type.version < '003050';
      const position = [spot.element, isOld ? 0 : spot.component].filter(Boolean).join(':');
      const copy = x12 === '6' ? '' : copied(value);
      const detail = `AK4*${position}*${numberOf(spot, definition)}*${x12}*${copy}`;
      return [set, `${at}*8`, detail.replace(/\*$/, ''), ...refused];
    }
    case 'message':
      return [set, `AK5*R*${x12}`, 'AK9*R*1*1*0'];
    case 'group':
      return [set, 'AK5*R', `AK9*R*${x12 === '5' ? 2 : 1}*1*0*${x12}`];
    default:
      return [set, 'AK5*A', 'AK9*A*1*1*1'];
  }
}

/** AK404 has no value that could hold a separator. */
const copied = (value: string): string => (/[*>~^]/.test(value) ? '' : value);

/** AK402: the data element's number; a composite has none. */
function numberOf(spot: Mutant['spot'], { root }: MessageDefinition): string {
  const stack = [...root.slots];
  for (let slot = stack.pop(); slot !== undefined; slot = stack.pop()) {
    stack.push(...slot.slots);
    if (slot.tag === spot.tag) {
      const element = slot.segment.elements[(spot.element ?? 0) - 1];
      const found: ElementDefinition | undefined =
        spot.component === undefined ? element : element?.components[spot.component - 1];
      return /^\d+$/.test(found?.id ?? '') ? found!.id : '';
    }
  }
  return '';
}

function linesContrl(
  { level, edifact = '', finding }: MutationRow,
  { spot }: Mutant,
  { type }: MessageDefinition,
  { isGrouped }: EnvelopeForm,
): readonly string[] {
  const parties = '4000000000006:14*4999999000000:14';
  const message = `UCM*1*${type.name}:${type.version.slice(0, 1)}:${type.version.slice(1)}:UN`;
  // A segment that is missing has no position: 0096 is that of the one before it.
  const position = spot.segment - (finding === 'segment-missing' ? 1 : 0);
  const interchange = `UCI*1*${parties}`;
  const group = 'UCF*1*SENDER*RECEIVER';
  const above = [`${interchange}*7`, ...(isGrouped ? [`${group}*7`] : [])];
  switch (level) {
    case 'segment':
      return [...above, `${message}*4`, `UCS*${position}*${edifact}`];
    case 'element': {
      if (finding === 'element-too-many') {
        return [...above, `${message}*4`, `UCS*${position}*${edifact}`];
      }
      const place = [spot.element! + 1, spot.component, spot.repeat].join(':').replace(/:+$/, '');
      return [...above, `${message}*4`, `UCS*${position}`, `UCD*${edifact}*${place}`];
    }
    case 'message':
      return [...above, `${message}*4*${edifact}${trailerPlace(finding, 'UNT')}`];
    case 'group':
      return [`${interchange}*7`, `${group}*4*${edifact}${trailerPlace(finding, 'UNE')}`];
    case 'interchange':
      return [`${interchange}*4*${edifact}${trailerPlace(finding, 'UNZ')}`];
    default:
      return [...above, `${message}*7`];
  }
}

/** 0013 and S011: which element of the trailer; the tag counts as 1. */
function trailerPlace(finding: MutationRow['finding'], tag: string): string {
  if (finding === 'trailer-missing' || finding === 'truncated') return `*${tag}`;
  return `*${tag}*${finding === 'count-wrong' ? 2 : 3}`;
}
