/** What the sender is answered. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCatalogue } from '../../model/catalogue.ts';
import { HubError, isHubError } from '../../model/errors.ts';
import type { Accepted, ReceivePort, SendOutcome } from '../../model/transport.ts';

/** 202: stored now; 200: it was stored before. */
export function answerReceived(response: ServerResponse, accepted: Accepted): void {
  const body = JSON.stringify(accepted);
  write(response, accepted.repeated ? 200 : 202, 'application/json', body);
}

/** cXML status 201: accepted for later processing; its verdict takes the usual later way. */
export function answerCxmlReceived(
  response: ServerResponse,
  accepted: Accepted,
  port: ReceivePort,
): void {
  const now = port.clock.now().replace(/(\.\d+)?Z$/, '+00:00');
  write(
    response,
    200,
    'text/xml; charset=UTF-8',
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd">\n' +
      `<cXML payloadID="${port.makeId()}@tradelane" timestamp="${now}"><Response>` +
      `<Status code="201" text="Accepted">Received as ${accepted.transfer}.</Status>` +
      '</Response></cXML>\n',
  );
}

/** Sends an answer's bytes; the outcome says whether they left. */
export function answerWith(
  response: ServerResponse,
  reply: { readonly bytes: Uint8Array; readonly contentType: string },
): Promise<SendOutcome> {
  return new Promise((resolve) => {
    const text = 'The connection closed before the answer was out; a repeat is answered again.';
    response.once('finish', () => resolve({ ok: true, text: 'Answered in the same exchange' }));
    response.once('close', () => resolve({ ok: false, retry: 'transient', text }));
    if (response.destroyed) resolve({ ok: false, retry: 'transient', text });
    else write(response, 200, reply.contentType, reply.bytes);
  });
}

/** RFC 9457 problem details, with a sentence that says what to do. */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  const known = isHubError(error) ? error : new HubError('internal', 'The hub could not take it.');
  const { status, meaning } = errorCatalogue[known.code];
  if (response.headersSent || response.destroyed) return;
  if (status === 405) response.setHeader('Allow', 'POST');
  if (status === 503) response.setHeader('Retry-After', '5');
  const type = `urn:tradelane:error:${known.code}`;
  const problem = { type, title: meaning, status, detail: known.message, code: known.code };
  const body = JSON.stringify(problem);
  if (!request.complete) closeAfter(request, response);
  write(response, status, 'application/problem+json', body);
}

const drainMs = 2_000;

/**
 * Closing on a sender that still sends resets the connection, and the answer with it: what still
 * comes is thrown away for a moment, then the connection ends.
 */
function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  request.on('error', () => undefined);
  request.resume();
  const timer = setTimeout(() => request.destroy(), drainMs);
  response.once('close', () => clearTimeout(timer));
}

function write(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': bytes.length });
  response.end(bytes);
}
