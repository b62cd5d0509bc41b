/** The partner in the bench's own process: takes 997s and counts those that accept. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Partner {
  readonly url: string;
  readonly accepted: () => number;
  readonly stop: () => Promise<void>;
}

export async function startPartner(): Promise<Partner> {
  let accepted = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
    });
    request.on('end', () => {
      if (text.includes('AK9*A*')) accepted += 1;
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted: () => accepted,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
