/** Streams that are too large or too deep to be kept as files, and ways to send them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { secrets } from './installation.ts';

export const MB = 1024 * 1024;

/** An envelope of Cardinal that is good up to its end, whatever follows. */
export const isa =
  'ISA*00*          *00*          *ZZ*CARDINAL       *ZZ*TRADELANE      ' +
  '*260301*1200*U*00401*000000777*0*P*>~';

export interface Huge {
  readonly head: string;
  readonly body: string;
  /** Bytes of the body, repeated. */
  readonly bodyBytes: number;
  readonly tail: string;
}

export const of = (body: string, bodyBytes: number, head = '', tail = ''): Huge => ({
  head,
  body,
  bodyBytes,
  tail,
});

export function* chunks({ head, body, bodyBytes, tail }: Huge): Generator<Buffer> {
  if (head !== '') yield Buffer.from(head);
  const block = Buffer.from(body.repeat(Math.ceil((256 * 1024) / body.length)));
  const size = block.length - (block.length % body.length);
  for (let sent = 0; sent < bodyBytes; sent += size) {
    yield block.subarray(0, Math.min(size, bodyBytes - sent));
  }
  if (tail !== '') yield Buffer.from(tail);
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** Posts a stream, and stops sending when the answer is there. */
export async function post(url: URL, key: string, huge: Huge, length?: number): Promise<Answered> {
  const sending = request(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secrets.PARTNER_KEY}`,
      'idempotency-key': key,
      ...(length === undefined ? {} : { 'content-length': length }),
    },
  });
  const answer = answerOf(sending);
  await pipeline(Readable.from(chunks(huge)), sending).catch(() => undefined);
  return answer;
}

async function answerOf(sending: ClientRequest): Promise<Answered> {
  const [response] = await once(sending, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  sending.destroy();
  return { status: response.statusCode, text };
}

/** Writes the file under a temporary name, then gives it its own. */
export function drop(folder: string, name: string, huge: Huge): void {
  const part = join(folder, `.${name}.part`);
  const file = openSync(part, 'wx');
  for (const chunk of chunks(huge)) writeSync(file, chunk);
  closeSync(file);
  renameSync(part, join(folder, name));
}

export interface Ran {
  readonly exitCode: number;
  readonly stderr: string;
  /** Peak resident memory in MB, as the system counts it. */
  readonly peakMB: number;
}

const cli = join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts');

/** `tradelane read -` as its own process, fed by a pipe. */
export async function readCommand(root: string, huge: Huge, words: string[] = []): Promise<Ran> {
  const args = ['--disable-warning=ExperimentalWarning', cli, 'read', '-', ...words];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...secrets },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(0, 10_000);
  });
  let peakMB = 0;
  const watching = setInterval(() => {
    peakMB = Math.max(peakMB, peakOf(child.pid ?? 0));
  }, 20);
  const exited = once(child, 'exit');
  await pipeline(Readable.from(chunks(huge)), child.stdin).catch(() => undefined);
  const [exitCode] = await exited;
  clearInterval(watching);
  return { exitCode, stderr, peakMB };
}

/** VmHWM in MB; 0 where the system does not tell, or the process is gone. */
export function peakOf(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(found?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
