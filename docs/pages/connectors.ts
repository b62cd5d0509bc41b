/** What the configuration files may say: connectors, transports, the hub, routes. */
import { acknowledgeSchema } from '../../src/connectors/acknowledge-schema.ts';
import { connectorSchema } from '../../src/connectors/connector-schema.ts';
import { defaultHub, hubSchema } from '../../src/connectors/hub-config.ts';
import { routesSchema } from '../../src/connectors/routes.ts';
import type { Transport } from '../../src/model/transport.ts';
import { transports } from '../../src/transports/index.ts';
import { page } from './markdown.ts';
import { settingsTable } from './settings.ts';

export const connectorsPage = (): string =>
  page(
    'Connectors and configuration',
    'the settings schemas in `src/connectors/` and `src/transports/`',
    'Each counterparty is one file `connectors/<id>.yaml`; the file name is its id. Text may hold ' +
      `\`\${NAME}\` or \`\${NAME:-default}\` from the environment. Secrets are never written here but named: ` +
      '`env:NAME` or `file:data/keys/name`. `tradelane check` tells every fault with file and line.',
    '## connectors/&lt;id&gt;.yaml',
    settingsTable(connectorSchema),
    '### inbound[].acknowledge',
    'One word (`acknowledge: 997`), or `acknowledge: { with: 997, when: onError, errors: ' +
      'acceptWithErrors }`. See [Acknowledgements](../acknowledgements.md); of `envelope`, `syntax` and ' +
      '`application` of EDIFACT see [EDIFACT](../edifact.md).',
    settingsTable(acknowledgeSchema),
    ...transports.flatMap(transportBlocks),
    '## config/hub.yaml',
    'This installation. Every key has a default, and the file may be absent.',
    settingsTable(hubSchema, preset),
    '## config/routes.yaml',
    "Only what differs from the usual way: a partner's documents go to the connector with " +
      '`role: erp`, and its documents to the partner that they name.',
    settingsTable(routesSchema),
  );

function transportBlocks({ name, inSettings, outSettings }: Transport): readonly string[] {
  const block = (way: string, settings: object | undefined): readonly string[] =>
    settings === undefined ? [] : [`### ${way}: { use: ${name} }`, settingsTable(settings)];
  return [`## Transport ${name}`, ...block('in', inSettings), ...block('out', outSettings)];
}

/** The hub's defaults stand in code; sizes are told as people write them. */
function preset(key: string): unknown {
  let value: unknown = defaultHub;
  for (const step of key.split('.')) value = (value as Record<string, unknown> | undefined)?.[step];
  if (key.endsWith('Bytes')) return `${Number(value) / 2 ** 20}MB`;
  return typeof value === 'object' ? undefined : value;
}
