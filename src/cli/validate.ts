/** tradelane validate: what is wrong with a file, as the hub would say it. */

import { answeringOf } from '../hub/answering.ts';
import { unanswerable } from '../hub/contrl-answer.ts';
import type { ExaminedInterchange } from '../hub/examine.ts';
import { envelopeFindings, hasErrors, type Inspected, inspect } from '../hub/inspect.ts';
import type { Connector } from '../model/connector.ts';
import type { CounterKey } from '../model/delivery.ts';
import type { Finding } from '../model/finding.ts';
import { cutCount } from '../model/findings-cut.ts';
import { messageKey } from '../model/message.ts';
import { acknowledgeChoice, answeringBy } from './acknowledge-choice.ts';
import {
  type Command,
  EXIT_FINDINGS,
  EXIT_GOOD,
  type Invocation,
  type Terminal,
  text,
} from './command.ts';
import { counted, findingText, tally } from './findings.ts';
import { messageOption, type Source, source } from './source.ts';
import { asked, type Workbench, workbench } from './workbench.ts';
import { writeAcknowledgements } from './write-interchange.ts';

/** Of messages; the rest is only counted. Findings are bounded by config/hub.yaml. */
const LISTED_MAX = 1000;

export const validate: Command = {
  name: 'validate',
  summary: 'findings of a file against its standard and its agreement',
  usage: `validate FILE|- [--connector C] [--ack | --ack-with WORDS] [--message KEY] [--json]

Reads the file as the hub would and says what is wrong with it, where, and what to do.

  --connector C   check also that it is from this connector, and agreed with it
  --message KEY   what it is, for bytes that do not say so: json/erp/invoice
  --ack           print the acknowledgements that the hub would answer with: those agreed with the
                  connector; without one a TA1 where ISA14 asks for it, and a 997 or a CONTRL
  --ack-with WORDS  print these, whatever is agreed: TA1, 997, 999, CONTRL, or several: TA1,999
  --json          one JSON object: file, total (of messages), rejected, messages, findings, more
                  (findings that are not listed); with --ack also acknowledgements`,
  options: {
    connector: { type: 'string' },
    message: { type: 'string' },
    ack: { type: 'boolean' },
    'ack-with': { type: 'string' },
    json: { type: 'boolean' },
  },
  positionalsMax: 1,
  run: async (invocation) => {
    const messageType = messageOption(invocation);
    const chosen = acknowledgeChoice(invocation);
    const from = await source(invocation);
    const bench = workbench(invocation.terminal);
    const connector = asked(bench, text(invocation, 'connector'));
    const report = new Report();
    const inspected = await inspect({
      parts: bench,
      bytes: from.bytes,
      connector,
      messageType,
      now: bench.clock.now(),
      onMessage: ({ message, state, told }) => {
        report.keep(told);
        report.count({ message: messageKey(message.type), control: message.control, state });
      },
      onInterchangeEnd: (interchange) => {
        report.keep(envelopeFindings(interchange));
        if (connector !== undefined) report.keep(unanswerableTo(interchange, connector));
      },
    });
    report.keep(inspected.findings);
    await print(invocation, { bench, from, report, inspected, connector, chosen });
    return report.isBad ? EXIT_FINDINGS : EXIT_GOOD;
  },
};

const unanswerableTo = (interchange: ExaminedInterchange, connector: Connector) =>
  unanswerable(interchange, answeringOf(interchange.partner ?? connector));

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
  readonly connector: Connector | undefined;
  /** Acknowledgements to print; empty: as agreed. */
  readonly chosen: ReadonlySet<string> | undefined;
}

async function print({ terminal, values }: Invocation, outcome: Outcome): Promise<void> {
  const { from, report, inspected, chosen } = outcome;
  const acknowledgements =
    chosen === undefined
      ? undefined
      : inspected.interchanges.flatMap(acknowledge(outcome, chosen, terminal));
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

/** Without a connector nobody's agreement counts, even where the envelope names somebody. */
function acknowledge(
  { bench, connector }: Outcome,
  chosen: ReadonlySet<string>,
  terminal: Terminal,
) {
  const numbers = new Map<string, number>();
  const next = ({ level }: CounterKey): number => {
    const number = (numbers.get(level) ?? 0) + 1;
    numbers.set(level, number);
    return number;
  };
  return (interchange: ExaminedInterchange): readonly Uint8Array[] => {
    const partner = connector === undefined ? undefined : (interchange.partner ?? connector);
    const answering = answeringBy(chosen, partner);
    for (const { text } of unanswerable(interchange, answering)) terminal.err(`${text}\n`);
    return writeAcknowledgements(bench, interchange, answering, next);
  };
}

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
