/** tradelane mapping check|show: is a mapping one file for both directions, and what does it say. */
import { checkMapping, type MappingCheck } from '../mappings/check/check-mapping.ts';
import { faultText, nearestWord } from '../mappings/fault.ts';
import { HubError } from '../model/errors.ts';
import {
  type Command,
  EXIT_FINDINGS,
  EXIT_GOOD,
  type Invocation,
  required,
  UsageError,
  wholeNumber,
} from './command.ts';
import { type Workbench, workbench } from './workbench.ts';

export const mapping: Command = {
  name: 'mapping',
  summary: 'check the laws of mappings; show the merged file',
  usage: `mapping check [NAME ...] [--documents N] [--seed N] [--json]
tradelane mapping show NAME [--json]

check   writes and reads generated documents (1000 each, seed 42) and proves that the mapping serves
        both directions: read(write(d)) = d, and write(read(m)) differs from m only as listed. A
        counter-example is shrunk to the smallest document found. Without names: all mappings.
show    the file with its overlays and kits merged, each line with where it was said.

  --documents N   so many documents a mapping (1000)
  --seed N        other documents (42)
  --json          check: one JSON object a mapping, one a line; show: one JSON object a line`,
  options: {
    documents: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: (invocation) => {
    const verb = required(invocation, 0, 'check or show');
    if (verb === 'check') return checkAll(invocation);
    if (verb === 'show') return show(invocation);
    throw new UsageError(`There is no "mapping ${verb}": say check or show.`);
  },
};

async function checkAll(invocation: Invocation): Promise<number> {
  const { terminal, values, positionals } = invocation;
  const bench = workbench(terminal);
  const { mappings } = bench.setup();
  const names = positionals.length > 1 ? positionals.slice(1) : mappings.names();
  for (const name of names) assertKnown(name, mappings.names());
  let bad = false;
  for (const name of names) {
    const faults = mappings.check(name).filter(({ severity }) => severity !== 'info');
    const broken = faults.some(({ severity }) => severity === 'error');
    const checked = broken ? undefined : checkOne(bench, invocation, name);
    bad ||= broken || checked?.counterExample !== undefined;
    if (values['json'] === true)
      await terminal.out(`${JSON.stringify({ name, faults, ...checked })}\n`);
    else {
      for (const fault of faults) await terminal.out(`${faultText(fault)}\n`);
      if (checked !== undefined) await terminal.out(checkText(name, checked));
    }
  }
  return bad ? EXIT_FINDINGS : EXIT_GOOD;
}

/** Throws HubError `not-found` with the one that may be meant. */
function assertKnown(name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const meant = nearestWord(name, known);
  const hint =
    meant === undefined ? 'It is a path below mappings/, without .yaml.' : `Did you mean ${meant}?`;
  throw new HubError('not-found', `There is no mapping ${name}. ${hint}`);
}

function checkOne(bench: Workbench, invocation: Invocation, name: string): MappingCheck {
  const { mappings, standards } = bench.setup();
  const subject = { mapping: mappings.get(name), bound: mappings.rules(name), standards };
  return checkMapping(subject, {
    documents: wholeNumber(invocation, 'documents', 1000, 1_000_000),
    seed: wholeNumber(invocation, 'seed', 42, 0xffffffff),
  });
}

function checkText(name: string, checked: MappingCheck): string {
  const { documents, kept, refused, counterExample, coverage, normalizations } = checked;
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ');
  const lines = [
    `${name}: ${kept} of ${documents} documents came back equal`,
    ...(Object.keys(refused).length === 0 ? [] : [`  out of its domain: ${list(refused)}`]),
    ...(Object.keys(normalizations).length === 0
      ? []
      : [`  normalized: ${list(normalizations as Record<string, number>)}`]),
    `  fields reached: ${coverage.covered} of ${coverage.fields}`,
    ...coverage.unwritten.map((place) => `  mandatory, written by no rule: ${place}`),
    ...coverage.oneWay.map((place) => `  one way by intent: ${place}`),
  ];
  if (counterExample !== undefined) {
    const { law, text: words, document, index } = counterExample;
    lines.push(`  BROKEN ${law} (document ${index}): ${words}`);
    lines.push(`  smallest document: ${JSON.stringify(document)}`);
  }
  return `${lines.join('\n')}\n`;
}

async function show(invocation: Invocation): Promise<number> {
  const { terminal, values } = invocation;
  const name = required(invocation, 1, 'NAME');
  const { mappings } = workbench(terminal).setup();
  assertKnown(name, mappings.names());
  const lines = mappings.resolved(name);
  if (values['json'] === true) {
    for (const line of lines) await terminal.out(`${JSON.stringify(line)}\n`);
    return EXIT_GOOD;
  }
  const width = Math.min(90, Math.max(...lines.map((line) => line.text.length)));
  for (const { text: words, origin } of lines) {
    await terminal.out(`${words.padEnd(width)}  # ${origin.file}:${origin.line}\n`);
  }
  return EXIT_GOOD;
}
