/** Reads an installation and compiles what it needs: the configuration in force, with its faults. */
import { join } from 'node:path';
import { findByEnvelopeId } from '../connectors/envelope-index.ts';
import { faultText } from '../connectors/fault.ts';
import { loadInstallation } from '../connectors/installation.ts';
import { documentField } from '../documents/field.ts';
import { isDocumentKind } from '../documents/registry.ts';
import { openLookups } from '../mappings/lookups.ts';
import { openMappings } from '../mappings/open.ts';
import { isHubError } from '../model/errors.ts';
import type { Transport } from '../model/transport.ts';
import { openStandards } from '../standards/load.ts';
import type { Setup } from './parts.ts';

export interface SetupOptions {
  /** The installation's folder; its mappings/ and standards/ come before the package's own. */
  readonly root: string;
  readonly packageRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transports: readonly Transport[];
}

export interface LoadedSetup {
  readonly setup: Setup;
  /** `connectors/acme.yaml:12 ...`: every fault, one a line. */
  readonly faults: readonly string[];
}

/** Never throws for faulty files: connectors with faults are left out, and told. */
export function loadSetup(options: SetupOptions): LoadedSetup {
  const { root, packageRoot, env, transports } = options;
  const installation = loadInstallation(root, { env, transports });
  const folders = (name: string): string[] => [
    ...new Set([join(root, name), join(packageRoot, name)]),
  ];
  const standards = openStandards(folders('standards'));
  const mappings = openMappings({
    folders: folders('mappings'),
    lookups: openLookups([join(root, 'config', 'lookups')]),
    standards,
    documents: (kind) => (isDocumentKind(kind) ? documentField(kind) : undefined),
  });
  const byId = new Map(installation.connectors.map((connector) => [connector.id, connector]));
  const setup: Setup = {
    hub: installation.hub,
    connectors: installation.connectors,
    routes: installation.routes,
    standards,
    mappings,
    connector: (id) => byId.get(id),
    owner: findByEnvelopeId(installation.connectors),
    digest: (connector) => installation.digests[connector] ?? '',
  };
  return { setup, faults: [...installation.faults.map(faultText), ...mappingFaults(setup)] };
}

/** Each mapping that an agreement names is compiled now: its faults belong to load time. */
function mappingFaults(setup: Setup): readonly string[] {
  const names = setup.connectors.flatMap((connector) =>
    [...connector.inbound, ...connector.outbound].map(({ mapping }) => ({ mapping, connector })),
  );
  const seen = new Set<string>();
  return names.flatMap(({ mapping, connector }) => {
    if (seen.has(mapping)) return [];
    seen.add(mapping);
    try {
      setup.mappings.get(mapping);
      return [];
    } catch (error) {
      if (!isHubError(error)) throw error;
      return [`${connector.file} mapping ${mapping}: ${error.message}`];
    }
  });
}
