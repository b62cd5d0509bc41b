/** tradelane write: a canonical document as an interchange. */
import type { Document } from '../documents/document.ts';
import { validateDocument } from '../documents/registry.ts';
import { HubError } from '../model/errors.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, text, UsageError } from './command.ts';
import { source, wholeText } from './source.ts';
import { telling } from './telling.ts';
import { asked, workbench } from './workbench.ts';
import { writeInterchange } from './write-interchange.ts';

export const write: Command = {
  name: 'write',
  summary: 'a canonical document as an interchange',
  usage: `write DOCUMENT.json|- --as x12/004010/810 [--connector C] [--verbose] [--json]

Writes one canonical document (as \`tradelane read\` prints it) in the form of a message. Nothing is
sent, and no control number of the hub is used: the numbers are all 1.

  --as KEY        the message: x12/004010/810, edifact/D96A/INVOIC, cxml/1.2/InvoiceDetailRequest
  --connector C   as for this partner: its agreement, overlay, ids and separators
  --verbose       every finding: also remarks, and each value that has no place in the message
  --json          findings as JSON, one a line`,
  options: {
    as: { type: 'string' },
    connector: { type: 'string' },
    verbose: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionalsMax: 1,
  run: async (invocation) => {
    const { terminal } = invocation;
    const key = text(invocation, 'as');
    if (key === undefined) throw new UsageError('--as is missing: which message to write.');
    const document = parse(await wholeText((await source(invocation)).bytes));
    const bench = workbench(terminal);
    const connector = asked(bench, text(invocation, 'connector'));
    const { bytes, findings } = writeInterchange(bench, document, key, connector);
    const told = telling(invocation);
    told.tell(findings);
    told.end();
    if (bytes === undefined) return EXIT_FINDINGS;
    await terminal.out(bytes);
    return EXIT_GOOD;
  },
};

function parse(json: string): Document {
  let document: Document;
  try {
    document = JSON.parse(json) as Document;
  } catch (error) {
    throw new HubError('request-invalid', `The document is not JSON: ${(error as Error).message}`);
  }
  const faults = validateDocument(document);
  if (faults.length > 0) {
    const list = faults.slice(0, 20).map(({ path, text: words }) => `  ${path || '/'} ${words}`);
    throw new HubError(
      'request-invalid',
      `The document is not as its schema says:\n${list.join('\n')}`,
    );
  }
  return document;
}
