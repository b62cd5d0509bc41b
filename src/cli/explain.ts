/** tradelane explain: how a value came about: bytes -> rule -> value. */
import { inspect, readExamined } from '../hub/inspect.ts';
import type { LineageRow } from '../mappings/mapping.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD, text, wholeNumber } from './command.ts';
import { messageOption, source } from './source.ts';
import { asked, workbench } from './workbench.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'how a value came about: bytes, rule, value',
  usage: `explain FILE|- [--field 'lines[1].quantity'] [--connector C] [--message KEY] [--index N] [--json]

Shows each value of the document with the place and bytes it was read from and the mapping line that
read it. Lists count from 0, as in the document's JSON.

  --field PATH    only this field, or everything below it
  --index N       the N-th message of the file, from 0 (default 0)
  --connector C   read as from this connector
  --message KEY   what it is, for bytes that do not say so: json/erp/invoice
  --json          one JSON row a line`,
  options: {
    field: { type: 'string' },
    connector: { type: 'string' },
    message: { type: 'string' },
    index: { type: 'string' },
    json: { type: 'boolean' },
  },
  positionalsMax: 1,
  run: async (invocation) => {
    const { terminal, values } = invocation;
    const messageType = messageOption(invocation);
    const { bytes } = await source(invocation);
    const bench = workbench(terminal);
    const wanted = wholeNumber(invocation, 'index', 0, 1_000_000_000);
    const now = bench.clock.now();
    const lineage: LineageRow[] = [];
    await inspect({
      parts: bench,
      bytes,
      connector: asked(bench, text(invocation, 'connector')),
      messageType,
      now,
      onMessage: (examined) => {
        if (examined.message.index !== wanted) return;
        readExamined(bench.setup(), examined, { now, lineage });
      },
    });
    const field = text(invocation, 'field');
    const rows =
      field === undefined ? lineage : lineage.filter(({ path }) => isWithin(path, field));
    for (const row of rows) {
      await terminal.out(values['json'] === true ? `${JSON.stringify(row)}\n` : rowText(row));
    }
    if (rows.length > 0) return EXIT_GOOD;
    terminal.err(`${field ?? 'The document'} holds no value in message ${wanted} of this file.\n`);
    return EXIT_FINDINGS;
  },
};

const isWithin = (path: string, field: string): boolean =>
  path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);

function rowText(row: LineageRow): string {
  const bytes = row.start === undefined ? '' : `  bytes ${row.start}-${row.end}`;
  const code = row.codeRow === undefined ? '' : `  (${row.codeRow})`;
  const raw = row.raw === row.value ? '' : `  "${row.raw}"`;
  return `${row.path} = ${JSON.stringify(row.value)}\n    ${row.place}${raw}${bytes}\n    ${row.how}, ${row.rule}${code}\n`;
}
