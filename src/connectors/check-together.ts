/** What only shows when all connectors are seen: ids claimed twice, networks that are not there. */
import { normalize } from 'node:path';
import type { Connector } from '../model/connector.ts';
import type { ConfigFault } from './fault.ts';
import { nearestWord } from './nearest-word.ts';

/** `known` are the ids of all files, the faulty ones too. */
export function checkTogether(
  connectors: readonly Connector[],
  known: readonly string[],
): { readonly connectors: readonly Connector[]; readonly faults: readonly ConfigFault[] } {
  const faults = [
    ...claimedTwice(connectors),
    ...networksMissing(connectors, known),
    ...foldersShared(connectors),
  ];
  const faulty = new Set(faults.map(({ file }) => file));
  return { connectors: connectors.filter(({ file }) => !faulty.has(file)), faults };
}

/** Neither may have it: whose documents they are cannot be told by the order of file names. */
function claimedTwice(connectors: readonly Connector[]): readonly ConfigFault[] {
  const claims = new Map<string, Connector[]>();
  for (const connector of connectors) {
    for (const [scheme, id] of Object.entries(connector.ids)) {
      const claim = `${scheme}: ${id.trim()}`;
      claims.set(claim, [...(claims.get(claim) ?? []), connector]);
    }
  }
  return [...claims].flatMap(([claim, claimants]) =>
    claimants.length < 2 ? [] : claimants.map((one) => claimedBy(one, claimants, claim)),
  );
}

function claimedBy(
  connector: Connector,
  claimants: readonly Connector[],
  claim: string,
): ConfigFault {
  const others = claimants.filter((one) => one !== connector).map(({ file }) => file);
  return {
    file: connector.file,
    line: connector.lines?.['ids'] ?? 1,
    text: `The id "${claim}" is also claimed by ${others.join(', ')}; none of them is used.`,
    fix: 'An id belongs to one connector: take it out of the other.',
  };
}

/** A folder that two watch gives a file to either; one that is watched and written to, to us. */
function foldersShared(connectors: readonly Connector[]): readonly ConfigFault[] {
  return connectors.flatMap((connector) => {
    const folder = folderOf(connector, 'in');
    if (folder === undefined) return [];
    const others = connectors.filter((one) => one !== connector && folderOf(one, 'in') === folder);
    const writers = connectors.filter((one) => folderOf(one, 'out') === folder);
    return [...others, ...writers].map((other) => ({
      file: connector.file,
      line: connector.lines?.['in'] ?? 1,
      text: `${other.file} also uses the folder ${folder}.`,
      fix: 'Give each way of each connector a folder of its own.',
    }));
  });
}

function folderOf(connector: Connector, way: 'in' | 'out'): string | undefined {
  const path = connector[way]?.settings['path'];
  return typeof path === 'string' ? normalize(`${path}/`) : undefined;
}

function networksMissing(
  connectors: readonly Connector[],
  known: readonly string[],
): readonly ConfigFault[] {
  return connectors.flatMap(({ id, via, file, lines }) => {
    if (via === undefined || (known.includes(via) && via !== id)) return [];
    const meant = nearestWord(
      via,
      known.filter((one) => one !== id),
    );
    return [
      {
        file,
        line: lines?.['via'] ?? 1,
        text: via === id ? 'A connector cannot carry itself.' : `There is no connector "${via}".`,
        fix:
          meant === undefined || via === id
            ? 'Name the connector of the network, or take it out.'
            : `Did you mean "${meant}"?`,
      },
    ];
  });
}
