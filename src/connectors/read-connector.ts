/** One connector file, merged with its kit, to the connector that the hub uses. */

import { documentSchemas, isDocumentKind } from '../documents/registry.ts';
import type { Agreement, Connector, TransportUse } from '../model/connector.ts';
import type { Transport } from '../model/transport.ts';
import { readInbound, readOutbound, readSyntax } from './agreement.ts';
import { checkSchema } from './check-schema.ts';
import { type ConnectorFile, connectorSchema } from './connector-schema.ts';
import { readDuplicates } from './duplicates.ts';
import { parseDuration, parseSize } from './duration.ts';
import { collecting, type FaultList, faultList } from './fault-list.ts';
import type { HubConfig } from './hub-config.ts';
import type { Located } from './located.ts';
import { readTolerance } from './tolerance.ts';
import { readTransportUse } from './transport-use.ts';
import { isZone, zoneFix } from './zone.ts';

export interface ReadOptions {
  readonly hub: HubConfig;
  /** To check the settings of `in` and `out`; without them any are taken as they are. */
  readonly transports: readonly Transport[] | undefined;
}

/** Throws ConfigFaults. */
export function readConnector(
  id: string,
  path: string,
  located: Located,
  { hub, transports }: ReadOptions,
): Connector {
  const faults = faultList(located);
  const use = (way: 'in' | 'out'): TransportUse | undefined =>
    collecting(faults, () => readTransportUse(located, way, transports));
  const checked = collecting(faults, () => checkSchema(connectorSchema, located));
  const [receives, sends] = [use('in'), use('out')];
  if (checked === undefined) return faults.throwAll();
  const file = checked;
  const zone = file.zone ?? hub.zone;
  if (!isZone(zone)) faults.add(['zone'], `"${zone}" is no time zone.`, zoneFix(zone));
  const connector: Connector = {
    id,
    name: file.name ?? id,
    role: (file.role ?? 'partner') as Connector['role'],
    mode: (file.mode ?? 'live') as Connector['mode'],
    ids: file.ids ?? {},
    us: { ...hub.us, ...file.us },
    zone,
    in: receives,
    out: sends,
    via: file.via,
    ...readAgreements(file, faults),
    ...readPolicies(file, faults),
    values: file.values ?? {},
    file: path,
    lines: linesOf(located, path),
  };
  checkAddresses(connector, faults);
  checkWays(connector, file, faults);
  faults.throwIfAny();
  return connector;
}

/** Keys that came from a kit stand in another file. */
function linesOf(located: Located, path: string): Record<string, number> {
  const entries = located.is === 'map' ? [...located.entries] : [];
  const own = entries.filter(([, { file }]) => file === path);
  return Object.fromEntries(own.map(([key, { line }]) => [key, line]));
}

function readAgreements(
  file: ConnectorFile,
  faults: FaultList,
): { readonly inbound: readonly Agreement[]; readonly outbound: readonly Agreement[] } {
  const syntax = readSyntax(file.syntax);
  const withSyntax = (agreement: Agreement | undefined): readonly Agreement[] =>
    agreement === undefined ? [] : [{ ...agreement, syntax: { ...syntax, ...agreement.syntax } }];
  return {
    inbound: (file.inbound ?? []).flatMap((one, index) =>
      withSyntax(readInbound(one, ['inbound', String(index)], faults)),
    ),
    outbound: (file.outbound ?? []).flatMap((one, index) =>
      withSyntax(readOutbound(one, ['outbound', String(index)], faults)),
    ),
  };
}

type Policies = Pick<
  Connector,
  | 'repeat'
  | 'order'
  | 'concurrency'
  | 'retry'
  | 'duplicates'
  | 'duplicateDays'
  | 'ta1'
  | 'tolerance'
  | 'declines'
  | 'limits'
>;

function readPolicies(file: ConnectorFile, faults: FaultList): Policies {
  // A dropped file is named by its delivery, so a repeat lands on itself; of another side we do
  // not know, and a person decides until its file says so.
  const repeat = file.repeat ?? (file.out?.use === 'directory' ? 'safe' : 'never');
  const order = (file.order ?? 'free') as Connector['order'];
  const size = file.limits?.messageBytes;
  const messageBytes = size === undefined ? undefined : parseSize(size);
  if (size !== undefined && messageBytes === undefined) {
    faults.add(['limits', 'messageBytes'], `"${size}" is no size.`, 'Write as 16MB.');
  }
  return {
    repeat: repeat as Connector['repeat'],
    order,
    concurrency: order === 'serial' ? 1 : (file.concurrency ?? 4),
    retry: readRetry(file, faults),
    duplicates: readDuplicates(file.duplicates, faults),
    duplicateDays: file.duplicateDays ?? 30,
    ta1: (file.ta1 ?? 'asked') as Connector['ta1'],
    tolerance: readTolerance(file.tolerance, faults),
    declines: readDeclines(file, faults),
    ...(messageBytes === undefined ? {} : { limits: { messageBytes } }),
  };
}

function readDeclines({ declines = [] }: ConnectorFile, faults: FaultList): readonly string[] {
  for (const [index, kind] of declines.entries()) {
    if (isDocumentKind(kind)) continue;
    const known = Object.keys(documentSchemas).join(', ');
    faults.add(['declines', String(index)], `There is no document "${kind}".`, `Known: ${known}.`);
  }
  return declines;
}

function readRetry({ retry }: ConnectorFile, faults: FaultList): Connector['retry'] {
  const seconds = (name: 'first' | 'max', preset: string): number => {
    const text = retry?.[name] ?? preset;
    const read = parseDuration(text);
    if (read === undefined) {
      faults.add(['retry', name], `"${text}" is no time.`, 'Write as 30s, 5m or 1h.');
    }
    return read ?? 0;
  };
  return {
    attempts: retry?.attempts ?? 48,
    firstSeconds: seconds('first', '1s'),
    maxSeconds: seconds('max', '1h'),
  };
}

const addressed = ['x12', 'edifact', 'cxml'];

/** Envelopes carry ids: both sides need one for each standard that is exchanged. */
function checkAddresses(connector: Connector, faults: FaultList): void {
  const standards = new Set(
    [...connector.inbound, ...connector.outbound].map(({ message }) => message.standard),
  );
  for (const standard of addressed.filter((one) => standards.has(one))) {
    const example = examples[standard] ?? '';
    if (connector.ids[standard] === undefined) {
      const text = `There is no ${standard} id of theirs, and ${standard} messages carry one.`;
      faults.add(['ids'], text, `Add "ids: { ${standard}: ${example} }".`);
    }
    if (connector.us[standard] === undefined) {
      const text = `There is no ${standard} id of ours, and ${standard} messages carry one.`;
      faults.add(['us'], text, `Add "us: { ${standard}: ${example} }" here or to config/hub.yaml.`);
    }
  }
  checkX12Id(connector, 'ids', faults);
}

const examples: Readonly<Record<string, string>> = {
  x12: 'ZZ:THEIRID',
  edifact: '14:4012345000009',
  cxml: 'NetworkId:AN01000000001',
};

/** ISA05 has two characters, ISA06 up to fifteen. */
function checkX12Id({ ids }: Connector, where: 'ids', faults: FaultList): void {
  const id = ids['x12'];
  if (id === undefined || /^[A-Z0-9]{2}:[^\s].{0,14}$/.test(id)) return;
  const text = `"${id}" is no X12 id: a qualifier of two, a colon, and up to 15 characters.`;
  faults.add([where, 'x12'], text, 'Write as ZZ:ACMERETAIL.');
}

function checkWays(connector: Connector, file: ConnectorFile, faults: FaultList): void {
  if (file.in === undefined && connector.via === undefined && connector.inbound.length > 0) {
    faults.add(['inbound'], 'There is no way in.', 'Add "in:" with a transport, or "via:".');
  }
  if (file.out === undefined && connector.via === undefined && connector.outbound.length > 0) {
    faults.add(['outbound'], 'There is no way out.', 'Add "out:" with a transport, or "via:".');
  }
  if (connector.repeat === 'lookup' && connector.out?.settings['lookup'] === undefined) {
    const text = 'Repeats are to be looked up, and there is nothing to look them up with.';
    faults.add(['repeat'], text, 'Add "lookup: /path/{delivery}" to "out:", or write never.');
  }
}
