/** tradelane validate: what is wrong with a file, as the hub would say it. */
import { typeOf } from '../hub/check.ts';
import type { ExaminedInterchange } from '../hub/examine.ts';
import { envelopeFindings, hasErrors, inspect } from '../hub/inspect.ts';
import type { Finding } from '../model/finding.ts';
import { messageKey } from '../model/message.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, type Invocation, text } from './command.ts';
import { findingText, tally } from './findings.ts';
import { source } from './source.ts';
import { asked, workbench } from './workbench.ts';
import { writeAcknowledgements } from './write-interchange.ts';

const FINDINGS_MAX = 1000;

export const validate: Command = {
  name: 'validate',
  summary: 'findings of a file against its standard and its agreement',
  usage: `validate FILE|- [--connector C] [--ack] [--message KEY] [--json]

Reads the file as the hub would and says what is wrong with it, where, and what to do.

  --connector C   check also that it is from this connector, and agreed with it
  --message KEY   what it is, for bytes that do not say so: json/erp/invoice
  --ack           print the acknowledgement (997, CONTRL) that the hub would answer with
  --json          one JSON object: messages, findings`,
  options: {
    connector: { type: 'string' },
    message: { type: 'string' },
    ack: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async (invocation) => {
    const { terminal, values } = invocation;
    const bench = workbench(terminal);
    const { bytes, name } = await source(invocation);
    const found: Finding[] = [];
    const messages: { message: string; control: string; state: string }[] = [];
    let total = 0;
    const keep = (findings: readonly Finding[]): void => {
      total += findings.length;
      found.push(...findings.slice(0, Math.max(0, FINDINGS_MAX - found.length)));
    };
    let bad = false;
    const inspected = await inspect({
      parts: bench,
      bytes,
      connector: asked(bench, text(invocation, 'connector')),
      messageType: typeOf(text(invocation, 'message') ?? ''),
      now: bench.clock.now(),
      onMessage: (examined) => {
        keep(examined.findings);
        bad ||= hasErrors(examined.findings);
        if (messages.length < FINDINGS_MAX) {
          const { message, state } = examined;
          messages.push({ message: messageKey(message.type), control: message.control, state });
        }
      },
      onInterchangeEnd: (interchange) => keep(envelopeFindings(interchange)),
    });
    keep(inspected.findings);
    bad ||= hasErrors(found);
    if (values['ack'] === true) await printAcknowledgements(invocation, inspected.interchanges);
    else if (values['json'] === true) {
      const report = {
        file: name,
        total: inspected.messages,
        messages,
        findings: found,
        more: total - found.length,
      };
      await terminal.out(`${JSON.stringify(report)}\n`);
    } else {
      for (const finding of found) await terminal.out(findingText(finding));
      const more = total > found.length ? `, and ${total - found.length} more` : '';
      await terminal.out(`${name}: ${inspected.messages} messages, ${tally(found)}${more}\n`);
    }
    return bad ? EXIT_FINDINGS : EXIT_GOOD;
  },
};

async function printAcknowledgements(
  { terminal }: Invocation,
  interchanges: readonly ExaminedInterchange[],
): Promise<void> {
  const bench = workbench(terminal);
  for (const interchange of interchanges) {
    for (const bytes of writeAcknowledgements(bench, interchange)) await terminal.out(bytes);
  }
}
