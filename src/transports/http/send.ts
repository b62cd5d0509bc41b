/** POSTs one payload and says what became of it. Never throws for what the other side does. */
import type { Parcel, SendOutcome, SendPort } from '../../model/transport.ts';
import { type Exchange, type ExchangeRequest, exchange } from './exchange.ts';
import { outcomeOf, outcomeOfFailure } from './outcome.ts';
import type { HttpOutSettings } from './settings.ts';

export async function sendOverHttp(
  given: Readonly<Record<string, unknown>>,
  parcel: Parcel,
  port: SendPort,
): Promise<SendOutcome> {
  const settings = given as HttpOutSettings;
  try {
    const path = pathFor(settings, parcel.messageType);
    if (path === undefined) return noPath(parcel.messageType);
    const before = await lookUp(settings, parcel, port);
    if (before !== undefined) return before;
    const answered = await exchange(postOf(settings, path, parcel, port), port.signal);
    return outcomeOf(answered, settings.answer?.id, port.clock.now());
  } catch (error) {
    return outcomeOfFailure(error);
  }
}

/** Where an earlier try may have arrived and they can be asked, they are asked. */
async function lookUp(
  settings: HttpOutSettings,
  parcel: Parcel,
  port: SendPort,
): Promise<SendOutcome | undefined> {
  if (settings.lookup === undefined || parcel.attempt === 0) return undefined;
  const path = settings.lookup.replaceAll('{delivery}', encodeURIComponent(parcel.delivery));
  const request: ExchangeRequest = {
    method: 'GET',
    url: joinUrl(settings.url, path),
    headers: credentials(settings, port),
    timeoutMs: timeoutMs(settings),
  };
  let asked: Exchange;
  try {
    asked = await exchange(request, port.signal);
  } catch (error) {
    return { ok: false, retry: 'transient', text: notAsked((error as Error).message) };
  }
  if (asked.status === 404 || asked.status === 410) return undefined;
  if (asked.status === 200) return outcomeOf(asked, settings.answer?.id, port.clock.now());
  return { ok: false, retry: 'transient', text: notAsked(`answered ${asked.status}`) };
}

const notAsked = (text: string): string =>
  `An earlier try may have arrived, and they could not be asked (out.lookup): ${text}`;

function postOf(
  settings: HttpOutSettings,
  path: string,
  parcel: Parcel,
  port: SendPort,
): ExchangeRequest {
  return {
    method: settings.method ?? 'POST',
    url: joinUrl(settings.url, path),
    headers: {
      'User-Agent': 'Tradelane',
      ...extraHeaders(settings, port),
      ...credentials(settings, port),
      'Content-Type': parcel.contentType,
      'Content-Length': String(parcel.size),
      'Idempotency-Key': parcel.delivery,
      'Tradelane-Message': parcel.messageType,
    },
    body: parcel,
    timeoutMs: timeoutMs(settings),
  };
}

const timeoutMs = (settings: HttpOutSettings): number => (settings.timeoutSeconds ?? 30) * 1000;

function credentials(settings: HttpOutSettings, port: SendPort): Record<string, string> {
  if (settings.key === undefined) return {};
  const name = settings.keyHeader ?? 'Authorization';
  const key = port.secret(settings.key);
  return { [name]: name.toLowerCase() === 'authorization' ? `Bearer ${key}` : key };
}

function extraHeaders(settings: HttpOutSettings, port: SendPort): Record<string, string> {
  const given = Object.entries(settings.headers ?? {});
  return Object.fromEntries(
    given.map(([name, value]) => [name, /^(env|file):/.test(value) ? port.secret(value) : value]),
  );
}

/** undefined: paths are given, and none for this message. */
const pathFor = (settings: HttpOutSettings, messageType: string): string | undefined =>
  settings.paths === undefined ? '' : settings.paths[messageType];

const joinUrl = (base: string, path: string): string =>
  path === '' ? base : base.replace(/\/$/, '') + path;

const noPath = (messageType: string): SendOutcome => ({
  ok: false,
  retry: 'permanent',
  text: `out.paths has no path for ${messageType}. Add one, or leave out.paths away.`,
});
