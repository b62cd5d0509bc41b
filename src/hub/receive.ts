/** Receive: the parts are stored exactly, in one commit; only then may the sender be thanked. */
import { HubError } from '../model/errors.ts';
import type { TransferRow } from '../model/rows.ts';
import type { NewTransfer, StagedBlob } from '../model/store.ts';
import type { Accepted, Arrival, RefusedArrival } from '../model/transport.ts';
import type { Parts } from './parts.ts';

const PARTS_MAX = 100;

/** Stores an arrival and wakes its check. Throws HubError `too-large`, and nothing is kept then. */
export async function receive(parts: Parts, arrival: Arrival): Promise<Accepted> {
  if (arrival.parts.length > PARTS_MAX) {
    throw new HubError('too-large', `More than ${PARTS_MAX} parts in one transfer.`);
  }
  const stored: { name: string; contentType: string; blob: StagedBlob }[] = [];
  for (const part of arrival.parts) {
    const blob = await parts.store.stage(part.bytes, parts.setup().hub.limits.bodyBytes);
    stored.push({ name: part.name.slice(0, 255), contentType: part.contentType, blob });
  }
  parts.faultPoint('accept');
  const transfer: NewTransfer = {
    id: parts.makeId(),
    connector: arrival.connector,
    transport: arrival.transport,
    key: arrival.key,
    headers: arrival.headers,
    parts: stored,
    at: parts.clock.now(),
  };
  const accepted = await parts.store.accept(transfer);
  parts.faultPoint('accept');
  if (!accepted.repeated) parts.justIn.add(rowOf(transfer));
  parts.queue.wake('check', accepted.transfer);
  parts.log('info', accepted.repeated ? 'transfer repeated' : 'transfer received', {
    transfer: accepted.transfer,
    connector: arrival.connector,
  });
  return accepted;
}

/** As the store would tell it now. */
const rowOf = ({ parts, at, ...transfer }: NewTransfer): TransferRow => ({
  ...transfer,
  state: 'received',
  receivedAt: at,
  isTest: false,
  reason: undefined,
  parts: parts.map(({ name, contentType, blob: { digest, size } }, index) => ({
    index,
    name,
    contentType,
    digest,
    size,
  })),
});

/** Nothing of it was stored; people see it among the events of its connector. */
export async function recordRefused(parts: Parts, refused: RefusedArrival): Promise<void> {
  const { connector, transport, name, error } = refused;
  const text = `${name.slice(0, 255)} by ${transport}: ${error.code}: ${error.message}`;
  await parts.store.recordRefusal?.({ connector, at: parts.clock.now(), text });
}
