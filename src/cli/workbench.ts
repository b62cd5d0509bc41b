/** What commands that need no running hub stand on: the configuration and codecs of this folder. */

import { load } from '../app.ts';
import { codecs } from '../codecs/index.ts';
import { resolveSecret } from '../connectors/secrets.ts';
import type { Parts } from '../hub/parts.ts';
import { surroundings } from '../hub/surroundings.ts';
import type { Connector } from '../model/connector.ts';
import { HubError } from '../model/errors.ts';
import type { Terminal } from './command.ts';

export interface Workbench
  extends Pick<Parts, 'codecs' | 'limits' | 'setup' | 'clock' | 'secret' | 'makeId'> {
  readonly faults: readonly string[];
}

export function workbench(terminal: Terminal): Workbench {
  const { setup, faults } = load({ root: terminal.root, env: terminal.env });
  const { clock, makeId } = terminal.surroundings ?? surroundings();
  return {
    codecs,
    limits: setup.hub.limits,
    setup: () => setup,
    clock,
    makeId,
    secret: (reference) => resolveSecret(reference, terminal.root, terminal.env),
    faults,
  };
}

/** The connector named by --connector. Throws HubError `not-found` with the ones there are. */
export function asked(bench: Workbench, id: string | undefined): Connector | undefined {
  if (id === undefined) return undefined;
  const connector = bench.setup().connector(id);
  if (connector !== undefined) return connector;
  const fault = bench.faults.find((text) => text.startsWith(`connectors/${id}.yaml`));
  const known =
    bench
      .setup()
      .connectors.map((one) => one.id)
      .join(', ') || 'none';
  throw new HubError('not-found', fault ?? `There is no connector "${id}"; there are: ${known}.`);
}
