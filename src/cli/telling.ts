/** Tells findings on standard error while a file is worked on, and remembers whether any is an error. */
import { type Finding, isError } from '../model/finding.ts';
import type { Invocation } from './command.ts';
import { counted, findingText } from './findings.ts';
import type { Source } from './source.ts';

/** Findings beyond this are counted, not printed. */
const TOLD_MAX = 1000;

export interface Telling {
  readonly hasErrors: boolean;
  /** Remarks are left out: `validate` shows them. */
  tell(findings: readonly Finding[]): void;
  /** Says how many were not told. */
  end(): void;
}

export function telling({ terminal, values }: Invocation, source?: Source): Telling {
  let hasErrors = false;
  let told = 0;
  const isQuiet = values['quiet'] === true;
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
        if (isQuiet || finding.severity === 'info') continue;
        told += 1;
        if (told <= TOLD_MAX) print(finding);
      }
    },
    end() {
      if (told <= TOLD_MAX || values['json'] === true) return;
      terminal.err(`... and ${counted(told - TOLD_MAX, 'more finding')}\n`);
    },
  };
}
