/** The other end of each transport, for the conformance suite: one entry for each in the list. */
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Receiver } from '../../src/model/transport.ts';
import type { TestReceivePort } from './transport-ports.ts';

export interface Offer {
  /** Resolves with what the sender was told, in one word. */
  readonly told: Promise<'thanks' | 'later'>;
}

export interface Rig {
  readonly inSettings: Record<string, unknown>;
  readonly outSettings: Record<string, unknown>;
  /** Out settings of a place that is not there now. */
  readonly deadSettings: Record<string, unknown>;
  /** Gives the hub something, as a sender does; `name` is what a repeat has in common. */
  offer(name: string, bytes: Uint8Array, receiver: Receiver): Offer;
  /** What lies at the other end of out. */
  received(): readonly Buffer[];
  close(): Promise<void>;
}

export const rigs: Record<string, (root: string, port: TestReceivePort) => Promise<Rig>> = {
  directory: directoryRig,
  http: httpRig,
};

async function directoryRig(root: string): Promise<Rig> {
  const folder = join(root, 'in');
  return {
    inSettings: { path: 'in', pollSeconds: 0.1, settleSeconds: 0 },
    outSettings: { path: 'out' },
    deadSettings: { path: join(root, 'not-mounted') },
    offer: (name, bytes, receiver) => ({ told: offerFile(folder, `${name}.edi`, bytes, receiver) }),
    received: () => filesIn(join(root, 'out')),
    close: async () => undefined,
  };
}

/** Thanks: the file is in done. Later: it is still there after it was tried. */
async function offerFile(
  folder: string,
  name: string,
  bytes: Uint8Array,
  receiver: Receiver,
): Promise<'thanks' | 'later'> {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, name))) {
    writeFileSync(join(folder, `.${name}.tmp`), bytes);
    renameSync(join(folder, `.${name}.tmp`), join(folder, name));
  }
  for (let look = 0; look < 3 && existsSync(join(folder, name)); look += 1) {
    await receiver.poll?.();
    await delay(2);
  }
  return existsSync(join(folder, 'done', name)) ? 'thanks' : 'later';
}

function filesIn(folder: string): readonly Buffer[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => readFileSync(join(folder, basename(name))));
}

async function httpRig(_root: string, port: TestReceivePort): Promise<Rig> {
  const hub = await listen(
    createServer((request, response) => {
      const connector = request.url?.split('/')[2] ?? '';
      void port.routes.get(connector)?.(request, response);
    }),
  );
  const received = new Map<string, Buffer>();
  const partner = await listen(
    createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      received.set(String(request.headers['idempotency-key']), Buffer.concat(chunks));
      response.writeHead(201).end();
    }),
  );
  const dead = await listen(createServer());
  const deadUrl = urlOf(dead);
  await close(dead);
  return {
    inSettings: { key: 'env:KEY' },
    outSettings: { url: urlOf(partner), key: 'env:KEY' },
    deadSettings: { url: deadUrl },
    offer: (name, bytes) => ({ told: post(`${urlOf(hub)}/in/acme`, name, bytes) }),
    received: () => [...received.values()],
    close: async () => void (await Promise.all([close(hub), close(partner)])),
  };
}

async function post(url: string, name: string, bytes: Uint8Array): Promise<'thanks' | 'later'> {
  const { testSecret } = await import('./transport-ports.ts');
  const headers = { 'X-Api-Key': testSecret, 'Idempotency-Key': name };
  const answer = await fetch(url, { method: 'POST', headers, body: Uint8Array.from(bytes) });
  if (answer.ok) return 'thanks';
  if (answer.status < 500) throw new Error(`Answered ${answer.status}: ${await answer.text()}`);
  return 'later';
}

export async function listen(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

export const urlOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
