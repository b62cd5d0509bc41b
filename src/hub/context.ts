/** What mappings may know of a connector: its ids, ours to it, and the free values of its file. */
import type { ContextConnector } from '../mappings/mapping.ts';
import type { Connector } from '../model/connector.ts';
import type { Setup } from './parts.ts';

/** Never its transport settings: those refer to secrets. */
export function contextConnector(setup: Setup, connector: Connector): ContextConnector {
  return {
    ...connector.values,
    id: connector.id,
    name: connector.name,
    ids: connector.ids,
    us: { ...setup.hub.us, ...connector.us },
  };
}
