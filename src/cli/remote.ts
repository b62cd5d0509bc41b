/** Talks to a running hub by its API, so that there is one implementation of each operation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HubError } from '../model/errors.ts';
import type { Invocation } from './command.ts';
import { text } from './command.ts';

export const remoteOptions = {
  url: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const remoteUsage = `
  --url URL    the hub (default: $TRADELANE_URL, else data/hub.url, else http://127.0.0.1:8080)
  --key KEY    an API key (default: $TRADELANE_KEY, else data/keys/admin)
  --json       the API's own answer`;

const TIMEOUT_MS = 30_000;

/** Calls the API and returns its answer. Throws HubError with the problem's words. */
export async function call(
  invocation: Invocation,
  method: 'GET' | 'POST',
  path: string,
): Promise<unknown> {
  const url = new URL(path, urlOf(invocation));
  const response = await fetchFrom(url, method, keyOf(invocation));
  const body = await bodyOf(response, url);
  if (response.ok) return body;
  const { detail } = body as { detail?: string };
  throw new HubError('conflict', detail ?? `The hub answered ${response.status}.`);
}

/** Throws HubError where something else than a hub answers. */
async function bodyOf(response: Response, url: URL): Promise<object> {
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null) return body;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HubError('conflict', `What answers at ${url.origin} is no Tradelane hub.`);
}

async function fetchFrom(url: URL, method: string, key: string): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new HubError(
      'send-failed',
      `No hub answers at ${url.origin}. Start one with: npm start`,
      {
        cause: error,
      },
    );
  }
}

function urlOf({ terminal, ...invocation }: Invocation): string {
  return (
    text({ terminal, ...invocation }, 'url') ??
    terminal.env['TRADELANE_URL'] ??
    readIfThere(join(terminal.root, 'data', 'hub.url')) ??
    'http://127.0.0.1:8080'
  );
}

function keyOf(invocation: Invocation): string {
  const { terminal } = invocation;
  const key =
    text(invocation, 'key') ??
    terminal.env['TRADELANE_KEY'] ??
    readIfThere(join(terminal.root, 'data', 'keys', 'admin'));
  if (key !== undefined) return key;
  throw new HubError(
    'unauthorized',
    'No API key: give --key, set TRADELANE_KEY, or run where data/keys/admin is.',
  );
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
