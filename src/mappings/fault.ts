/** Faults of mapping files: what is wrong, in which line, and what to write instead. */
import { HubError } from '../model/errors.ts';

export type FaultCode =
  | 'map-syntax'
  | 'map-file-missing'
  | 'map-place-unknown'
  | 'map-place-ambiguous'
  | 'map-target-unknown'
  | 'map-target-type'
  | 'map-target-twice'
  | 'map-code-twice'
  | 'map-code-table'
  | 'map-overlay-lost'
  | 'map-overlay-same'
  | 'map-expression'
  | 'map-rule'
  | 'map-one-way'
  | 'map-unreached'
  | 'map-law-broken';

/** A line of a file. Lines count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

export interface MappingFault extends Origin {
  readonly code: FaultCode;
  /** Only errors keep a mapping from being used; `info` lists what is lossy by intent. */
  readonly severity: 'error' | 'warning' | 'info';
  /** The place path and what to do, without file and line. */
  readonly text: string;
}

/** Collects the faults of one mapping. */
export interface FaultList {
  readonly all: MappingFault[];
  error(code: FaultCode, origin: Origin, text: string): void;
  warn(code: FaultCode, origin: Origin, text: string): void;
  info(code: FaultCode, origin: Origin, text: string): void;
}

export function faultList(): FaultList {
  const all: MappingFault[] = [];
  const say =
    (severity: MappingFault['severity']) =>
    (code: FaultCode, { file, line }: Origin, text: string): void => {
      const same = (other: MappingFault): boolean =>
        other.text === text && other.line === line && other.file === file;
      if (!all.some(same)) all.push({ code, severity, file, line, text });
    };
  return { all, error: say('error'), warn: say('warning'), info: say('info') };
}

/** `mappings/x12/004010/850.yaml:12 key "N1[1=ST]": selection is written N1(1=ST)`. */
export const faultText = (fault: MappingFault): string =>
  `${fault.file}:${fault.line} ${fault.text}`;

/** Throws HubError `config-invalid` with the faults in `details.faults` when one is an error. */
export function refuseErrors(name: string, faults: readonly MappingFault[]): void {
  const errors = faults.filter((fault) => fault.severity === 'error');
  if (errors.length === 0) return;
  const shown = errors.slice(0, 5).map(faultText).join('; ');
  const more = errors.length > 5 ? ` and ${errors.length - 5} more` : '';
  throw new HubError('config-invalid', `Mapping ${name} cannot be used: ${shown}${more}.`, {
    details: { mapping: name, faults: errors },
  });
}

/** The nearest of some words, for "did you mean". */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of words) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
