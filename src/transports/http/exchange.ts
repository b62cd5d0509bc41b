/** One HTTP exchange over axios, which remembers whether the request had left. */
import nodeHttp, { type ClientRequest, type RequestOptions } from 'node:http';
import nodeHttps from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';

export interface ExchangeRequest {
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: { readonly size: number; readonly bytes: () => AsyncIterable<Uint8Array> };
  readonly timeoutMs: number;
}

export interface Exchange {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  /** undefined: larger than 1 MB. */
  readonly bytes: Uint8Array | undefined;
}

/** The exchange broke off. `isSent`: bytes may have arrived. */
export class ExchangeBroken extends Error {
  readonly isSent: boolean;

  constructor(message: string, isSent: boolean) {
    super(message);
    this.name = 'ExchangeBroken';
    this.isSent = isSent;
  }
}

const answerBytesMax = 1024 * 1024;

/** Throws ExchangeBroken. Any status is an exchange; redirects and proxies are not followed. */
export async function exchange(request: ExchangeRequest, signal: AbortSignal): Promise<Exchange> {
  const progress = { isSent: false };
  const limit = new AbortController();
  const stop = () => limit.abort(new Error('The hub is stopping.'));
  const late = () => limit.abort(new Error(`No answer within ${request.timeoutMs / 1000} s.`));
  const timer = setTimeout(late, request.timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const data = await bodyOf(request);
    const response = await post(request, data, progress, limit.signal);
    return await readExchange(response);
  } catch (error) {
    throw new ExchangeBroken(limit.signal.reason?.message ?? textOf(error), progress.isSent);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

const smallBytes = 64 * 1024;

/** A small body is sent in one piece, which costs half of a stream. */
async function bodyOf({ body }: ExchangeRequest): Promise<Readable | Buffer | undefined> {
  if (body === undefined) return undefined;
  if (body.size > smallBytes) return Readable.from(body.bytes());
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.bytes()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function post(
  request: ExchangeRequest,
  data: Readable | Buffer | undefined,
  progress: { isSent: boolean },
  signal: AbortSignal,
): Promise<AxiosResponse<Readable>> {
  return axios.request<Readable>({
    method: request.method,
    url: request.url,
    headers: { ...request.headers },
    data,
    responseType: 'stream',
    maxRedirects: 0,
    maxBodyLength: Number.POSITIVE_INFINITY,
    proxy: false,
    decompress: true,
    validateStatus: () => true,
    signal,
    transport: watched(request.url, progress),
  });
}

/** Node's own client, told apart only in that it notes when the connection stands. */
function watched(url: string, progress: { isSent: boolean }) {
  const isSecure = url.startsWith('https:');
  const begin = isSecure ? nodeHttps.request : nodeHttp.request;
  return {
    request(options: RequestOptions, onAnswer: (answer: nodeHttp.IncomingMessage) => void) {
      const client: ClientRequest = begin(options, onAnswer);
      client.once('socket', (socket: Socket) => {
        const sent = () => {
          progress.isSent = true;
        };
        if (client.reusedSocket) sent();
        else socket.once(isSecure ? 'secureConnect' : 'connect', sent);
      });
      return client;
    },
  };
}

async function readExchange(response: AxiosResponse<Readable>): Promise<Exchange> {
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: response.status,
    statusText: response.statusText,
    headers: Object.fromEntries(headers),
    bytes: await readAnswer(response.data),
  };
}

async function readAnswer(stream: Readable): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Uint8Array).length;
    if (size > answerBytesMax) return undefined;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? String((error as NodeJS.ErrnoException).code) : error.message;
}
