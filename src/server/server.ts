/** The HTTP server: the API of contract.ts, the receivers' doors, and the probes. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Ajv, type ErrorObject } from 'ajv';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Hub } from '../hub/hub.ts';
import type { Operations } from '../hub/operations.ts';
import type { Log } from '../hub/parts.ts';
import { HubError } from '../model/errors.ts';
import type { Store } from '../model/store.ts';
import { type ApiOperation, contract, type Download, downloads } from './contract.ts';
import { Doors } from './doors.ts';
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
const BODY_BYTES_MAX = 64 * 1024;

export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const doors = new Doors();
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: 30_000 },
    application(parts, doors),
  );
  await listen(server, parts);
  const { port } = server.address() as AddressInfo;
  const host = parts.host.includes(':') ? `[${parts.host}]` : parts.host;
  return { url: `http://${host}:${port}`, stop: () => stop(server, doors) };
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

/** New work is refused at once, /ready says so, and what is under way may end. */
async function stop(server: Server, doors: Doors): Promise<void> {
  await doors.close(GRACE_MS);
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

function application(parts: ServerParts, doors: Doors): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestId);
  app.use((request, response, next) => doors.pass(request, response, next));
  app.use('/in/:connector', (request, response) => arrive(parts, request, response));
  app.use(helmet());
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok', pid: process.pid, version: parts.version });
  });
  app.get('/ready', (_request, response) => {
    if (doors.isClosing) response.status(503).json({ status: 'stopping' });
    else response.json({ status: 'ready', receiving: parts.hub.receiving() });
  });
  app.get('/openapi.json', (_request, response) => {
    response.json(openApi(contract, downloads, parts.version));
  });
  app.use('/v1', withoutBody);
  for (const operation of contract) mount(app, parts, operation);
  for (const download of downloads) mountDownload(app, parts, download);
  for (const { path } of [...contract, ...downloads]) app.all(routeOf(path), wrongMethod);
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

/** No call of the API takes a body: a large one is not even read. */
function withoutBody(request: Request, response: Response, next: () => void): void {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (coding !== undefined || Number(length ?? 0) > BODY_BYTES_MAX) {
    response.setHeader('Connection', 'close');
    throw new HubError('too-large', 'This call takes no body.');
  }
  next();
}

function wrongMethod(request: Request): void {
  throw new HubError('method-wrong', `${request.path} does not take ${request.method}.`);
}

const routeOf = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

const ajv = new Ajv({ coerceTypes: true, useDefaults: true, allErrors: true });

/** One operation: authorized, checked, run, answered. */
function mount(app: Express, parts: ServerParts, operation: ApiOperation): void {
  const check = checkOf(operation.query);
  app[operation.method](routeOf(operation.path), async (request: Request, response: Response) => {
    await authorize(parts.store, request, operation.role);
    const call = { path: pathOf(request), query: check(request) };
    response.json(await operation.run(parts.operations, call));
  });
}

function mountDownload(app: Express, parts: ServerParts, { path, role, find }: Download): void {
  const check = checkOf({});
  app.get(routeOf(path), async (request: Request, response: Response) => {
    await authorize(parts.store, request, role);
    const call = { path: pathOf(request), query: check(request) };
    await download(parts, response, await find(parts.operations, call));
  });
}

/** Checks a query, with its defaults filled in. Throws HubError with the parameters there are. */
function checkOf(query: ApiOperation['query']): (request: Request) => Record<string, unknown> {
  const check = ajv.compile({
    type: 'object',
    properties: query,
    additionalProperties: false,
  });
  return (request) => {
    const given: Record<string, unknown> = { ...request.query };
    if (check(given)) return given;
    const known = Object.keys(query).join(', ') || 'none';
    throw new HubError(
      'request-invalid',
      `${queryFaults(check.errors ?? [])}. Parameters of this call: ${known}.`,
    );
  };
}

function queryFaults(errors: readonly ErrorObject[]): string {
  const words = errors.slice(0, 5).map((error) => {
    const unknown = error.params['additionalProperty'] as string | undefined;
    if (unknown !== undefined) return `There is no parameter "${unknown.slice(0, 60)}"`;
    const allowed = error.params['allowedValues'] as readonly string[] | undefined;
    const name = error.instancePath.slice(1);
    return `${name} ${allowed === undefined ? error.message : `is one of ${allowed.join(', ')}`}`;
  });
  return words.join('; ');
}

/** Ids are ours: what cannot be one is not looked for, and not said back. */
function pathOf(request: Request): Record<string, string> {
  const path = request.params as Record<string, string>;
  if (Object.values(path).every((id) => /^[\w.-]{1,64}$/.test(id))) return path;
  throw new HubError('not-found', 'There is nothing under this address: that is no id.');
}

/** Never inline: what a partner sent must not run in a browser. */
async function download(parts: ServerParts, response: Response, digest: string): Promise<void> {
  response.setHeader('Content-Type', 'application/octet-stream');
  response.setHeader('Content-Disposition', 'attachment; filename="payload"');
  await pipeline(Readable.from(parts.operations.bytes(digest)), response);
}
