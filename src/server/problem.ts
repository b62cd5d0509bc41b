/** Problem details (RFC 9457): what went wrong, and what to do, as application/problem+json. */
import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../hub/parts.ts';
import { errorCatalogue } from '../model/catalogue.ts';
import { HubError } from '../model/errors.ts';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly [extension: string]: unknown;
}

/** The body of a HubError; anything else is told as an internal fault without its words. */
export function problemOf(error: unknown): Problem {
  const known = error instanceof HubError ? error : fromExpress(error);
  const code = known?.code ?? 'internal';
  const { status, meaning } = errorCatalogue[code];
  return {
    type: `urn:tradelane:error:${code}`,
    title: meaning,
    status,
    detail: known?.message ?? 'The hub failed. Its log says why, under the request id.',
    code,
    ...known?.details,
  };
}

/** Faults of Express itself carry a status: an address with broken escapes has 400. */
function fromExpress(error: unknown): HubError | undefined {
  const status = (error as { status?: unknown } | undefined)?.status;
  if (status === 400) return new HubError('request-invalid', 'The address cannot be read.');
  return undefined;
}

/** Express's last handler. */
export function problems(log: Log) {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      log('error', 'a request failed', {
        request: response.locals['requestId'],
        path: request.path,
        reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 503) response.setHeader('Retry-After', '5');
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}
