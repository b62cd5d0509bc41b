/** The HTTP server: the API of contract.ts, the receivers' doors, and the probes. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Ajv } from 'ajv';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Hub } from '../hub/hub.ts';
import type { Operations } from '../hub/operations.ts';
import type { Log } from '../hub/parts.ts';
import { HubError } from '../model/errors.ts';
import type { Store } from '../model/store.ts';
import { type ApiOperation, contract } from './contract.ts';
import { authorize } from './keys.ts';
import { openApi } from './openapi.ts';
import { problems } from './problem.ts';

export interface ServerParts {
  readonly store: Store;
  readonly hub: Hub;
  readonly operations: Operations;
  readonly log: Log;
  readonly version: string;
  readonly host: string;
  readonly port: number;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new request and returns when those under way have ended, or after the grace time. */
  stop(): Promise<void>;
}

/** A request that sends nothing for so long is ended. */
const HEADERS_MS = 20_000;
const REQUEST_MS = 10 * 60_000;
const GRACE_MS = 5_000;

export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: 30_000 },
    application(parts),
  );
  await listen(server, parts);
  const { port } = server.address() as AddressInfo;
  const host = parts.host.includes(':') ? `[${parts.host}]` : parts.host;
  return { url: `http://${host}:${port}`, stop: () => stop(server) };
}

function listen(server: Server, { port, host }: ServerParts): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new HubError(
              'conflict',
              `Port ${port} is in use: choose another with --port, or 0 for a free one.`,
            )
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const hard = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(hard);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function application(parts: ServerParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestId);
  app.use('/in/:connector', (request, response) => arrive(parts, request, response));
  app.use(helmet());
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok', pid: process.pid, version: parts.version });
  });
  app.get('/ready', (_request, response) => {
    response.json({ status: 'ready', receiving: parts.hub.receiving() });
  });
  app.get('/openapi.json', (_request, response) => {
    response.json(openApi(contract, parts.version));
  });
  for (const operation of contract) mount(app, parts, operation);
  mountPayloads(app, parts);
  app.use((request) => {
    throw new HubError(
      'not-found',
      `There is no ${request.method} ${request.path}; see /openapi.json.`,
    );
  });
  app.use(problems(parts.log));
  return app;
}

function requestId(_request: Request, response: Response, next: () => void): void {
  const id = randomUUID();
  response.locals['requestId'] = id;
  response.setHeader('X-Request-Id', id);
  next();
}

async function arrive(parts: ServerParts, request: Request, response: Response): Promise<void> {
  const handler = parts.hub.handler(String(request.params['connector']));
  if (handler === undefined) {
    throw new HubError('not-found', 'No connector receives over HTTP under this name.');
  }
  await handler(request, response);
}

const ajv = new Ajv({ coerceTypes: true, useDefaults: true, allErrors: true });

/** One operation: authorized, checked, run, answered. */
function mount(app: Express, parts: ServerParts, operation: ApiOperation): void {
  const check = ajv.compile({
    type: 'object',
    properties: operation.query,
    additionalProperties: false,
  });
  const path = operation.path.replace(/\{(\w+)\}/g, ':$1');
  app[operation.method](path, async (request: Request, response: Response) => {
    await authorize(parts.store, request, operation.role);
    const query: Record<string, unknown> = { ...request.query };
    if (!check(query)) {
      const text = ajv.errorsText(check.errors, { dataVar: 'query' });
      const known = Object.keys(operation.query).join(', ') || 'none';
      throw new HubError('request-invalid', `${text}. Parameters of this call: ${known}.`);
    }
    const answer = await operation.run(parts.operations, {
      path: request.params as Record<string, string>,
      query,
    });
    response.json(answer);
  });
}

/** The exact bytes that came or went. */
function mountPayloads(app: Express, parts: ServerParts): void {
  app.get('/v1/transfers/:id/parts/:index', async (request: Request, response: Response) => {
    await authorize(parts.store, request, 'read');
    const { id, index } = request.params as { id: string; index: string };
    await download(parts, response, (await parts.operations.part(id, Number(index))).digest);
  });
  app.get('/v1/deliveries/:id/payload', async (request: Request, response: Response) => {
    await authorize(parts.store, request, 'read');
    const { digest } = await parts.operations.delivery(String(request.params['id']));
    await download(parts, response, digest);
  });
}

/** Never inline: what a partner sent must not run in a browser. */
async function download(parts: ServerParts, response: Response, digest: string): Promise<void> {
  response.setHeader('Content-Type', 'application/octet-stream');
  response.setHeader('Content-Disposition', 'attachment; filename="payload"');
  await pipeline(Readable.from(parts.operations.bytes(digest)), response);
}
