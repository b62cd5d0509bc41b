/** tradelane validate: what is wrong with a file, as the hub would say it. */
import type { ExaminedInterchange } from '../hub/examine.ts';
import { envelopeFindings, hasErrors, type Inspected, inspect } from '../hub/inspect.ts';
import type { Finding } from '../model/finding.ts';
import { cutCount } from '../model/findings-cut.ts';
import { messageKey } from '../model/message.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, type Invocation, text } from './command.ts';
import { counted, findingText, tally } from './findings.ts';
import { messageOption, type Source, source } from './source.ts';
import { asked, type Workbench, workbench } from './workbench.ts';
import { writeAcknowledgements } from './write-interchange.ts';

/** Of messages; the rest is only counted. Findings are bounded by config/hub.yaml. */
const LISTED_MAX = 1000;

export const validate: Command = {
  name: 'validate',
  summary: 'findings of a file against its standard and its agreement',
  usage: `validate FILE|- [--connector C] [--ack] [--message KEY] [--json]

Reads the file as the hub would and says what is wrong with it, where, and what to do.

  --connector C   check also that it is from this connector, and agreed with it
  --message KEY   what it is, for bytes that do not say so: json/erp/invoice
  --ack           print the acknowledgement (TA1, 997, CONTRL) that the hub would answer with
  --json          one JSON object: file, total (of messages), rejected, messages, findings, more
                  (findings that are not listed); with --ack also acknowledgements`,
  options: {
    connector: { type: 'string' },
    message: { type: 'string' },
    ack: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionalsMax: 1,
  run: async (invocation) => {
    const messageType = messageOption(invocation);
    const from = await source(invocation);
    const bench = workbench(invocation.terminal);
    const report = new Report();
    const inspected = await inspect({
      parts: bench,
      bytes: from.bytes,
      connector: asked(bench, text(invocation, 'connector')),
      messageType,
      now: bench.clock.now(),
      onMessage: ({ message, state, told }) => {
        report.keep(told);
        report.count({ message: messageKey(message.type), control: message.control, state });
      },
      onInterchangeEnd: (interchange) => report.keep(envelopeFindings(interchange)),
    });
    report.keep(inspected.findings);
    await print(invocation, { bench, from, report, inspected });
    return report.isBad ? EXIT_FINDINGS : EXIT_GOOD;
  },
};

interface ReportedMessage {
  readonly message: string;
  readonly control: string;
  readonly state: string;
}

const isCut = ({ code }: Finding): boolean => code === 'findings-cut';

/** What was found, bounded. */
class Report {
  readonly findings: Finding[] = [];
  readonly messages: ReportedMessage[] = [];
  isBad = false;
  rejected = 0;
  /** Findings that are only counted. */
  more = 0;

  keep(findings: readonly Finding[]): void {
    this.isBad ||= hasErrors(findings);
    this.findings.push(...findings);
    for (const finding of findings) if (isCut(finding)) this.more += cutCount(finding);
  }

  count(message: ReportedMessage): void {
    if (message.state === 'rejected') this.rejected += 1;
    if (this.messages.length < LISTED_MAX) this.messages.push(message);
  }
}

interface Outcome {
  readonly bench: Workbench;
  readonly from: Source;
  readonly report: Report;
  readonly inspected: Inspected;
}

async function print({ terminal, values }: Invocation, outcome: Outcome): Promise<void> {
  const { from, report, inspected } = outcome;
  const acknowledgements =
    values['ack'] === true ? inspected.interchanges.flatMap(acknowledge(outcome)) : undefined;
  if (values['json'] === true) {
    await terminal.out(`${JSON.stringify(asJson(outcome, acknowledgements))}\n`);
    return;
  }
  if (acknowledgements !== undefined) {
    for (const bytes of acknowledgements) await terminal.out(bytes);
    if (terminal.isTerminal) await terminal.out('\n');
    return;
  }
  for (const finding of report.findings) await terminal.out(findingText(finding, from.excerpt));
  const rejected = report.rejected === 0 ? '' : `, ${report.rejected} rejected`;
  const more = report.more === 0 ? '' : `, and ${report.more} more`;
  const messages = counted(inspected.messages, 'message');
  await terminal.out(
    `${from.name}: ${messages}${rejected}: ${tally(report.findings.filter((it) => !isCut(it)))}${more}\n`,
  );
}

const acknowledge =
  ({ bench }: Outcome) =>
  (interchange: ExaminedInterchange): readonly Uint8Array[] =>
    writeAcknowledgements(bench, interchange);

function asJson(
  { from, report, inspected }: Outcome,
  acknowledgements: readonly Uint8Array[] | undefined,
): object {
  const { messages, findings, more, rejected } = report;
  return {
    file: from.name,
    total: inspected.messages,
    rejected,
    messages,
    findings,
    more,
    ...(acknowledgements === undefined
      ? {}
      : { acknowledgements: acknowledgements.map((bytes) => Buffer.from(bytes).toString('utf8')) }),
  };
}
