/** tradelane check: every fault of the configuration, connectors and mappings, with file and line. */

import { faultText } from '../mappings/fault.ts';
import { type Command, EXIT_FINDINGS, EXIT_GOOD } from './command.ts';
import { counted } from './findings.ts';
import { type Workbench, workbench } from './workbench.ts';

export const check: Command = {
  name: 'check',
  summary: 'configuration, connectors, mappings: every fault with file and line',
  usage: `check [--json]

Reads config/, connectors/ and every mapping as the hub would at start or reload, and lists all
faults at once. A hub that reloads with faults goes on as it was.

  --json   one JSON object: connectors, mappings (their names) and faults`,
  options: { json: { type: 'boolean' } },
  positionalsMax: 0,
  run: async ({ terminal, values }) => {
    const bench = workbench(terminal);
    const { connectors, mappings } = bench.setup();
    const names = concerned(bench);
    const told = names
      .flatMap((name) => mappings.check(name))
      .filter(({ severity }) => severity !== 'info');
    const ofMappings = told.map(faultText);
    // A connector whose mapping is faulty says so too: once is enough.
    const others = bench.faults.filter((fault) => !ofMappings.some((one) => fault.includes(one)));
    const faults = [...new Set([...others, ...ofMappings])];
    if (values['json'] === true) {
      const ids = connectors.map(({ id }) => id);
      await terminal.out(`${JSON.stringify({ connectors: ids, mappings: names, faults })}\n`);
    } else {
      for (const fault of faults) await terminal.out(`${fault}\n`);
      const count = faults.length === 0 ? 'no faults' : counted(faults.length, 'fault');
      const read = `${counted(connectors.length, 'connector')}, ${counted(names.length, 'mapping')}`;
      await terminal.out(`${read}: ${count}\n`);
    }
    return faults.length === 0 ? EXIT_GOOD : EXIT_FINDINGS;
  },
};

/** Every mapping but those of partners that this installation does not have. */
function concerned(bench: Workbench): readonly string[] {
  const { connectors, mappings } = bench.setup();
  const agreed = new Set(
    connectors.flatMap((one) => [...one.inbound, ...one.outbound].map(({ mapping }) => mapping)),
  );
  return mappings.names().filter((name) => !name.startsWith('partners/') || agreed.has(name));
}
