/** Tells findings on standard error while a file is worked on, and remembers whether any is an error. */
import { type Finding, isError } from '../model/finding.ts';
import type { Invocation } from './command.ts';
import { counted, findingText } from './findings.ts';
import type { Source } from './source.ts';
import { unplaced } from './unplaced.ts';

/** Findings beyond this are counted, not printed. */
const TOLD_MAX = 1000;

export interface Telling {
  readonly hasErrors: boolean;
  /** Remarks are left out, but with --verbose; what a mapping leaves behind is told at the end. */
  tell(findings: readonly Finding[]): void;
  /** Says what a mapping left behind, and how many findings were not told. */
  end(): void;
}

export function telling({ terminal, values }: Invocation, source?: Source): Telling {
  let hasErrors = false;
  let told = 0;
  const isQuiet = values['quiet'] === true;
  const isVerbose = values['verbose'] === true;
  const folded = isVerbose || values['json'] === true ? undefined : unplaced();
  const print = (finding: Finding): void =>
    terminal.err(
      values['json'] === true
        ? `${JSON.stringify(finding)}\n`
        : findingText(finding, source?.excerpt),
    );
  return {
    get hasErrors() {
      return hasErrors;
    },
    tell(findings) {
      hasErrors ||= findings.some(isError);
      for (const finding of findings) {
        if (isQuiet || folded?.take(finding) === true) continue;
        if (finding.severity === 'info' && !isVerbose) continue;
        told += 1;
        if (told <= TOLD_MAX) print(finding);
      }
    },
    end() {
      for (const line of folded?.lines() ?? []) terminal.err(line);
      if (told <= TOLD_MAX || values['json'] === true) return;
      terminal.err(`... and ${counted(told - TOLD_MAX, 'more finding')}\n`);
    },
  };
}
