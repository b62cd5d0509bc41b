/** The `in:` or `out:` block, checked by the schema that the transport itself gives. */
import type { TransportUse } from '../model/connector.ts';
import type { Transport } from '../model/transport.ts';
import { checkSchema } from './check-schema.ts';
import { ConfigFaults, type Located, type LocatedMap, plain, whereIs } from './located.ts';
import { nearestWord } from './nearest-word.ts';

/** Throws ConfigFaults. */
export function readTransportUse(
  connector: Located,
  way: 'in' | 'out',
  transports: readonly Transport[] | undefined,
): TransportUse | undefined {
  const block = connector.is === 'map' ? connector.entries.get(way)?.value : undefined;
  if (block?.is !== 'map' || !block.entries.has('use')) return undefined;
  const { use, settings } = split(block);
  if (transports === undefined)
    return { use, settings: plain(settings) as TransportUse['settings'] };
  const schema = schemaOf(use, way, transports, block);
  return { use, settings: checkSchema(schema, settings, way) as TransportUse['settings'] };
}

function split(block: LocatedMap): { use: string; settings: LocatedMap } {
  const use = block.entries.get('use')?.value;
  const settings = new Map(block.entries);
  settings.delete('use');
  return { use: use?.is === 'text' ? use.text : '', settings: { ...block, entries: settings } };
}

function schemaOf(
  use: string,
  way: 'in' | 'out',
  transports: readonly Transport[],
  block: LocatedMap,
) {
  const transport = transports.find(({ name }) => name === use);
  const schema = way === 'in' ? transport?.inSettings : transport?.outSettings;
  if (schema !== undefined) return schema;
  const able = transports.filter((one) => (way === 'in' ? one.receive : one.send) !== undefined);
  const known = able.map(({ name }) => name);
  const meant = nearestWord(use, known);
  const { file, line } = whereIs(block, ['use']);
  const text = `No transport "${use.slice(0, 40)}" can ${way === 'in' ? 'receive' : 'send'}.`;
  const fix = meant === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
  throw new ConfigFaults([{ file, line, text, fix }]);
}
