/** config/hub.yaml: this installation. Every key has a default; the file may be absent. */
import Type, { type Static } from 'typebox';
import { defaultFindingLimits, type FindingLimits } from '../model/findings-cut.ts';
import { checkSchema } from './check-schema.ts';
import { parseSize } from './duration.ts';
import { faultList } from './fault-list.ts';
import type { Located } from './located.ts';
import { isZone, zoneFix } from './zone.ts';

export interface HubConfig {
  readonly name: string;
  /** Our ids by scheme, as partners know us. */
  readonly us: Readonly<Record<string, string>>;
  /** IANA zone of times that carry none and of connectors that name none. */
  readonly zone: string;
  readonly store: PartUse;
  readonly queue: PartUse;
  readonly server: { readonly host: string; readonly port: number };
  readonly limits: HubLimits;
  /** npm packages that add transports, codecs, stores or queues. */
  readonly plugins: readonly string[];
}

/** A store or queue by name, with its settings. */
export interface PartUse {
  readonly use: string;
  readonly [setting: string]: unknown;
}

export interface HubLimits extends FindingLimits {
  /** Largest transfer. */
  readonly bodyBytes: number;
  /** Largest message: memory grows with it. */
  readonly messageBytes: number;
  readonly treeDepth: number;
  readonly treeNodes: number;
  readonly attributes: number;
}

const part = (title: string, example: Record<string, string>) =>
  Type.Object(
    { use: Type.String({ title, examples: [example['use']] }) },
    {
      title,
      description: 'Its name and its settings.',
      examples: [example],
      additionalProperties: true,
    },
  );

const size = (title: string, example: string) =>
  Type.String({ title, description: 'A size: 512KB, 16MB, 1GB.', examples: [example] });

const count = (title: string, preset: number) =>
  Type.Integer({ title, description: title, examples: [preset], default: preset, minimum: 1 });

export const hubSchema = Type.Object(
  {
    name: Type.Optional(
      Type.String({ title: 'Name', description: 'Our name.', examples: ['Example Manufacturing'] }),
    ),
    us: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        title: 'Our ids',
        description: 'By scheme, as partners know us.',
        examples: [{ x12: 'ZZ:TRADELANE' }],
      }),
    ),
    zone: Type.Optional(
      Type.String({ title: 'Time zone', description: 'IANA.', examples: ['Europe/Berlin'] }),
    ),
    store: Type.Optional(part('Store', { use: 'sqlite', path: 'data/tradelane.db' })),
    queue: Type.Optional(part('Queue', { use: 'embedded' })),
    server: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(
            Type.String({ title: 'Host', description: 'Address.', examples: ['127.0.0.1'] }),
          ),
          port: Type.Optional(
            Type.Integer({
              title: 'Port',
              description: '0 picks a free one.',
              examples: [8080],
              minimum: 0,
              maximum: 65_535,
            }),
          ),
        },
        { additionalProperties: false, title: 'Server', examples: [{ port: 8080 }] },
      ),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          bodyBytes: Type.Optional(size('Largest transfer', '256MB')),
          messageBytes: Type.Optional(size('Largest message', '16MB')),
          treeDepth: Type.Optional(count('Deepest XML or JSON', 100)),
          treeNodes: Type.Optional(count('Most elements of an XML or JSON message', 1_000_000)),
          attributes: Type.Optional(count('Most attributes of an element', 256)),
          messageFindings: Type.Optional(
            count('Findings told of a message; more are counted in a finding', 100),
          ),
          interchangeFindings: Type.Optional(
            count('Findings told of an interchange with all its messages; more are counted', 1000),
          ),
          transferFindings: Type.Optional(
            count(
              'Findings told of a transfer with all its interchanges; more are counted',
              10_000,
            ),
          ),
        },
        { additionalProperties: false, title: 'Limits', examples: [{ bodyBytes: '256MB' }] },
      ),
    ),
    plugins: Type.Optional(
      Type.Array(Type.String(), {
        title: 'Plugins',
        description: 'npm packages.',
        examples: [['tradelane-transport-kafka']],
      }),
    ),
  },
  { additionalProperties: false, title: 'Hub' },
);
type HubFile = Static<typeof hubSchema>;

/** Throws ConfigFaults. */
export function readHubConfig(located: Located): HubConfig {
  const file = checkSchema(hubSchema, located);
  const faults = faultList(located);
  const zone = file.zone ?? defaultHub.zone;
  if (!isZone(zone)) faults.add(['zone'], `"${zone}" is no time zone.`, zoneFix(zone));
  const bytes = (name: 'bodyBytes' | 'messageBytes'): number => {
    const text = file.limits?.[name];
    const read = text === undefined ? defaultHub.limits[name] : parseSize(text);
    if (read === undefined) {
      faults.add(['limits', name], `"${text}" is no size.`, 'Write as 512KB, 16MB or 1GB.');
    }
    return read ?? 0;
  };
  const sizes = { bodyBytes: bytes('bodyBytes'), messageBytes: bytes('messageBytes') };
  faults.throwIfAny();
  return withDefaults(file, zone, sizes);
}

function withDefaults(
  file: HubFile,
  zone: string,
  sizes: { readonly bodyBytes: number; readonly messageBytes: number },
): HubConfig {
  return {
    name: file.name ?? defaultHub.name,
    us: file.us ?? {},
    zone,
    store: file.store === undefined ? defaultHub.store : withPath(file.store as PartUse),
    queue: (file.queue as PartUse | undefined) ?? defaultHub.queue,
    server: { ...defaultHub.server, ...file.server },
    limits: { ...defaultHub.limits, ...file.limits, ...sizes },
    plugins: file.plugins ?? [],
  };
}

const withPath = (store: PartUse): PartUse =>
  store.use === 'sqlite' ? { ...defaultHub.store, ...store } : store;

export const defaultHub: HubConfig = {
  name: 'Tradelane',
  us: {},
  zone: 'UTC',
  store: { use: 'sqlite', path: 'data/tradelane.db' },
  queue: { use: 'embedded' },
  server: { host: '127.0.0.1', port: 8080 },
  limits: {
    bodyBytes: 256 * 2 ** 20,
    messageBytes: 16 * 2 ** 20,
    treeDepth: 100,
    treeNodes: 1_000_000,
    attributes: 256,
    ...defaultFindingLimits,
  },
  plugins: [],
};
