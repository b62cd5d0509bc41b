/** POST /in/<connector>[/<message key>]: stored first, thanked then. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '../../model/errors.ts';
import type { Accepted, ReceivePort, Receiver } from '../../model/transport.ts';
import { answerCxmlReceived, answerProblem, answerReceived, answerWith } from './answer.ts';
import { arrivalHeaders } from './arrival-headers.ts';
import { authorizeDocument, authorizeKey } from './authorize.ts';
import { assertLength, bodyOf, type PeekedBody, peek } from './body.ts';
import { type CxmlHead, isHeadWhole, mayBeXml, scanCxmlHead } from './cxml-head.ts';
import type { HttpInSettings } from './settings.ts';

export async function receiveOverHttp(
  connector: string,
  given: Readonly<Record<string, unknown>>,
  port: ReceivePort,
): Promise<Receiver> {
  const receiver = new HttpReceiver(connector, given as HttpInSettings, port);
  port.route(connector, (request, response) => receiver.handle(request, response));
  return receiver;
}

class HttpReceiver implements Receiver {
  readonly #connector: string;
  readonly #settings: HttpInSettings;
  readonly #port: ReceivePort;
  readonly #begun = new Set<Promise<void>>();
  #isStopped = false;

  constructor(connector: string, settings: HttpInSettings, port: ReceivePort) {
    this.#connector = connector;
    this.#settings = settings;
    this.#port = port;
  }

  /** Never throws: every failure is an answer. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = this.#exchange(request, response).catch((error: unknown) => {
      this.#logFailure(error);
      answerProblem(request, response, error);
    });
    this.#begun.add(exchange);
    await exchange.finally(() => this.#begun.delete(exchange));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#begun);
  }

  async #exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#isStopped) throw new HubError('not-ready', 'The hub is stopping. Send it again.');
    if (request.method !== 'POST') throw new HubError('method-wrong', 'Send it with POST.');
    const headers = arrivalHeaders(this.#connector, request);
    await authorizeKey(this.#connector, request, this.#settings, this.#port);
    const { accepted, head } = await this.#accept(request, headers);
    await this.#answer(response, accepted, head);
  }

  async #accept(
    request: IncomingMessage,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly accepted: Accepted; readonly head: CxmlHead | undefined }> {
    const { key, sharedSecret } = this.#settings;
    let isProven = key !== undefined || sharedSecret === undefined;
    try {
      const body = await this.#open(request);
      const head = mayBeXml(body.head) ? scanCxmlHead(body.head) : undefined;
      authorizeDocument(head, this.#settings, this.#port);
      isProven = true;
      const accepted = await this.#port.accept({
        connector: this.#connector,
        transport: 'http',
        key: headers['idempotency-key'] ?? head?.payloadId ?? this.#port.makeId(),
        headers,
        parts: [{ name: 'body', contentType: headers['content-type'] ?? '', bytes: body.bytes }],
      });
      return { accepted, head };
    } catch (error) {
      if (isProven) await this.#tellRefused(error);
      throw error;
    }
  }

  /** Only of one who proved who it is: anyone else could fill the hub's records. */
  async #tellRefused(error: unknown): Promise<void> {
    if (!(error instanceof HubError) || error.retry !== 'permanent') return;
    const connector = this.#connector;
    await this.#port.refused?.({ connector, transport: 'http', name: 'body', error });
  }

  #open(request: IncomingMessage): Promise<PeekedBody> {
    const idleMs = (this.#settings.idleSeconds ?? 30) * 1000;
    const limits = { bodyBytes: this.#port.limits.bodyBytes, idleMs };
    assertLength(request, limits);
    return peek(bodyOf(request, limits), (head) => mayBeXml(head) && !isHeadWhole(head));
  }

  async #answer(
    response: ServerResponse,
    accepted: Accepted,
    head: CxmlHead | undefined,
  ): Promise<void> {
    if (this.#settings.reply ?? head !== undefined) {
      const waitMs = (this.#settings.replySeconds ?? 10) * 1000;
      const reply = await this.#port.reply(accepted.transfer, waitMs);
      if (reply !== undefined) {
        await reply.settled(await answerWith(response, reply));
        return;
      }
    }
    if (head === undefined) answerReceived(response, accepted);
    else answerCxmlReceived(response, accepted, this.#port);
  }

  #logFailure(error: unknown): void {
    const isRefusal = error instanceof HubError && error.retry === 'permanent';
    const text = error instanceof Error ? error.message : String(error);
    this.#port.log(isRefusal ? 'warn' : 'error', `Did not take a POST: ${text}`, {
      connector: this.#connector,
      code: error instanceof HubError ? error.code : 'internal',
    });
  }
}
