/** An HTTP server on a port of its own, for the sandboxes that are called. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly url: string;
  /** Lets what has begun end, closes idle connections, and returns. */
  close(): Promise<void>;
}

export async function listen(
  server: Server,
  at: { readonly host: string; readonly port: number },
): Promise<Listening> {
  server.listen(at.port, at.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = at.host.includes(':') ? `[${at.host}]` : at.host;
  return { url: `http://${host}:${port}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}
