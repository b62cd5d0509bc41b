/** tradelane translate: read and write in one step. */
import type { Document } from '../documents/document.ts';
import { envelopeFindings, hasErrors, inspect, readExamined } from '../hub/inspect.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, text, UsageError } from './command.ts';
import { messageOption, source } from './source.ts';
import { telling } from './telling.ts';
import { asked, workbench } from './workbench.ts';
import { writeInterchange } from './write-interchange.ts';

export const translate: Command = {
  name: 'translate',
  summary: 'a file in another language: read and write in one step',
  usage: `translate FILE|- --to edifact/D96A/ORDERS [--connector C] [--message KEY] [--verbose] [--json]

Reads every message of FILE and writes each as the message named, one interchange after another, to
standard output. Findings go to standard error; a message with errors is told and left out.

  --to KEY        the message to write
  --connector C   write as for this partner
  --message KEY   what FILE is, for bytes that do not say so
  --verbose       every finding: also remarks, and each value that has no place in the message
  --json          findings as JSON, one a line`,
  options: {
    to: { type: 'string' },
    connector: { type: 'string' },
    message: { type: 'string' },
    verbose: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionalsMax: 1,
  run: async (invocation) => {
    const { terminal } = invocation;
    const key = text(invocation, 'to');
    if (key === undefined) throw new UsageError('--to is missing: which message to write.');
    const messageType = messageOption(invocation);
    const from = await source(invocation);
    const bench = workbench(terminal);
    const connector = asked(bench, text(invocation, 'connector'));
    const now = bench.clock.now();
    const told = telling(invocation, from);
    const ofDocument = telling(invocation);
    let documents: Document[] = [];
    const flush = async (): Promise<void> => {
      const ready = documents;
      documents = [];
      for (const document of ready) {
        const { bytes, findings } = writeInterchange(bench, document, key, connector);
        ofDocument.tell(findings);
        if (bytes !== undefined) await terminal.out(bytes);
      }
    };
    const inspected = await inspect({
      parts: bench,
      bytes: from.bytes,
      connector: undefined,
      messageType,
      now,
      onMessage: (examined) => {
        told.tell(examined.findings);
        if (hasErrors(examined.findings)) return;
        const result = readExamined(bench.setup(), examined, { now });
        if (result === undefined) return;
        told.tell(result.findings);
        documents.push(result.document);
      },
      onInterchangeEnd: (interchange) => told.tell(envelopeFindings(interchange)),
      between: flush,
    });
    await flush();
    told.tell(inspected.findings);
    for (const { end } of [told, ofDocument]) end();
    return told.hasErrors || ofDocument.hasErrors ? EXIT_FINDINGS : EXIT_GOOD;
  },
};
