/** tradelane read: canonical documents, one JSON a line. */
import type { ExaminedMessage } from '../hub/examine.ts';
import { envelopeFindings, hasErrors, inspect, readExamined } from '../hub/inspect.ts';
import { messageKey } from '../model/message.ts';
import { messageJson } from '../standards/guide/message-json.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, text } from './command.ts';
import { messageOption, source } from './source.ts';
import { telling } from './telling.ts';
import { asked, workbench } from './workbench.ts';

export const read: Command = {
  name: 'read',
  summary: 'a file as canonical documents, one JSON a line',
  usage: `read FILE|- [--connector C] [--message KEY] [--segments] [--quiet] [--verbose] [--json]

Documents go to standard output, findings to standard error. A message with errors is told and
not read; the others are. Any size of file is read in the memory of its largest message.

  --connector C   read as from this connector: its agreements, its overlay
  --message KEY   what it is, for bytes that do not say so: json/erp/invoice
  --segments      X12 and EDIFACT: the message itself as JSON, by segments and elements, in the form
                  that \`guide --format schema\` describes
  --quiet         no findings, only documents and the exit code
  --verbose       every finding: also remarks, and each value that has no place in the document
  --json          findings too as JSON, one a line`,
  options: {
    connector: { type: 'string' },
    message: { type: 'string' },
    segments: { type: 'boolean' },
    quiet: { type: 'boolean' },
    verbose: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionalsMax: 1,
  run: async (invocation) => {
    const { terminal } = invocation;
    const messageType = messageOption(invocation);
    const from = await source(invocation);
    const bench = workbench(terminal);
    const setup = bench.setup();
    const now = bench.clock.now();
    const told = telling(invocation, from);
    let lines: string[] = [];
    const flush = async (): Promise<void> => {
      const documents = lines.join('');
      lines = [];
      if (documents !== '') await terminal.out(documents);
    };
    const inspected = await inspect({
      parts: bench,
      bytes: from.bytes,
      connector: asked(bench, text(invocation, 'connector')),
      messageType,
      now,
      onMessage: (examined) => {
        told.tell(examined.findings);
        if (hasErrors(examined.findings)) return;
        if (invocation.values['segments'] === true) {
          lines.push(...segmentsLine(examined));
          return;
        }
        const result = readExamined(setup, examined, { now });
        if (result === undefined) return;
        told.tell(result.findings);
        lines.push(`${JSON.stringify(result.document)}\n`);
      },
      onInterchangeEnd: (interchange) => told.tell(envelopeFindings(interchange)),
      between: flush,
    });
    await flush();
    told.tell(inspected.findings);
    told.end();
    return told.hasErrors ? EXIT_FINDINGS : EXIT_GOOD;
  },
};

/** Nothing for a tree, and for a message that no dictionary knows. */
function segmentsLine({ message, checked }: ExaminedMessage): readonly string[] {
  if (message.content.form !== 'segments' || checked === undefined) return [];
  const { control, content, type } = message;
  const segments = messageJson(checked.root, content.segments);
  return [`${JSON.stringify({ message: messageKey(type), control, segments })}\n`];
}
