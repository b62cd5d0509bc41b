/** Reads a request's body within its limits: size in all, and time without a byte. */
import type { IncomingMessage } from 'node:http';
import { HubError } from '../../model/errors.ts';

export interface BodyLimits {
  readonly bodyBytes: number;
  readonly idleMs: number;
}

/** A length that is told beforehand is refused before a byte is read. */
export function assertLength(request: IncomingMessage, limits: BodyLimits): void {
  const told = Number(request.headers['content-length'] ?? 0);
  if (told > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
}

export async function* bodyOf(
  request: IncomingMessage,
  limits: BodyLimits,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  const chunks = request.iterator({ destroyOnReturn: false });
  const watch = watchIdle(limits.idleMs);
  try {
    for (;;) {
      const { value, done } = await watch.within(chunks.next());
      if (done === true) return;
      size += (value as Uint8Array).length;
      if (size > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
      yield value as Uint8Array;
    }
  } finally {
    watch.stop();
  }
}

/** Only waiting for the sender counts: while its bytes are stored, no time runs against it. */
function watchIdle(idleMs: number) {
  let stall: (() => void) | undefined;
  const timer = setTimeout(() => stall?.(), idleMs);
  return {
    /** Never a race with one promise of the whole body: that would keep every chunk in memory. */
    async within<T>(next: Promise<T>): Promise<T> {
      timer.refresh();
      const result = await new Promise<T>((resolve, reject) => {
        stall = () => reject(bodyStalled());
        next.then(resolve, reject);
      });
      stall = undefined;
      return result;
    },
    stop: () => clearTimeout(timer),
  };
}

export interface PeekedBody {
  /** The first bytes: at least the first chunk, more while `wantsMore` asks and up to 64 KB. */
  readonly head: Uint8Array;
  /** All bytes, the first ones included. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const headBytesMax = 64 * 1024;

export async function peek(
  body: AsyncGenerator<Uint8Array>,
  wantsMore: (head: Uint8Array) => boolean,
): Promise<PeekedBody> {
  let head: Uint8Array = new Uint8Array(0);
  let isEnded = false;
  do {
    const { value, done } = await body.next();
    isEnded = done === true;
    if (!isEnded) head = head.length === 0 ? value : Buffer.concat([head, value]);
  } while (!isEnded && head.length < headBytesMax && wantsMore(head));
  return { head, bytes: joined(head, isEnded ? undefined : body) };
}

async function* joined(
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array> | undefined,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  if (rest !== undefined) yield* rest;
}

const bodyStalled = (): HubError =>
  new HubError('body-stalled', 'The body stopped coming before it was whole. Send it again.');

function tooLarge(limit: number): HubError {
  const text = `The body is larger than ${limit} bytes (limits.bodyBytes). Send it in parts.`;
  return new HubError('too-large', text, { details: { limit } });
}
