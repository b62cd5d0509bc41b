/** The syntax a message is written in: as agreed, else as theirs, else the standard's usual one. */
import type { Agreement } from '../model/connector.ts';
import { parseSyntaxVersion, type Syntax } from '../model/envelope.ts';

const usual: Record<string, Syntax> = {
  x12: {
    version: '00401',
    charset: 'latin1',
    element: '*',
    component: '>',
    terminator: '~',
    decimalMark: '.',
    lineBreak: '\n',
    inData: 'refuse',
  },
  edifact: {
    version: '3',
    charset: 'UNOC',
    element: '+',
    component: ':',
    terminator: "'",
    release: '?',
    decimalMark: '.',
    lineBreak: '\n',
  },
};

const tree: Syntax = {
  version: '1.0',
  charset: 'utf8',
  element: '',
  component: '',
  terminator: '',
  decimalMark: '.',
};

/**
 * Pure. `like` is the syntax of an interchange that is answered: its separators are mirrored, unless
 * they are of several bytes or none of ASCII, which are read but not written, or its version is none.
 */
export function syntaxFor(
  standard: string,
  agreement: Agreement | undefined,
  like: Syntax | undefined,
): Syntax {
  const base = (isMirrored(like) ? mirrored(standard, like) : usual[standard]) ?? tree;
  const agreed = agreement?.syntax ?? {};
  const { inData, ...plain } = agreed;
  return {
    ...repetitionOf(standard, plain['version'] ?? base.version, base),
    ...base,
    ...plain,
    ...(inData === undefined
      ? {}
      : { inData: inData === 'refuse' ? 'refuse' : { replace: inData } }),
  };
}

/** Syntax 4 of EDIFACT has one, and `*` unless another is agreed or mirrored (ISO 9735-1 §8). */
const repetitionOf = (standard: string, version: string, base: Syntax): { repetition?: string } =>
  standard === 'edifact' && base === usual['edifact'] && parseSyntaxVersion(version) >= 4
    ? { repetition: '*' }
    : {};

/**
 * Theirs, but with a release character, which UNA declares: what an answer copies may hold a
 * separator. The encoding (0133) goes without saying.
 */
function mirrored(standard: string, { encoding: _, ...like }: Syntax): Syntax {
  const { element, component, repetition, terminator, release = '' } = like;
  const isTaken = [element, component, repetition, terminator].includes('?');
  return standard === 'edifact' && release === '' && !isTaken ? { ...like, release: '?' } : like;
}

function isMirrored(like: Syntax | undefined): like is Syntax {
  if (like === undefined) return false;
  const { version, element, component, repetition, terminator } = like;
  if (!/^(00[2-9]0\d|[1-4])$/.test(version)) return false;
  return [element, component, repetition, terminator].every(
    (it) => it === undefined || /^[\x01-\x7f]?$/.test(it),
  );
}
