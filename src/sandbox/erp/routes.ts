/** The ERP's HTTP interface. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import express, { type Express, type Request, type Response } from 'express';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Instant } from '../../model/time.ts';
import { type Behaviour, BehaviourForm, type BehaviourOrder } from './behaviour.ts';
import type { Commit } from './database.ts';
import { type Taken, takeOnce } from './deliveries.ts';
import type { ErpEvent } from './event.ts';
import { OrderForm, RemittanceForm } from './forms.ts';
import type { Step, StepDone } from './fulfilment.ts';
import { bookPayment } from './payments.ts';
import { type ListName, list, type PageQuery, statistics } from './reading.ts';
import { Refusal } from './refusal.ts';
import { type Booking, bookOrder, findOrder } from './sales-orders.ts';

export interface Desk {
  readonly database: DatabaseSync;
  readonly commit: Commit;
  readonly behaviour: Behaviour;
  readonly key: string;
  readonly strict: boolean;
  readonly now: () => Instant;
  /** When the next step of an order is due by itself. */
  readonly nextStepAt: () => Instant | undefined;
  readonly step: (id: string, step: Step) => Promise<StepDone>;
  /** There is something new to do. */
  readonly wake: () => void;
  /** Told after the commit, before the answer. */
  readonly on: (event: ErpEvent) => void;
}

interface PostKind<T extends TSchema> {
  readonly path: string;
  readonly schema: T;
  readonly book: (form: Static<T>) => string;
  readonly told: (taken: Taken, form: Static<T>) => void;
}

const booking = (desk: Desk): Booking => ({
  at: desk.now(),
  nextStepAt: desk.nextStepAt(),
  strict: desk.strict,
});

const bodyLimit = '32mb';

export function makeRoutes(desk: Desk): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.get('/health', (_request, response) => sendHealth(desk, response));
  app.use((request, _response, next) => next(isAllowed(desk, request) ? undefined : noKey()));
  app.use(express.raw({ type: () => true, limit: bodyLimit }));
  postOnce(app, desk, {
    path: '/sales-orders',
    schema: OrderForm,
    book: (order) => bookOrder(desk.database, order, booking(desk)),
    told: (taken, form) => desk.on({ what: 'order', ...taken, form }),
  });
  postOnce(app, desk, {
    path: '/payments',
    schema: RemittanceForm,
    book: (payment) => bookPayment(desk.database, payment, desk.now()),
    told: (taken, form) => desk.on({ what: 'payment', ...taken, form }),
  });
  controls(app, desk);
  readings(app, desk);
  app.use((_request, _response, next) => next(new Refusal(404, 'There is nothing here.')));
  app.use((error: unknown, _request: Request, response: Response, _next: unknown) => {
    sendError(error, response);
  });
  return app;
}

/** A post of the hub: behaves as told, commits, then answers (or not). */
function postOnce<T extends TSchema>(app: Express, desk: Desk, kind: PostKind<T>): void {
  const parse = formParser(kind.schema);
  const path = kind.path;
  app.post(path, async (request, response) => {
    const behaviour = desk.behaviour.next();
    if (behaviour.mode === 'down') return goDown(behaviour, response);
    if (behaviour.mode === 'slow') await wait(behaviour.milliseconds ?? 1000);
    if (behaviour.mode === 'reject') throw new Refusal(422, behaviour.reason ?? 'Told to reject.');
    const body = bytesOf(request);
    const form = parse(body);
    const post = { key: idempotencyKey(request), path, body, at: desk.now() };
    const taken = await desk.commit(() => takeOnce(desk.database, post, () => kind.book(form)));
    kind.told(taken, form);
    desk.wake();
    if (behaviour.mode === 'drop') return response.destroy();
    return sendTaken(taken, response);
  });
}

function controls(app: Express, desk: Desk): void {
  const parseBehaviour = formParser(BehaviourForm);
  app.post('/behave', (request, response) => {
    desk.behaviour.set(parseBehaviour(bytesOf(request)));
    desk.wake();
    response.json(desk.behaviour.now());
  });
  for (const step of ['confirm', 'ship', 'invoice'] as const) {
    app.post(`/sales-orders/:id/${step}`, async (request, response) => {
      response.json((await desk.step(request.params.id, step)).answer);
    });
  }
}

function readings(app: Express, desk: Desk): void {
  const names: readonly ListName[] = [
    'sales-orders',
    'shipments',
    'invoices',
    'payments',
    'outbox',
  ];
  for (const name of names) {
    app.get(`/${name}`, (request, response) => {
      response.json(list(desk.database, name, pageQuery(request)));
    });
  }
  app.get('/sales-orders/:id', (request, response) => {
    const order = findOrder(desk.database, request.params.id);
    if (order === undefined) throw new Refusal(404, `There is no order ${request.params.id}.`);
    response.json(order);
  });
  app.get('/stats', (_request, response) => {
    response.json({ ...statistics(desk.database), behaviour: desk.behaviour.now() });
  });
}

function pageQuery(request: Request): PageQuery {
  const { limit, after } = request.query;
  return {
    limit: Math.min(10_000, Math.max(1, Number(limit ?? 100) || 100)),
    after: Math.max(0, Number(after ?? 0) || 0),
  };
}

function formParser<T extends TSchema>(schema: T): (body: Uint8Array) => Static<T> {
  const validator = Compile(schema);
  return (body) => {
    const value = parseJson(body);
    if (validator.Check(value)) return value as Static<T>;
    const [first] = validator.Errors(value);
    const where = first?.instancePath === '' ? 'The body' : first?.instancePath;
    throw new Refusal(422, `${where} ${first?.message ?? 'is not as expected'}.`);
  };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new Refusal(400, `The body is not JSON: ${(error as Error).message}`);
  }
}

function bytesOf(request: Request): Uint8Array {
  return Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
}

function idempotencyKey(request: Request): string {
  const key = request.get('idempotency-key') ?? '';
  if (key.length >= 1 && key.length <= 200) return key;
  throw new Refusal(400, 'Give an Idempotency-Key of 1 to 200 characters: the id of the delivery.');
}

function isAllowed(desk: Desk, request: Request): boolean {
  const given = digest((request.get('authorization') ?? '').replace(/^Bearer /, ''));
  return timingSafeEqual(given, digest(desk.key));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const noKey = () => new Refusal(401, 'Send the ERP key as `Authorization: Bearer <key>`.');

function goDown(behaviour: BehaviourOrder, response: Response): unknown {
  if (behaviour.reset) return response.destroy();
  return response
    .status(503)
    .set('retry-after', '1')
    .json({ error: 'The ERP is down for maintenance.' });
}

function sendTaken({ id, repeated }: Taken, response: Response): void {
  response.status(repeated ? 200 : 201).json({ id });
}

function sendHealth(desk: Desk, response: Response): void {
  const isDown = desk.behaviour.now().mode === 'down';
  response.status(isDown ? 503 : 200).json({ status: isDown ? 'down' : 'ok', pid: process.pid });
}

function sendError(error: unknown, response: Response): void {
  const status = (error as { status?: unknown }).status;
  response
    .status(typeof status === 'number' ? status : 500)
    .json({ error: error instanceof Error ? error.message : String(error) });
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
