/**
 * Where an EDIFACT interchange begins and which separators it has: UNA (ISO 9735-1 §7, exactly nine
 * characters), or UNB with the defaults of level A or level B. A message without UNB is a fragment:
 * it is read with what is there.
 */
import type { Syntax } from '../../model/envelope.ts';
import type { Opening } from '../edi/dialect.ts';

const unaCharacters = 9;
/** Between UNA and UNB: line ends only. */
const gapCharacters = 16;
/** A UNB is at most some 400 characters. */
const unbCharacters = 600;

interface Separators {
  readonly element: string;
  readonly component: string;
  readonly decimalMark: string;
  readonly release: string;
  /** UNA's sixth character, the repetition separator of syntax 4; before, a reserved blank. */
  readonly reserved: string;
  readonly terminator: string;
}

export const levelA: Separators = {
  element: '+',
  component: ':',
  decimalMark: '.',
  release: '?',
  reserved: '*',
  terminator: "'",
};
/** ISO 9735 level B: IS1, IS3 and IS4; no release character is needed. */
const levelB: Separators = {
  ...levelA,
  element: '\x1d',
  component: '\x1f',
  release: '',
  terminator: '\x1c',
};

export function openEdifact(text: string, from: number, isLast: boolean): Opening {
  for (let at = text.indexOf('UN', from); at >= 0; at = text.indexOf('UN', at + 2)) {
    if (!'ABH'.includes(text[at + 2] ?? '')) continue;
    if (text.length - at < unbCharacters && !isLast) return { is: 'wait', at };
    const opening = openAt(text, at);
    if (opening !== undefined) return opening;
  }
  return { is: 'none', at: isLast ? text.length : Math.max(from, text.length - 1) };
}

/** undefined: there is none, the text only looked like one. */
function openAt(text: string, at: number): Opening | undefined {
  const mark = text[at + 3];
  if (mark === undefined || /[A-Za-z0-9 ]/.test(mark)) return openWord(text, at);
  const tag = text.slice(at, at + 3);
  if (isCrowded(text, at, tag)) return damaged(at, `${tag} is followed by another at once.`);
  if (tag === 'UNA') return openUna(text, at);
  if (mark === levelA.element) return openHeader(text, at, at, levelA, []);
  if (mark === levelB.element) return openHeader(text, at, at, levelB, []);
  if (!text.startsWith('UNB', at)) return undefined;
  const guessed = guess(text.slice(at, at + unbCharacters));
  if (guessed !== undefined) return openHeader(text, at, at, guessed, undeclared);
  return damaged(at, `UNB is followed by ${JSON.stringify(mark)}, which no UNA declares.`);
}

/** Neither the separators nor S001 are over before: so much of it can be refused cheaply. */
const isCrowded = (text: string, at: number, tag: string): boolean =>
  text.slice(at + 3, at + 12).includes(tag);

/** A letter, a digit or a blank separates nothing, but a UNB behind shows what UNA was meant for. */
function openWord(text: string, at: number): Opening | undefined {
  const near = text.slice(at + 3, at + unaCharacters + gapCharacters);
  return text[at + 2] === 'A' && /UN[BH]\+/.test(near) ? openUna(text, at) : undefined;
}

const undeclared = [
  'No UNA declares the separators of UNB; they were guessed from where they stand.',
];

/** `UNB"UNOB=1"...;UNH"`: what stands around the charset, and before UNH. */
function guess(unb: string): Separators | undefined {
  const [, element, component] = /^UNB([^A-Za-z0-9\s])UNO[A-Z]([^A-Za-z0-9\s])\d\1/.exec(unb) ?? [];
  if (element === undefined || component === undefined) return undefined;
  const terminator = unb
    .slice(0, Math.max(unb.search(/UN[HG]/), 0))
    .trimEnd()
    .at(-1);
  if (terminator === undefined || /[A-Za-z0-9]/.test(terminator)) return undefined;
  if (new Set([element, component, terminator, levelA.release]).size < 4) return;
  return { ...levelA, element, component, terminator };
}

const damaged = (at: number, text: string): Opening => ({ is: 'damaged', at, next: at + 3, text });

function openUna(text: string, at: number): Opening | undefined {
  const separators = declared(text, at);
  const header = headerAfter(text, at + unaCharacters);
  if (separators !== undefined && text[header + 3] === separators.element) {
    return openHeader(text, at, header, separators, []);
  }
  if (text.startsWith('UIB', blanksEnd(text, at + unaCharacters))) {
    return damaged(at, 'UIB begins interactive EDIFACT (ISO 9735-3), which is not read.');
  }
  const near = text.slice(at + 3, at + unaCharacters + gapCharacters).search(/UN[BH]\+/);
  if (near < 0) return isWord(text, at) ? undefined : damaged(at, 'UNA cannot be read.');
  return openHeader(text, at, at + 3 + near, levelA, [
    'UNA is not nine characters of distinct separators; the default separators were used.',
  ]);
}

const isWord = (text: string, at: number): boolean => /[A-Za-z0-9 ]/.test(text[at + 3] ?? ' ');

function declared(text: string, at: number): Separators | undefined {
  const [component, element, decimalMark, release, reserved, terminator] = text.slice(at + 3);
  if (terminator === undefined) return undefined;
  const marks = [component!, element!, terminator, ...(release === ' ' ? [] : [release!])];
  if (new Set(marks).size !== marks.length || marks.some((mark) => /[A-Za-z0-9 ]/.test(mark))) {
    return undefined;
  }
  // A line end right after eight characters: the reserved blank was lost on the way.
  if (/[\r\n]/.test(terminator) && !' *'.includes(reserved!)) return undefined;
  return {
    component: component!,
    element: element!,
    decimalMark: decimalMark!,
    release: release === ' ' ? '' : release!,
    reserved: reserved!,
    terminator,
  };
}

function headerAfter(text: string, at: number): number {
  const header = blanksEnd(text, at);
  return /^UN[BH]/.test(text.slice(header, header + 3)) ? header : text.length;
}

function blanksEnd(text: string, from: number): number {
  let at = from;
  while (at < from + gapCharacters && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

function openHeader(
  text: string,
  at: number,
  header: number,
  separators: Separators,
  faults: readonly string[],
): Opening {
  if (text.startsWith('UNH', header)) return openFragment(at, header, separators, faults);
  const line = lineSeparators(text, header, separators);
  if (line !== undefined)
    return openHeader(text, at, header, line, [...faults, ...linesAsSegments]);
  const end = headerEnd(text, header, separators);
  if (end < 0) return damaged(at, 'UNB has no terminator.');
  const syntax = syntaxOf(text.slice(header, end), separators);
  return { is: 'found', at, syntax, header: { start: header, end }, next: end + 1, faults };
}

const linesAsSegments = [
  'Line ends stand where the terminators should: each line was read as one.',
];

/** A line end as the terminator, where UNH or UNG begins a line and no terminator stands before. */
function lineSeparators(
  text: string,
  header: number,
  separators: Separators,
): Separators | undefined {
  if (separators.terminator === '\r' || separators.terminator === '\n') return undefined;
  const unb = text.slice(header, headerPast(text, header, separators));
  const next = unb.search(/[\r\n]UN[HG]/);
  const end = unb.indexOf(separators.terminator);
  if (next < 0 || (end >= 0 && end < next)) return undefined;
  return { ...separators, terminator: unb.includes('\r') ? '\r' : '\n' };
}

function openFragment(
  at: number,
  header: number,
  separators: Separators,
  faults: readonly string[],
): Opening {
  const text = 'The messages come without UNB: sender, receiver and control number are not told.';
  return {
    is: 'found',
    at,
    syntax: syntaxOf('UNB', separators),
    header: { start: header, end: header },
    next: header,
    faults: [...faults, text],
  };
}

/** Up to where a UNB is looked through: not beyond the next one. */
function headerPast(text: string, from: number, { element }: Separators): number {
  const past = Math.min(text.length, from + unbCharacters);
  const next = text.slice(from + 3, past).indexOf(`UNB${element}UNO`);
  return next < 0 ? past : from + 3 + next;
}

function headerEnd(text: string, from: number, separators: Separators): number {
  const { release, terminator } = separators;
  const past = headerPast(text, from, separators);
  for (let at = from; at < past; at++) {
    if (text[at] === release && release !== '') at++;
    else if (text[at] === terminator) return at;
  }
  return -1;
}

/** S001: UNB+UNOC:3+..., and in syntax 4 two more: UNB+UNOC:4:40102:2+... */
function syntaxOf(header: string, separators: Separators): Syntax {
  const s001 = header.split(separators.element)[1] ?? '';
  const [charset = '', version = '', directory = '', encoding = ''] = s001.split(
    separators.component,
  );
  const { element, component, decimalMark, release, terminator } = separators;
  const syntax = {
    version: version || '3',
    charset: charset || 'UNOC',
    element,
    component,
    terminator,
    decimalMark,
    ...(release === '' ? {} : { release }),
    ...(directory === '' ? {} : { directory }),
    ...(encoding === '' ? {} : { encoding }),
  };
  const repeats = version >= '4' && separators.reserved !== ' ';
  return repeats ? { ...syntax, repetition: separators.reserved } : syntax;
}
