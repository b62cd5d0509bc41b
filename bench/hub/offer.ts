/** Offers POSTs: at a fixed rate whatever the answers do (open loop), or as fast as answers come. */
import { Agent, request } from 'node:http';
import { monotonicMs } from './clock.ts';

export interface Post {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Offered {
  /** Answered with 2xx before the last one was due. */
  accepted: number;
  /** Answered otherwise, or not at all. */
  readonly refused: number;
  /** Of each accepted, from the moment it was due to its answer. */
  readonly latenciesMs: readonly number[];
  /** When each was due. */
  readonly dueMs: readonly number[];
}

/** Sends `posts` at `perSecond` and waits for all answers; a late answer delays no other POST. */
export async function offer(
  url: string,
  posts: readonly Post[],
  perSecond: number,
  onEnd: () => void,
): Promise<Offered> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const latenciesMs: number[] = [];
  const dueMs: number[] = [];
  const counted = { accepted: 0, refused: 0 };
  const began = monotonicMs() + 10;
  const under: Promise<void>[] = [];
  let isOpen = true;
  const send = async (body: Post, due: number): Promise<void> => {
    const status = await post(url, body, agent);
    if (status < 200 || status > 299) counted.refused += 1;
    else {
      latenciesMs.push(monotonicMs() - due);
      if (isOpen) counted.accepted += 1;
    }
  };
  for (let next = 0; next < posts.length; ) {
    const due = began + (next * 1000) / perSecond;
    if (monotonicMs() >= due) {
      dueMs.push(due);
      under.push(send(posts[next] as Post, due));
      next += 1;
    } else await new Promise((resolve) => setTimeout(resolve, 1));
  }
  isOpen = false;
  onEnd();
  await Promise.all(under);
  agent.destroy();
  return { ...counted, latenciesMs, dueMs };
}

/** Sends the posts over and over, `senders` at a time, for so long; returns how many a second. */
export async function saturate(
  url: string,
  posts: readonly Post[],
  senders: number,
  forMs: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: senders });
  const began = monotonicMs();
  let next = 0;
  let answered = 0;
  const sender = async (): Promise<void> => {
    while (monotonicMs() - began < forMs) {
      const { body } = posts[next++ % posts.length] as Post;
      const status = await post(url, { body, headers: {} }, agent);
      if (status !== 201) throw new Error(`the bare handler answered ${status}`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  agent.destroy();
  return (answered * 1000) / (monotonicMs() - began);
}

/** The status; 0 where no answer came. */
function post(url: string, { body, headers }: Post, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const length = { 'Content-Length': String(body.length) };
    const options = { method: 'POST', agent, headers: { ...headers, ...length } };
    const sent = request(url, options, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}
