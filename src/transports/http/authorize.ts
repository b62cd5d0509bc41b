/** Who posts: every proof that is configured is asked for, and compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HubError } from '../../model/errors.ts';
import type { ReceivePort } from '../../model/transport.ts';
import type { CxmlHead } from './cxml-head.ts';
import type { HttpInSettings } from './settings.ts';

/** Before the body is read. Throws HubError `unauthorized`. */
export async function authorizeKey(
  connector: string,
  request: IncomingMessage,
  settings: HttpInSettings,
  port: ReceivePort,
): Promise<void> {
  const shown = shownKey(request);
  if (shown !== undefined && (await isKnown(connector, shown, settings, port))) return;
  if (settings.key === undefined && settings.sharedSecret !== undefined) return;
  const text =
    shown === undefined
      ? 'No key was shown. Send it as "Authorization: Bearer KEY" or "X-Api-Key: KEY".'
      : `The key is not one of ${connector}. Check in.key of its connector file.`;
  throw new HubError('unauthorized', text);
}

async function isKnown(
  connector: string,
  shown: string,
  settings: HttpInSettings,
  port: ReceivePort,
): Promise<boolean> {
  if (settings.key !== undefined && isSameSecret(shown, port.secret(settings.key))) return true;
  return (await port.authenticate?.(connector, shown)) === true;
}

/** Once the head of the body is read. Throws HubError `unauthorized`. */
export function authorizeDocument(
  head: CxmlHead | undefined,
  settings: HttpInSettings,
  port: ReceivePort,
): void {
  if (settings.sharedSecret === undefined) return;
  const shown = head?.sharedSecret;
  if (shown !== undefined && isSameSecret(shown, port.secret(settings.sharedSecret))) return;
  const text =
    shown === undefined
      ? 'The document has no Header/Sender/Credential/SharedSecret, which is asked for here.'
      : 'The SharedSecret of the document is not the agreed one.';
  throw new HubError('unauthorized', text);
}

function shownKey(request: IncomingMessage): string | undefined {
  const own = request.headers['x-api-key'];
  if (typeof own === 'string') return own;
  const [scheme, key] = (request.headers.authorization ?? '').split(' ', 2);
  return scheme?.toLowerCase() === 'bearer' ? key : undefined;
}

/** Digests are compared, so that not even the length is told by the time it takes. */
export const isSameSecret = (one: string, other: string): boolean =>
  other !== '' && timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
