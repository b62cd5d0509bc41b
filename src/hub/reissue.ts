/**
 * Reissue: what a partner rejected is written anew from its document, with the mapping as it is now
 * and new control numbers. The old one stays as it was, and names what took its place.
 */
import type { Document } from '../documents/document.ts';
import { HubError } from '../model/errors.ts';
import { isError } from '../model/finding.ts';
import type { DeliveryRow } from '../model/rows.ts';
import { destinationsOf, writeOne } from './dispatch.ts';
import type { Parts } from './parts.ts';

/** The new delivery's id. Throws HubError `conflict` with what stands in the way. */
export async function reissue(parts: Parts, old: DeliveryRow): Promise<string> {
  const row =
    old.kind === 'document' && old.document !== undefined
      ? await parts.store.document(old.document)
      : undefined;
  if (row === undefined) {
    throw new HubError('conflict', `Delivery ${old.id} carries no document to be written anew.`);
  }
  const document = JSON.parse(row.body) as Document;
  const destination = destinationsOf(parts.setup(), row, document).destinations.find(
    ({ partner }) => partner.id === old.partner,
  );
  if (destination === undefined) {
    const text = `${row.kind} ${row.number} no longer goes to ${old.partner}: mend the route first.`;
    throw new HubError('conflict', text);
  }
  const { delivery, findings } = await writeOne(parts, row, document, destination);
  if (delivery === undefined) {
    const why = findings.find(isError)?.text ?? 'it cannot be written.';
    throw new HubError('conflict', `Delivery ${old.id} is not written anew: ${why}`);
  }
  await parts.store.reissue(old.id, delivery, parts.clock.now());
  return delivery.id;
}
