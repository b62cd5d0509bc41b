/** tradelane read: canonical documents, one JSON a line. */
import { typeOf } from '../hub/check.ts';
import { envelopeFindings, hasErrors, inspect, readExamined } from '../hub/inspect.ts';
import { type Finding, isError } from '../model/finding.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, text } from './command.ts';
import { findingText } from './findings.ts';
import { source } from './source.ts';
import { asked, workbench } from './workbench.ts';

/** Findings beyond this are counted, not printed. */
const TOLD_MAX = 1000;

export const read: Command = {
  name: 'read',
  summary: 'a file as canonical documents, one JSON a line',
  usage: `read FILE|- [--connector C] [--message KEY] [--quiet]

Documents go to standard output, findings to standard error. A message with errors is told and
not read; the others are. Any size of file is read in the memory of its largest message.

  --connector C   read as from this connector: its agreements, its overlay
  --message KEY   what it is, for bytes that do not say so: json/erp/invoice
  --quiet         no findings, only documents and the exit code`,
  options: {
    connector: { type: 'string' },
    message: { type: 'string' },
    quiet: { type: 'boolean' },
  },
  run: async (invocation) => {
    const { terminal, values } = invocation;
    const bench = workbench(terminal);
    const setup = bench.setup();
    const { bytes } = await source(invocation);
    const now = bench.clock.now();
    let lines: string[] = [];
    let bad = false;
    let told = 0;
    const tell = (findings: readonly Finding[]): void => {
      bad ||= hasErrors(findings);
      if (values['quiet'] === true) return;
      for (const finding of findings) {
        if (finding.severity === 'info') continue;
        told += 1;
        if (told <= TOLD_MAX) terminal.err(findingText(finding));
      }
    };
    const flush = async (): Promise<void> => {
      const text = lines.join('');
      lines = [];
      if (text !== '') await terminal.out(text);
    };
    const inspected = await inspect({
      parts: bench,
      bytes,
      connector: asked(bench, text(invocation, 'connector')),
      messageType: typeOf(text(invocation, 'message') ?? ''),
      now,
      onMessage: (examined) => {
        tell(examined.findings);
        if (examined.findings.some(isError)) return;
        const result = readExamined(setup, examined, { now });
        if (result === undefined) return;
        tell(result.findings);
        lines.push(`${JSON.stringify(result.document)}\n`);
      },
      onInterchangeEnd: (interchange) => tell(envelopeFindings(interchange)),
      between: flush,
    });
    await flush();
    tell(inspected.findings);
    if (told > TOLD_MAX) terminal.err(`... and ${told - TOLD_MAX} more findings\n`);
    return bad ? EXIT_FINDINGS : EXIT_GOOD;
  },
};
