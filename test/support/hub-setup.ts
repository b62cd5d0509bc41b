/** A configuration in force, made by hand: for the hub's pure functions. */

import { findByEnvelopeId } from '../../src/connectors/envelope-index.ts';
import type { Setup } from '../../src/hub/parts.ts';
import { plainPolicy } from '../../src/model/acknowledge-policy.ts';
import type { Agreement, Connector } from '../../src/model/connector.ts';

const plain: Connector = {
  id: 'acme',
  name: 'Acme',
  role: 'partner',
  mode: 'live',
  ids: {},
  us: {},
  zone: 'UTC',
  in: undefined,
  out: undefined,
  via: undefined,
  inbound: [],
  outbound: [],
  repeat: 'safe',
  order: 'free',
  concurrency: 1,
  retry: { attempts: 3, firstSeconds: 1, maxSeconds: 10 },
  duplicates: { interchange: 'refuse', group: 'ignore', message: 'ignore' },
  duplicateDays: 30,
  ta1: 'asked',
  values: {},
  file: 'connectors/acme.yaml',
};

export const connector = (own: Partial<Connector>): Connector => ({
  ...plain,
  ...(own.id === undefined ? {} : { file: `connectors/${own.id}.yaml` }),
  ...own,
});

/** `x12/004010/850`; its mapping has the same name. */
export function agreement(key: string, own: Partial<Agreement> = {}): Agreement {
  const [standard = '', version = '', name = ''] = key.split('/');
  return {
    message: { standard, version, name },
    mapping: key,
    acknowledge: plainPolicy(undefined),
    expect: undefined,
    due: undefined,
    application: undefined,
    syntax: {},
    mode: undefined,
    values: {},
    ...own,
  };
}

/** `documents` says what a mapping writes: `{ 'json/erp/order': ['order'] }`. */
export function setupOf(
  connectors: readonly Connector[],
  own: {
    readonly routes?: Setup['routes'];
    readonly us?: Readonly<Record<string, string>>;
    readonly documents?: Readonly<Record<string, readonly string[]>>;
  } = {},
): Setup {
  const mappings = { get: (name: string) => ({ documents: own.documents?.[name] ?? [] }) };
  return {
    hub: { us: own.us ?? {} },
    connectors,
    routes: own.routes ?? [],
    standards: { find: () => undefined },
    mappings,
    connector: (id: string) => connectors.find((one) => one.id === id),
    owner: findByEnvelopeId(connectors),
    digest: () => '',
  } as unknown as Setup;
}
