/** What only shows when all connectors are seen: ids claimed twice, networks that are not there. */
import type { Connector } from '../model/connector.ts';
import type { ConfigFault } from './fault.ts';
import { nearestWord } from './nearest-word.ts';

/** `known` are the ids of all files, the faulty ones too. */
export function checkTogether(
  connectors: readonly Connector[],
  known: readonly string[],
): { readonly connectors: readonly Connector[]; readonly faults: readonly ConfigFault[] } {
  const faults = [...claimedTwice(connectors), ...networksMissing(connectors, known)];
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
        fix: meant === undefined ? `Add connectors/${via}.yaml.` : `Did you mean "${meant}"?`,
      },
    ];
  });
}
