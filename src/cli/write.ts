/** tradelane write: a canonical document as an interchange. */
import type { Document } from '../documents/document.ts';
import { validateDocument } from '../documents/registry.ts';
import { HubError } from '../model/errors.ts';
import {
  type Command,
  EXIT_FINDINGS,
  EXIT_GOOD,
  type Terminal,
  text,
  UsageError,
} from './command.ts';
import { findingText } from './findings.ts';
import { source, wholeText } from './source.ts';
import { asked, type Workbench, workbench } from './workbench.ts';
import { writeInterchange } from './write-interchange.ts';

export const write: Command = {
  name: 'write',
  summary: 'a canonical document as an interchange',
  usage: `write DOCUMENT.json|- --as x12/004010/810 [--connector C]

Writes one canonical document (as \`tradelane read\` prints it) in the form of a message. Nothing is
sent, and no control number of the hub is used: the numbers are all 1.

  --as KEY        the message: x12/004010/810, edifact/D96A/INVOIC, cxml/1.2/InvoiceDetailRequest
  --connector C   as for this partner: its agreement, overlay, ids and separators`,
  options: { as: { type: 'string' }, connector: { type: 'string' } },
  run: async (invocation) => {
    const { terminal } = invocation;
    const key = text(invocation, 'as');
    if (key === undefined) throw new UsageError('--as is missing: which message to write.');
    const bench = workbench(terminal);
    const document = parse(await wholeText((await source(invocation)).bytes));
    return writeOut(bench, terminal, document, key, text(invocation, 'connector'));
  },
};

/** Writes to standard output, findings to standard error; used by translate too. */
export async function writeOut(
  bench: Workbench,
  terminal: Terminal,
  document: Document,
  key: string,
  connector: string | undefined,
): Promise<number> {
  const written = writeInterchange(bench, document, key, asked(bench, connector));
  for (const finding of written.findings) terminal.err(findingText(finding));
  if (written.bytes === undefined) return EXIT_FINDINGS;
  await terminal.out(written.bytes);
  return EXIT_GOOD;
}

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
