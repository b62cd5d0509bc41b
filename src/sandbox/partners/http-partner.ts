/** A partner who trades by HTTP: posts its orders to the hub, and has a door for what comes back. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../model/time.ts';
import { localTime } from '../../model/zoned.ts';
import { listen } from '../listen.ts';
import type { DeskEvent, PartnerEvent } from './event.ts';
import { type GlobexOptions, judge, type Told, writeOrder, writeResponse } from './globex.ts';
import { codecNamed } from './read-edi.ts';
import { loadState, saveState } from './state.ts';

export interface HttpPartnerOptions {
  /** undefined: `connect` says it before the first order. */
  readonly hubUrl: string | undefined;
  /** The key that the hub gave Globex. */
  readonly key: string;
  readonly host: string;
  readonly port: number;
  /** Remembers its numbers here: `data/globex/state.json`. */
  readonly stateFile: string;
  readonly desk: GlobexOptions;
  readonly clock: Clock;
  readonly on: (event: PartnerEvent) => void;
}

export interface HttpPartner {
  readonly partner: string;
  /** Where the hub posts: `http://127.0.0.1:5102/cxml`. */
  readonly url: string;
  connect(hubUrl: string): void;
  /** Posts an order and waits for the answer in the same exchange; returns its number. */
  sendOrder(): Promise<string>;
  /** What the next requests get, whatever they say. */
  answerNext(told: Told, times?: number): void;
  stop(): Promise<void>;
}

const bodyLimit = 10 * 1024 * 1024;
const attemptsMax = 6;
const timeoutMs = 30_000;

export async function startHttpPartner(options: HttpPartnerOptions): Promise<HttpPartner> {
  const state = loadState(options.stateFile);
  const stopping = new AbortController();
  const orders: Told[] = [];
  let hubUrl = options.hubUrl;
  const tell = (event: DeskEvent) => options.on({ partner: 'globex', ...event });
  const save = () => saveState(options.stateFile, state);
  const door = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const told = orders.shift() ?? (body === undefined ? tooLarge : undefined);
    const judged =
      told === undefined ? judge(options.desk, body as Buffer, state) : overruled(told);
    await save();
    for (const event of judged.events) tell(event);
    answer(options, judged.told, response);
  };
  const server = createServer((request, response) => {
    door(request, response).catch(() => response.destroy());
  });
  const listening = await listen(server, options);
  return {
    partner: 'globex',
    url: `${listening.url}/cxml`,
    connect: (url) => {
      hubUrl = url;
    },
    sendOrder: async () => {
      const { orderNumber, lines, bytes } = writeOrder(options.desk, state, options.clock.now());
      await save();
      const text = `order ${orderNumber}, ${lines} lines`;
      tell({ what: 'sent', message: 'OrderRequest', number: orderNumber, text });
      const posting = { options, hubUrl: hubUrl ?? '', bytes, signal: stopping.signal };
      tell({ ...(await post(posting)), message: 'Response', number: orderNumber });
      return orderNumber;
    },
    answerNext: (told, times = 1) => {
      for (let count = 0; count < times; count++) orders.push(told);
    },
    stop: async () => {
      stopping.abort();
      await listening.close();
    },
  };
}

interface Posting {
  readonly options: HttpPartnerOptions;
  readonly hubUrl: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
}

/** The same bytes, payloadID included, until there is an answer that is not "later". */
async function post(posting: Posting): Promise<Pick<DeskEvent, 'what' | 'text'>> {
  for (let attempt = 1; ; attempt++) {
    const { verdict, text } = await postOnce(posting);
    if (verdict !== 'retry') {
      return { what: verdict === 'accepted' ? 'acknowledged' : 'refused', text };
    }
    if (attempt === attemptsMax || posting.signal.aborted) return { what: 'refused', text };
    await pause(200 * 2 ** attempt, undefined, { signal: posting.signal });
  }
}

async function postOnce({ options, hubUrl, bytes, signal }: Posting) {
  try {
    const response = await fetch(`${hubUrl}/in/globex`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${options.key}`,
        'content-type': 'text/xml; charset=utf-8',
      },
      body: bytes,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const reply = codecNamed('cxml').reply?.(new Uint8Array(await response.arrayBuffer()));
    if (reply === undefined) {
      return { verdict: 'retry' as const, text: `HTTP ${response.status} without a cXML Response` };
    }
    return {
      verdict: reply.verdict,
      text: `HTTP ${response.status}, cXML ${reply.code} ${reply.text}`,
    };
  } catch (error) {
    return {
      verdict: 'retry' as const,
      text: error instanceof Error ? error.message : 'no answer',
    };
  }
}

const tooLarge: Told = { http: 413, code: '400', text: 'Bad Request', message: 'Too large.' };

const overruled = (told: Told): { told: Told; events: readonly DeskEvent[] } => ({
  told,
  events: [
    {
      what: 'refused',
      message: 'Response',
      number: told.code,
      text: `answers HTTP ${told.http}, cXML ${told.code} ${told.text}, as it was told to`,
    },
  ],
});

function answer(options: HttpPartnerOptions, told: Told, response: ServerResponse): void {
  const now = localTime(options.clock.now(), options.desk.zone);
  response
    .writeHead(told.http, { 'content-type': 'text/xml; charset=utf-8' })
    .end(writeResponse(told, randomUUID(), now));
}

/** undefined: larger than Globex takes. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size <= bodyLimit ? Buffer.concat(chunks) : undefined;
}
