/** tradelane translate: read and write in one step. */

import type { Document } from '../documents/document.ts';
import { typeOf } from '../hub/check.ts';
import { envelopeFindings, hasErrors, inspect, readExamined } from '../hub/inspect.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, text, UsageError } from './command.ts';
import { findingText } from './findings.ts';
import { source } from './source.ts';
import { asked, workbench } from './workbench.ts';
import { writeOut } from './write.ts';

const DOCUMENTS_MAX = 10_000;

export const translate: Command = {
  name: 'translate',
  summary: 'a file in another language: read and write in one step',
  usage: `translate FILE|- --to edifact/D96A/ORDERS [--connector C] [--message KEY]

Reads every message of FILE and writes each as the message named, one interchange after another.

  --to KEY        the message to write
  --connector C   write as for this partner
  --message KEY   what FILE is, for bytes that do not say so`,
  options: { to: { type: 'string' }, connector: { type: 'string' }, message: { type: 'string' } },
  run: async (invocation) => {
    const { terminal } = invocation;
    const key = text(invocation, 'to');
    if (key === undefined) throw new UsageError('--to is missing: which message to write.');
    const bench = workbench(terminal);
    const { bytes } = await source(invocation);
    const now = bench.clock.now();
    const documents: Document[] = [];
    let bad = false;
    const tell = (findings: Parameters<typeof hasErrors>[0]): void => {
      bad ||= hasErrors(findings);
      for (const finding of findings) {
        if (finding.severity !== 'info') terminal.err(findingText(finding));
      }
    };
    const inspected = await inspect({
      parts: bench,
      bytes,
      connector: undefined,
      messageType: typeOf(text(invocation, 'message') ?? ''),
      now,
      onMessage: (examined) => {
        tell(examined.findings);
        if (hasErrors(examined.findings) || documents.length >= DOCUMENTS_MAX) return;
        const result = readExamined(bench.setup(), examined, { now });
        if (result === undefined) return;
        tell(result.findings);
        documents.push(result.document);
      },
      onInterchangeEnd: (interchange) => tell(envelopeFindings(interchange)),
    });
    tell(inspected.findings);
    asked(bench, text(invocation, 'connector'));
    for (const document of documents) {
      const code = await writeOut(bench, terminal, document, key, text(invocation, 'connector'));
      bad ||= code !== EXIT_GOOD;
    }
    return bad ? EXIT_FINDINGS : EXIT_GOOD;
  },
};
