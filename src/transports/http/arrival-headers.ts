/** Facts of a request worth keeping. Credentials are not among them. */
import type { IncomingMessage } from 'node:http';
import { HubError } from '../../model/errors.ts';

/** Throws HubError `not-found` for a path that is no message key, `request-invalid` for a key. */
export function arrivalHeaders(
  connector: string,
  request: IncomingMessage,
): Readonly<Record<string, string>> {
  assertPlain(request);
  const messageType = messageTypeOf(connector, request);
  const key = idempotencyKey(request);
  const agent = request.headers['user-agent'];
  const from = request.socket.remoteAddress;
  return {
    'content-type': (request.headers['content-type'] ?? '').slice(0, 200),
    ...(messageType === undefined ? {} : { 'message-type': messageType }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(agent === undefined ? {} : { 'user-agent': agent.slice(0, 200) }),
    ...(from === undefined ? {} : { 'remote-address': from }),
  };
}

const messageKeyForm = /^[a-z][a-z0-9]{0,19}\/[A-Za-z0-9._-]{1,40}\/[A-Za-z0-9._-]{1,80}$/;

/** Of the path, `/in/erp/json/erp/invoice`, or the header that another hub sends. */
function messageTypeOf(connector: string, request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const mount = `/in/${connector}`;
  const rest = (path.startsWith(mount) ? path.slice(mount.length) : path).replace(/^\/|\/$/g, '');
  if (rest === '') return headerOf(request, 'tradelane-message');
  if (messageKeyForm.test(rest)) return rest;
  const text =
    `"${rest.slice(0, 100)}" names no message. Post to ${mount}, or to ` +
    `${mount}/<standard>/<version>/<message>, as ${mount}/json/erp/invoice.`;
  throw new HubError('not-found', text);
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && messageKeyForm.test(value) ? value : undefined;
}

function idempotencyKey(request: IncomingMessage): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined || key === '') return undefined;
  if (typeof key === 'string' && key.length <= 255) return key;
  throw new HubError('request-invalid', 'Idempotency-Key may have up to 255 characters.');
}

/** A compressed body would be stored as it is and read as noise. */
function assertPlain(request: IncomingMessage): void {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return;
  throw new HubError('request-invalid', `Send the body as it is, not as ${encoding.slice(0, 40)}.`);
}
