/** Finds the codec of a stored part by its first bytes and streams the part through it. */
import type { Codec, CodecEvent, DecodeLimits } from '../model/codec.ts';
import { HubError, isHubError } from '../model/errors.ts';
import type { MessageType } from '../model/message.ts';

const HEAD_BYTES = 4096;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

export interface DecodePart {
  readonly codecs: readonly Codec[];
  readonly limits: DecodeLimits;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly messageType: MessageType | undefined;
  readonly take: (event: CodecEvent) => void;
  /** Awaited between chunks, when nothing is half-read: a place to write what was found. */
  readonly between?: () => Promise<void> | undefined;
}

/** Streams one part; bytes of no known format become one finding. Returns the codec it was. */
export async function decodePart(part: DecodePart): Promise<Codec | undefined> {
  const chunks = part.bytes[Symbol.asyncIterator]();
  const head = await readHead(chunks);
  const codec = sniff(part, head.bytes);
  if (codec === undefined) {
    part.take({ is: 'outside', findings: [unknown(head.bytes)] });
    await chunks.return?.(undefined);
    return undefined;
  }
  const decoder = codec.decoder(part.take, {
    limits: part.limits,
    ...(part.messageType === undefined ? {} : { messageType: part.messageType }),
  });
  guarded(codec, () => decoder.write(head.bytes));
  await part.between?.();
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    const { value } = next;
    guarded(codec, () => decoder.write(value));
    await part.between?.();
  }
  guarded(codec, () => decoder.end());
  return codec;
}

/** Codecs tell faults of data as findings; one that throws has a fault of its own. */
function guarded(codec: Codec, step: () => void): void {
  try {
    step();
  } catch (cause) {
    if (isHubError(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const text = `The hub itself failed on these bytes (${codec.name}: ${reason}).`;
    throw new HubError('internal', text, { retry: 'permanent', cause });
  }
}

/** By its bytes; only where they say nothing, by what the transport said. */
function sniff(part: DecodePart, head: Uint8Array): Codec | undefined {
  const told = part.messageType?.standard;
  return (
    part.codecs.find((codec) => codec.sniff(head)) ??
    part.codecs.find((codec) => codec.name === told && head.length > 0)
  );
}

async function readHead(
  chunks: AsyncIterator<Uint8Array>,
): Promise<{ readonly bytes: Uint8Array }> {
  const found: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    found.push(next.value);
    size += next.value.length;
  }
  return { bytes: found.length === 1 ? (found[0] as Uint8Array) : Buffer.concat(found) };
}

function unknown(head: Uint8Array): import('../model/finding.ts').Finding {
  const empty = head.every((byte) => byte <= 0x20 || BYTE_ORDER_MARK.includes(byte));
  if (empty) {
    return {
      code: 'empty-file',
      severity: 'error',
      fault: 'partner',
      place: { path: 'file', start: 0, end: head.length },
      text: 'The file is empty: there is no interchange in it. Ask the sender for it again.',
    };
  }
  return {
    code: 'format-unknown',
    severity: 'error',
    fault: 'partner',
    place: { path: 'file', start: 0, end: Math.min(head.length, 16) },
    text:
      'The file begins with none of ISA (X12), UNA or UNB (EDIFACT), <cXML (cXML), { or [ (JSON). ' +
      'Nothing of it was read.',
    value: Buffer.from(head.subarray(0, 16))
      .toString('latin1')
      .replace(/[^ -~]/g, '.'),
  };
}
