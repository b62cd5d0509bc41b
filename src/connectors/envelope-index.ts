/** Whose an envelope's id is. */
import type { Connector } from '../model/connector.ts';
import { type PartyId, partyIdText } from '../model/envelope.ts';

export type FindByEnvelopeId = (standard: string, id: PartyId) => Connector | undefined;

/** Ids are compared as they are written, but for the blanks that pad ISA06. */
export function findByEnvelopeId(connectors: readonly Connector[]): FindByEnvelopeId {
  const owners = new Map<string, Connector>();
  for (const connector of connectors) {
    for (const [scheme, id] of Object.entries(connector.ids)) {
      owners.set(`${scheme} ${id.trim()}`, connector);
    }
  }
  return (standard, { qualifier, id }) =>
    owners.get(`${standard} ${partyIdText({ qualifier: qualifier.trim(), id: id.trim() })}`);
}
