/** The hub's door as the ERP sees it: answers with the statuses it is told, and remembers. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { listen } from '../../../src/sandbox/listen.ts';

export interface Push {
  readonly path: string;
  readonly key: string;
  readonly authorization: string;
  readonly body: Record<string, unknown>;
  readonly status: number;
}

export async function startFakeHub(statuses: number[] = []) {
  const pushes: Push[] = [];
  const watchers: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(request, 'end');
    const status = statuses.shift() ?? 202;
    pushes.push({
      path: request.url ?? '',
      key: String(request.headers['idempotency-key']),
      authorization: String(request.headers.authorization),
      body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      status,
    });
    response.writeHead(status).end();
    for (const watcher of watchers) watcher();
  });
  const listening = await listen(server, { host: '127.0.0.1', port: 0 });
  return {
    url: listening.url,
    pushes,
    close: listening.close,
    /** Resolves when so many pushes have come. */
    until: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => pushes.length >= count && resolve();
        watchers.push(look);
        look();
      }),
  };
}
